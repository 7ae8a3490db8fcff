import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { nodeListener, serve } from '../../src/http/index.js';
import { MemoryRepository } from '../../src/index.js';
import { FakeMovieClient, injectFaults } from '../../src/testing/index.js';
import { baahubali, rrr } from '../workflow/setup.js';
import { requestAndCheck } from './request-and-check.js';
import { base, readToken, sending, serviced, withToken } from './setup.js';

/** A service whose searches hang until they are let go of. */
function hanging(options: Parameters<typeof serviced>[0] = {}) {
  const movies = new FakeMovieClient({ movies: [rrr, baahubali] });
  const made = serviced(options, { movies });
  movies.onSearch(...Array.from({ length: 10 }, () => ({ hang: true })));
  return made;
}

describe('what starts something', () => {
  test.each(['/auto-search', '/workflows', '/quick-recommend', '/quarantine/1/retry'])(
    'POST %s is refused to a read-only token',
    async (path) => {
      const { app, movies } = serviced();
      const { status, json } = await requestAndCheck(app, base + path, {
        ...sending({ movie_name: 'RRR' }),
        ...{ headers: { ...withToken(readToken).headers, 'Content-Type': 'application/json' } },
      });
      expect([status, json.code]).toEqual([403, 'FORBIDDEN']);
      expect(movies.calls).toEqual([]);
    },
  );
});

test.each<[string, () => unknown]>([
  ['ratelimit is no option of createOrchestratorApp; there are auth', () => serviced({ ratelimit: {} } as object)],
  ['readonly is no option of auth', () => serviced({ auth: { bearer: ['x'], readonly: ['y'] } as never })],
  ['host is no option of serve', () => serve(serviced().app, { host: '0.0.0.0' } as object)],
])('a misspelled option: %s', async (message, work) => {
  await expect((async () => work())()).rejects.toMatchObject({
    code: 'INVALID_OPTIONS',
    message: expect.stringContaining(message),
  });
});

test('a body that a parser before the app has read is said, and not taken for an empty one', async () => {
  const listener = nodeListener(serviced({ auth: 'none' }).app);
  const server = createServer((incoming, outgoing) => {
    incoming.resume().once('end', () => listener(incoming, outgoing)); // as express.json() does
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const answer = await fetch(`http://127.0.0.1:${port}${base}/auto-search`, sending({ movie_name: 'RRR' }));
  expect(answer.status).toBe(500);
  expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('before express.json()') });
});

