import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { type RedisCommands, RedisResponseCache } from '../../../src/adapters/redis/index.js';
import { isReelflowError, type ReelflowError } from '../../../src/index.js';
import { GuardedCache } from '../../../src/workflow/cache/guarded-cache.js';
import { describeOnRedis, keysOf, redisUrl, removeKeys, withRedis } from '../../support/redis.js';
import { freePort, openBlackHole, startRedis, stopRedis, testWithRedisServer } from './redis-server.js';

const hourMs = 3_600_000;
const password = 'p4ssw0rd-0f-th3-t3st';

async function failureOf(work: Promise<unknown>): Promise<ReelflowError> {
  const error: unknown = await work.then(
    () => expect.unreachable('it should have failed'),
    (thrown: unknown) => thrown,
  );
  if (!isReelflowError(error)) throw error;
  expect(inspect(error, { depth: 8, showHidden: true })).not.toContain(password);
  return error;
}

const guard = (cache: RedisResponseCache, failures: string[] = []) =>
  new GuardedCache({ cache, timeLimitMs: 250, onFailure: ({ error }) => failures.push(error.code) });

describeOnRedis('RedisResponseCache on a real Redis', () => {
  const prefix = `reelflow-test:${randomUUID()}:`;
  afterAll(() => removeKeys(prefix));

  test('writes JSON under its prefix, with an expiry', async () => {
    const cache = new RedisResponseCache({ url: redisUrl }, { prefix: `${prefix}written:` });
    await cache.set('film', { title: 'RRR' }, { ttlMs: hourMs });
    await cache.close();
    expect(await keysOf(`${prefix}written:`)).toEqual([`${prefix}written:film`]);
    const [text, ttlMs] = await withRedis((redis) =>
      Promise.all([redis.get(`${prefix}written:film`), redis.pttl(`${prefix}written:film`)]),
    );
    expect(JSON.parse(text ?? '')).toEqual({ value: { title: 'RRR' }, storedAtMs: expect.any(Number) });
    expect(ttlMs).toBeGreaterThan(hourMs - 60_000);
    expect(ttlMs).toBeLessThanOrEqual(hourMs);
  });

  test.each(['', 'no JSON', '{"value":', 'null', '7', '[]', '{"value":1}', '{"value":1,"storedAtMs":"now"}'])(
    'takes %j, which somebody else wrote, for a miss',
    async (text) => {
      const cache = new RedisResponseCache({ url: redisUrl }, { prefix });
      await withRedis((redis) => redis.set(`${prefix}strange`, text));
      expect(await cache.get('strange')).toBeNull();
      await cache.close();
    },
  );

  test('fails on a key of another type, and goes on', async () => {
    const cache = new RedisResponseCache({ url: redisUrl }, { prefix });
    await withRedis((redis) => redis.lpush(`${prefix}list`, '1'));
    const { code, message } = await failureOf(cache.get('list'));
    expect(code).toBe('UNEXPECTED');
    expect(message).toMatch(/^Redis: WRONGTYPE /);
    expect(await cache.get('other')).toBeNull();
    await cache.close();
  });

  test('two prefixes share a database without meeting', async () => {
    const [one, other] = ['one:', 'other:'].map(
      (name) => new RedisResponseCache({ url: redisUrl }, { prefix: prefix + name }),
    );
    await one?.set('key', 1, { ttlMs: hourMs });
    expect(await other?.get('key')).toBeNull();
    await other?.delete(['key']);
    expect((await one?.get('key'))?.value).toBe(1);
    await Promise.all([one?.close(), other?.close()]);
  });

  test('answers the calls that come before there is a connection', async () => {
    const cache = new RedisResponseCache({ url: redisUrl }, { prefix });
    await Promise.all([cache.set('early', 1, { ttlMs: hourMs }), cache.get('early'), cache.delete(['nothing'])]);
    expect((await cache.get('early'))?.value).toBe(1);
    await cache.close();
  });

  test('leaves a client of the host open, with its key prefix and all', async () => {
    const client = new Redis(redisUrl, { keyPrefix: `${prefix}host:` });
    const cache = new RedisResponseCache({ client }, { prefix: '' });
    await cache.set('key', 1, { ttlMs: hourMs });
    await cache.close();
    expect(await client.get('key')).toContain('"value":1');
    await client.quit();
  });
});

test('makes no connection before it is used, and ends without one', async () => {
  const hole = await openBlackHole();
  const cache = new RedisResponseCache({ url: `redis://127.0.0.1:${hole.port}` });
  await cache.close();
  expect((await failureOf(cache.get('key'))).code).toBe('CLOSED');
  await new Promise((resolve) => setTimeout(resolve, 100)); // ioredis would connect by itself, and never end
  expect(hole.connections).toBe(0);
  await hole.close();
});

