import { describe, expect, test } from 'vitest';
import { base, fullToken, readToken, serviced, withToken } from './setup.js';

describe('without a token', () => {
  test.each(['/automation-stats', '/status', '/access'])('GET %s is refused', async (path) => {
    const { app } = serviced();
    const answer = await app.request(base + path);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(await answer.json()).toMatchObject({ code: 'UNAUTHORIZED' });
  });

  test.each(['/health/live', '/health/ready'])('GET %s is answered', async (path) => {
    const { app } = serviced();
    expect((await app.request(base + path)).status).toBe(200);
  });
});

test('a read-only token looks and starts nothing', async () => {
  const { app, movies } = serviced();
  expect((await app.request(`${base}/automation-stats`, withToken(readToken))).status).toBe(200);
  const answer = await app.request(`${base}/auto-search?movie_name=RRR`, { method: 'POST', ...withToken(readToken) });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ code: 'FORBIDDEN' });
  expect(movies.calls).toEqual([]);
});

test.each([
  ['a full token may start', fullToken, true],
  ['a read-only token may not', readToken, false],
])('access says that %s', async (_what, token, canStart) => {
  const { app } = serviced();
  expect(await (await app.request(`${base}/access`, withToken(token))).json()).toEqual({ can_start: canStart });
});