describe('limits', () => {
  test('a body has a longest length', async () => {
    const { app } = serviced({ maxBodyBytes: 100 });
    const { status } = await requestAndCheck(app, `${base}/workflows`, sending({ movie_name: 'R'.repeat(200) }));
    expect(status).toBe(413);
  });

  test.each([
    ['a name that is too long', { movie_name: 'R'.repeat(201) }],
    ['more posts than the host allows', { movie_name: 'RRR', max_reviews: 101 }],
    ['a field that is not known', { movie_name: 'RRR', __proto_: 1 }],
  ])('%s is refused', async (_what, body) => {
    const { app } = serviced();
    expect((await requestAndCheck(app, `${base}/workflows`, sending(body))).status).toBe(400);
  });

  test('a caller has so many searches under way, and another one is told when to come back', async () => {
    const { app } = hanging({ maxSearchesPerCaller: 1 });
    expect((await requestAndCheck(app, `${base}/workflows`, sending({ movie_name: 'RRR' }))).status).toBe(202);
    const { status, headers } = await requestAndCheck(app, `${base}/workflows`, sending({ movie_name: 'Baahubali' }));
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('a caller makes so many requests in a window', async () => {
    const { app } = serviced({ rateLimit: { requests: 2, windowMs: 60_000 } });
    const statuses = [];
    for (let count = 0; count < 3; count += 1)
      statuses.push((await requestAndCheck(app, `${base}/access`, withToken())).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await requestAndCheck(app, `${base}/health/live`)).status).toBe(200);
  });
});

describe('Idempotency-Key', () => {
  test('gives the same answer again, and starts nothing again', async () => {
    const { app, manager } = serviced();
    const ask = () =>
      requestAndCheck(app, `${base}/workflows`, sending({ movie_name: 'RRR' }, { 'Idempotency-Key': 'k1' }));
    const [first, second] = [await ask(), await ask()];
    expect(second.json.workflow_id).toBe(first.json.workflow_id);
    expect(second.headers.get('location')).toBe(`${base}/workflows/${first.json.workflow_id}`);
    expect(manager.trigger.totalFired).toBe(1);
  });

  test('of another request is refused', async () => {
    const { app } = serviced();
    const ask = (name: string) =>
      requestAndCheck(app, `${base}/workflows`, sending({ movie_name: name }, { 'Idempotency-Key': 'k1' }));
    await ask('RRR');
    expect((await ask('Baahubali')).status).toBe(422);
  });
});

describe('a client that leaves', () => {
  const searching = ({ app }: ReturnType<typeof serviced>, signal: AbortSignal) =>
    app.request(`${base}/auto-search`, { ...sending({ movie_name: 'RRR' }), signal });

  test('ends its search when nobody else waits for it', async () => {
    const made = hanging();
    const cancelled = new Promise<void>((resolve) =>
      made.manager.trigger.registerTrigger('step_started', () => resolve()),
    );
    const leaving = new AbortController();
    const answer = searching(made, leaving.signal);
    await cancelled;
    leaving.abort();
    await answer;
    await expect
      .poll(() => made.manager.getAutomationStatistics().performance)
      .toMatchObject({ cancelled: 1, running: 0 });
  });

  test('leaves the search to those who still wait', async () => {
    const made = hanging();
    const started = new Promise<void>((resolve) =>
      made.manager.trigger.registerTrigger('step_started', () => resolve()),
    );
    const [leaving, staying] = [new AbortController(), new AbortController()];
    const first = searching(made, leaving.signal);
    const second = searching(made, staying.signal);
    await started;
    await expect.poll(() => made.manager.getAutomationStatistics().performance.coalesced).toBe(1);
    leaving.abort();
    await first;
    expect(made.manager.getAutomationStatistics().performance).toMatchObject({ cancelled: 0, running: 1 });
    staying.abort();
    await second;
  });
});

describe('shutdown', () => {
  test('ends streams, answers 503, and lets the server close', async () => {
    const { app, manager } = serviced({ auth: 'none' });
    const server = await serve(app, { port: 0, graceMs: 1000 });
    onTestFinished(() => server.close());
    const stream = await fetch(`${server.url}${base}/events`);
    await manager.close({ graceMs: 0 });
    await stream.text(); // ends
    const refused = await fetch(`${server.url}${base}/auto-search?movie_name=RRR`, { method: 'POST' });
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: 'CLOSED' });
    expect((await fetch(`${server.url}${base}/health/ready`)).status).toBe(503);
    await server.close();
    await expect(fetch(`${server.url}${base}/health/live`)).rejects.toThrow();
  });
});

describe('a server that closes', () => {
  test('ends its streams at once, however long open requests may take', async () => {
    const { app } = serviced({ auth: 'none' });
    const server = await serve(app, { port: 0, graceMs: 600_000 });
    const stream = await fetch(`${server.url}${base}/events`);
    const ended = stream.text().catch(() => 'cut');
    await server.close();
    await ended;
  });
});

describe('the time of a request', () => {
  test('is up: 504, and the work is told to stop', async () => {
    const { port: repository, faults } = injectFaults(new MemoryRepository());
    const { app } = serviced({ requestTimeoutMs: 1000 }, { repository });
    faults.add({ method: 'findMovie', hang: true });
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const answered = requestAndCheck(app, `${base}/movies/579974`, withToken());
    await vi.advanceTimersByTimeAsync(999);
    expect(faults.calls['findMovie']).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    const { status, json, headers } = await answered;
    expect([status, json.code]).toEqual([504, 'TIMEOUT']);
    expect(headers.get('content-type')).toContain('application/problem+json');
  });

  test('a search answers before it is up, with what it has by then', async () => {
    const { app } = hanging({ requestTimeoutMs: 5000 });
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const answered = requestAndCheck(app, `${base}/auto-search?movie_name=RRR`, { method: 'POST', ...withToken() });
    await vi.advanceTimersByTimeAsync(5000);
    const { status, json } = await answered;
    expect(status).toBe(200);
    expect(json).toMatchObject({ success: false, workflow_result: { errors: [{ code: 'API_TIMEOUT' }] } });
  });
});

describe('pages of elsewhere', () => {
  const preflight = {
    method: 'OPTIONS',
    headers: { Origin: 'https://app.example', 'Access-Control-Request-Method': 'POST' },
  };

  test('may not call unless the host says so', async () => {
    const closed = await serviced().app.request(`${base}/access`, preflight);
    expect(closed.headers.get('access-control-allow-origin')).toBeNull();
    const open = await serviced({ cors: { origins: ['https://app.example'] } }).app.request(
      `${base}/access`,
      preflight,
    );
    expect(open.headers.get('access-control-allow-origin')).toBe('https://app.example');
  });
});