describe('a Redis that is down', () => {
  test('fails each call at once, with a code and without the password', async () => {
    const written = vi.spyOn(process.stderr, 'write');
    const printed = vi.spyOn(console, 'error');
    const port = await freePort();
    const cache = new RedisResponseCache({ url: `redis://user:${password}@127.0.0.1:${port}` });
    for (const call of [() => cache.get('key'), () => cache.set('key', 1, { ttlMs: 1 }), () => cache.delete(['key'])]) {
      const startedAtMs = performance.now();
      expect((await failureOf(call())).code).toBe('DB_CONNECTION');
      expect(performance.now() - startedAtMs).toBeLessThan(1000);
    }
    await cache.close();
    expect(inspect(cache, { depth: 3 })).not.toContain(password);
    expect([written.mock.calls, printed.mock.calls]).toEqual([[], []]);
    vi.restoreAllMocks();
  });

  test('is a miss in a guarded cache', async () => {
    const failures: string[] = [];
    const cache = guard(new RedisResponseCache({ url: `redis://127.0.0.1:${await freePort()}` }), failures);
    expect(await cache.get('key')).toBeNull();
    await cache.set('key', 1, { ttlMs: hourMs });
    await cache.close();
    expect(failures).toEqual(['DB_CONNECTION']);
  });

  testWithRedisServer('is used again when it comes back, and calls under way fail when it goes', async () => {
    const port = await freePort();
    const cache = new RedisResponseCache({ url: `redis://127.0.0.1:${port}` });
    await failureOf(cache.get('key'));
    for (let time = 0; time < 2; time += 1) {
      const server = await startRedis(port);
      await vi.waitFor(() => cache.set('key', time, { ttlMs: hourMs }), { timeout: 10_000, interval: 20 });
      expect((await cache.get('key'))?.value).toBe(time);
      await stopRedis(server);
      expect((await failureOf(cache.get('key'))).code).toBe('DB_CONNECTION');
    }
    await cache.close();
  });
});

describe('a Redis that takes connections and never answers', () => {
  test('is a miss within the time limit, and closing does not wait for it', async () => {
    const hole = await openBlackHole();
    const failures: string[] = [];
    const cache = guard(new RedisResponseCache({ url: `redis://:${password}@127.0.0.1:${hole.port}` }), failures);
    const startedAtMs = performance.now();
    expect(await cache.get('key')).toBeNull();
    expect(performance.now() - startedAtMs).toBeLessThan(2000);
    expect(failures).toEqual(['DB_TIMEOUT']);
    await cache.close();
    await hole.close();
  });

  test.each([false, true])(
    'fails by itself within some seconds, and is connected to anew: after a greeting %s',
    async (greets) => {
      const hole = await openBlackHole({ greets });
      const cache = new RedisResponseCache({ url: `redis://127.0.0.1:${hole.port}` });
      expect((await failureOf(cache.get('key'))).code).toMatch(greets ? /^DB_TIMEOUT$/ : /^DB_(TIMEOUT|CONNECTION)$/);
      await vi.waitFor(() => expect(hole.connections).toBeGreaterThan(1), { timeout: 10_000, interval: 20 });
      await cache.close();
      await hole.close();
    },
  );

  testWithRedisServer('is used again when a real one takes its port', async () => {
    const hole = await openBlackHole();
    const failures: string[] = [];
    const cache = guard(new RedisResponseCache({ url: `redis://127.0.0.1:${hole.port}` }), failures);
    expect(await cache.get('key')).toBeNull();
    await hole.close();
    const server = await startRedis(hole.port);
    const works = async () => {
      await cache.set('key', 1, { ttlMs: hourMs });
      expect((await cache.get('key'))?.value).toBe(1);
    };
    await vi.waitFor(works, { timeout: 20_000, interval: 50 });
    await cache.close();
    await stopRedis(server);
  });
});

describe('a Redis that refuses', () => {
  testWithRedisServer('a wrong password: a code, and the password in no error', async () => {
    const port = await freePort();
    const server = await startRedis(port, '--requirepass', 'the right one');
    const cache = new RedisResponseCache({ url: `redis://:${password}@127.0.0.1:${port}` });
    expect((await failureOf(cache.get('key'))).code).toBe('DB_CONNECTION');
    await vi.waitFor(async () => expect((await failureOf(cache.get('key'))).code).toBe('DB_CONNECTION'));
    await cache.close();
    await stopRedis(server);
  });

  testWithRedisServer('a value for which it has no room', async () => {
    const port = await freePort();
    const server = await startRedis(port, '--maxmemory', '1', '--maxmemory-policy', 'noeviction');
    const cache = new RedisResponseCache({ url: `redis://127.0.0.1:${port}` });
    expect((await failureOf(cache.set('key', 1, { ttlMs: hourMs }))).code).toBe('DB_STORAGE_FULL');
    expect(await cache.get('key')).toBeNull();
    await cache.close();
    await stopRedis(server);
  });
});

describe('options', () => {
  const client: RedisCommands = { get: async () => null, set: async () => 'OK', del: async () => 0 };
  test.each<[string, unknown, unknown]>([
    ['nothing', undefined, {}],
    ['no URL', { url: '' }, {}],
    ['a path', { url: '/tmp/redis.sock' }, {}],
    ['a host alone', { url: 'localhost:6379' }, {}],
    ['another protocol', { url: `http://user:${password}@localhost` }, {}],
    ['a URL that cannot be read', { url: `redis://user:${password}@local host:port` }, {}],
    ['no client', { client: null }, {}],
    ['a client without commands', { client: {} }, {}],
    ['a prefix that is no text', { client }, { prefix: 7 }],
  ])('%s is refused', (_what, connection, options) => {
    expect(() => Reflect.construct(RedisResponseCache, [connection, options])).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.not.stringContaining(password) }),
    );
  });

  test('any client with the three commands will do', async () => {
    const del = vi.spyOn(client, 'del');
    const cache = new RedisResponseCache({ client });
    expect(await cache.get('key')).toBeNull();
    await cache.delete(['one', 'two']);
    expect(del.mock.calls).toEqual([['reelflow:one'], ['reelflow:two']]);
  });
});
