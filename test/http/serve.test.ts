import { Agent, request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { type ServedApp, serve } from '../../src/http/index.js';
import { base, serviced, withToken } from './setup.js';

/** Over a connection that is kept. @returns the status and what is said of the connection, or the code of the failure */
function asker({ url }: ServedApp) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  return (method: string, path: string) =>
    new Promise<string>((resolve) => {
      const asked = request(url + base + path, { method, agent, ...withToken() }, (answer) => {
        answer.resume();
        answer.on('end', () => resolve(`${answer.statusCode} ${answer.headers.connection}`));
      });
      asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'failed'));
      asked.end();
    });
}

test('a server that closes lets what is under way end, and takes nothing more over the connections that it has', async () => {
  const { app, movies } = serviced();
  movies.onSearch({ delayMs: 300 });
  const served = await serve(app, { port: 0, graceMs: 20_000 });
  const ask = asker(served);
  expect(await ask('GET', '/health/live')).toBe('200 keep-alive');
  const search = ask('POST', '/auto-search?movie_name=RRR');
  await expect.poll(() => movies.calls.length).toBeGreaterThan(0);
  const closed = served.close();
  expect(await search).toBe('200 close');
  expect(await ask('GET', '/health/live')).toBe('ECONNREFUSED');
  await closed;
});

test('a connection whose answer has begun before the server closes ends with it', async () => {
  const rest = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array>({
    start: async (controller) => {
      controller.enqueue(new TextEncoder().encode('begun'));
      await rest.promise;
      controller.close();
    },
  });
  const served = await serve({ fetch: () => new Response(body) }, { port: 0, graceMs: 20_000 });
  const agent = new Agent({ keepAlive: true, timeout: 60_000 });
  onTestFinished(() => agent.destroy());
  const ended = new Promise<void>((resolve) => {
    request(served.url, { agent }, (answer) => {
      answer.once('data', () => {
        closed = served.close();
        setTimeout(rest.resolve, 50);
      });
      answer.once('end', () => resolve());
    }).end();
  });
  let closed = Promise.resolve();
  await ended;
  const late = new Promise((resolve) => setTimeout(resolve, 2000, 'late').unref()); // Node keeps it for 5 s
  expect(await Promise.race([closed, late])).toBeUndefined();
});

test('a server whose signal aborts while it begins to listen closes', async () => {
  const { app } = serviced();
  const controller = new AbortController();
  const starting = serve(app, { port: 0, signal: controller.signal });
  controller.abort();
  const served = await starting;
  await served.close();
  await expect(fetch(`${served.url}${base}/health/live`)).rejects.toThrow();
});
