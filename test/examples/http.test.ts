import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { GET, POST } from '../../examples/http/next-route.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';
import { entryHooks } from '../testing/entry-hooks.js';

const directory = new URL('../../examples/http/', import.meta.url);
const sources = (path: string) => new URL(`../../src/${path}`, import.meta.url).href;
const entries = {
  'reelflow/tmdb': sources('adapters/tmdb/index.ts'),
  'reelflow/twitter': sources('adapters/twitter/index.ts'),
  'reelflow/http': sources('http/index.ts'),
  'reelflow/sandbox': sources('sandbox/index.ts'),
};
const servers = ['node-http', 'express', 'fastify', 'hono', 'nest'];

test('every example is tried here', () => {
  const tried = [...servers, 'next-route', 'front-end'].map((name) => `${name}.ts`);
  expect(readdirSync(directory).sort()).toEqual(tried.sort());
});

describe.each(servers)('the service mounted by examples/http/%s.ts', (name) => {
  let sandbox: Sandbox;
  let child: ChildProcess;
  let url = '';
  let output = '';

  beforeAll(async () => {
    sandbox = await startSandbox();
    const hooks = entryHooks({
      ...entries,
      'reelflow/sandbox': new URL('programs/given-sandbox.ts', import.meta.url).href,
    });
    const { tmdbUrl: SANDBOX_TMDB_URL, xUrl: SANDBOX_X_URL } = sandbox;
    child = spawn(process.execPath, [...hooks, fileURLToPath(new URL(`${name}.ts`, directory))], {
      env: { ...process.env, PORT: '0', SANDBOX_TMDB_URL, SANDBOX_X_URL },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
      });
    }
    await vi.waitFor(
      () => {
        url = /listening on (http:\S+)/.exec(output)?.[1] ?? '';
        expect(url, output).not.toBe('');
      },
      { timeout: 20_000 },
    );
  });
  beforeEach(() => sandbox.setFaults([]));
  afterAll(async () => {
    child.kill('SIGKILL');
    await sandbox.close();
  });

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${url}/api/orchestrator${path}`, {
      ...init,
      headers: { authorization: 'Bearer demo-token', ...init.headers },
    });
  const performance = async () => {
    const statistics = (await (await ask('/automation-stats')).json()) as { performance: Record<string, number> };
    return statistics.performance;
  };

  test('searches by query and by body, and lets the rest of the service be', async () => {
    const byQuery = await ask('/auto-search?movie_name=RRR&max_reviews=10', { method: 'POST' });
    expect(byQuery.status).toBe(200);
    expect(await byQuery.json()).toMatchObject({ success: true, workflow_result: { movie: { name: 'RRR' } } });
    const byBody = await ask('/auto-search', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ movie_name: 'Pushpa', max_reviews: 10 }),
    });
    expect(byBody.status).toBe(200);
    expect(await byBody.json()).toMatchObject({ success: true });
    expect(await (await fetch(`${url}/`)).text()).toBe('the rest of your service\n');
  });

  test('answers by its own rules: 401 without a token, 404 and 400 as problem details', async () => {
    for (const [path, status, init] of [
      ['/automation-stats', 401, { headers: { authorization: '' } }],
      ['/nowhere', 404, {}],
      ['/auto-search', 400, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } }],
    ] as const) {
      const answer = await ask(path, init);
      expect([path, answer.status]).toEqual([path, status]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
  });

  test('aborts a search whose client goes away', async () => {
    const { cancelled } = await performance();
    sandbox.setFaults([{ service: 'x', kind: 'timeout' }]);
    const client = new AbortController();
    const search = ask('/auto-search?movie_name=Inception&max_reviews=10', { method: 'POST', signal: client.signal });
    await vi.waitFor(async () => expect((await performance())['running']).toBe(1));
    client.abort();
    await expect(search).rejects.toThrow();
    await vi.waitFor(async () => {
      expect(await performance()).toMatchObject({ running: 0, cancelled: (cancelled ?? 0) + 1 });
    });
  });

  test('ends in order on SIGTERM, open streams and all', async () => {
    const stream = await ask('/events');
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const ended = stream.text().catch(() => 'cut'); // a stream that is told to end may end or be cut
    child.kill('SIGTERM');
    const [code, signal] = await once(child, 'close');
    expect({ code, signal }, output).toEqual({ code: 0, signal: null });
    expect(output).toContain('closed in order\n');
    await ended;
  });
});

describe('the route of Next.js in examples/http/next-route.ts', () => {
  const asked = (path: string, init: RequestInit = {}) =>
    new Request(`http://localhost:3000/api/orchestrator${path}`, {
      ...init,
      headers: { authorization: 'Bearer demo-token', ...init.headers },
    });

  test('its functions take a Request', async () => {
    const searched = await POST(asked('/auto-search?movie_name=RRR&max_reviews=10', { method: 'POST' }));
    expect(await searched.json()).toMatchObject({ success: true, workflow_result: { movie: { name: 'RRR' } } });
    const statistics = await GET(asked('/automation-stats'));
    expect(await statistics.json()).toMatchObject({ performance: { completed: 1 } });
    expect((await GET(asked('/automation-stats', { headers: { authorization: 'no' } }))).status).toBe(401);
  });

  test('a stream begins, and ends when its reader goes', async () => {
    const reader = new AbortController();
    onTestFinished(() => reader.abort());
    const stream = await GET(asked('/events', { signal: reader.signal }));
    const first = await stream.body?.getReader().read();
    expect(first?.done).toBe(false);
  });
});

test('the snippet of a front end reads film, sentiment, recommendations and statistics, and hears of a film that is not found', async () => {
  const { code, text } = await new Promise<{ code: unknown; text: string }>((resolve) => {
    execFile(
      process.execPath,
      [...entryHooks(entries), fileURLToPath(new URL('front-end.ts', directory))],
      (error, stdout, stderr) => resolve({ code: error?.code ?? 0, text: stdout + (error === null ? '' : stderr) }),
    );
  });
  expect(code, text).toBe(0);
  expect(text).toMatch(
    /^success: true\nfilm: RRR\nsentiment: -?[\d.]+ of 10 posts\n(- .+: .+\n){3}API calls that succeeded: 100 %\n/,
  );
  expect(text).toContain("MOVIE_NOT_FOUND: the film 'no such film anywhere' was not found\n");
});
