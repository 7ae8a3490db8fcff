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

describe('without tokens, a search', () => {
  const secure = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' };
  const plain = { Origin: 'http://evil.example' }; // over plain HTTP a browser names the origin alone
  test.each([
    ['a page of another site', secure, 403],
    ['a page of another site over plain HTTP', plain, 403],
    ['a page without an origin of its own', { Origin: 'null' }, 403],
    ['its own page', { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://films.example' }, 200],
    ['its own page over plain HTTP', { Origin: 'http://films.example:3000' }, 200],
    [
      'its own page behind a proxy',
      { Origin: 'http://films.public', 'X-Forwarded-Host': 'films.public, proxy.internal' },
      200,
    ],
    ['what is no browser', {}, 200],
  ])('of %s is answered rightly', async (_what, headers, expected) => {
    const { app, movies } = serviced({ auth: 'none' });
    const path = `http://films.example:3000${base}/auto-search?movie_name=RRR`;
    const { status } = await app.request(path, { method: 'POST', headers: { ...headers } });
    expect(status).toBe(expected);
    expect(movies.calls.length > 0).toBe(expected === 200);
  });

  test.each([
    ['named', ['http://evil.example']],
    ['any', '*'],
  ] as const)('of a page that is %s in cors is answered', async (_what, origins) => {
    const { app } = serviced({ auth: 'none', cors: { origins } });
    const asked = { method: 'POST', headers: plain };
    expect((await app.request(`${base}/auto-search?movie_name=RRR`, asked)).status).toBe(200);
  });
});
