import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, test } from 'vitest';
import { RedisResponseCache } from '../../src/adapters/redis/index.js';
import { type CachedResponse, MemoryResponseCache, ReelflowError, type ResponseCache } from '../../src/index.js';
import { responseCacheContract } from '../../src/testing/index.js';
import { describeOnRedis, keysOf, redisUrl, removeKeys } from '../support/redis.js';
import { deaf, failuresOf } from '../testing/collected-tests.js';

describe('ResponseCache: memory', () => responseCacheContract(test, () => new MemoryResponseCache()));
describe('ResponseCache: memory with a limit of bytes', () =>
  responseCacheContract(test, () => new MemoryResponseCache({ maxBytes: 10_000_000 })));

describeOnRedis('ResponseCache: Redis', () => {
  const prefix = `reelflow-test:${randomUUID()}:`;
  let made = 0;
  const nextPrefix = () => `${prefix}${made++}:`;
  afterAll(async () => {
    await removeKeys(prefix);
    expect(await keysOf(prefix)).toEqual([]);
  });
  responseCacheContract(test, () => new RedisResponseCache({ url: redisUrl }, { prefix: nextPrefix() }));

  describe('with the client of a host', () => {
    const client = new Redis(redisUrl);
    afterAll(async () => {
      expect(client.status).toBe('ready');
      await client.quit();
    });
    responseCacheContract(test, () => new RedisResponseCache({ client }, { prefix: nextPrefix() }));
  });
});

describe('the contract of ResponseCache finds a cache that', () => {
  /** A sound cache with some methods replaced; they get the sound one. */
  const broken = (breakIt: (sound: ResponseCache) => Partial<ResponseCache>) =>
    failuresOf((run) =>
      responseCacheContract(run, () => {
        const sound = new MemoryResponseCache();
        return {
          get: (key, options) => sound.get(key, options),
          set: (key, value, options) => sound.set(key, value, options),
          delete: (keys, options) => sound.delete(keys, options),
          close: () => sound.close(),
          ...breakIt(sound),
        };
      }),
    );
  const keepsObjects = (): Partial<ResponseCache> => {
    const kept = new Map<string, CachedResponse & { untilMs: number }>();
    return {
      get: async (key, options) => {
        options?.signal?.throwIfAborted();
        const found = kept.get(key);
        return found === undefined || found.untilMs < Date.now() ? null : found;
      },
      set: async (key, value, { ttlMs, signal }) => {
        signal?.throwIfAborted();
        kept.set(key, { value, storedAtMs: Date.now(), untilMs: Date.now() + ttlMs });
      },
      delete: async (keys, options) => {
        options?.signal?.throwIfAborted();
        for (const key of keys) kept.delete(key);
      },
    };
  };
  const expiry = [
    'drops a value when it is of no use any more, and not the others',
    'lets a value be followed by one of a shorter life',
  ];
  const abort = ['hears a signal that has aborted', 'hears a signal that aborts under way'];
  const copy = 'keeps a copy, whatever becomes of the value that was set or given';

  test.each<[string, (sound: ResponseCache) => Partial<ResponseCache>, string[]]>([
    ['is sound', () => ({}), []],
    ['keeps the objects themselves', keepsObjects, [copy]],
    [
      'knows no expiry',
      (sound) => ({ set: (key, value, options) => sound.set(key, value, { ...options, ttlMs: 3_600_000 }) }),
      expiry,
    ],
    [
      'takes null for nothing',
      (sound) => ({
        get: async (key, options) => {
          const found = await sound.get(key, options);
          return found?.value === null ? null : found;
        },
      }),
      ['tells a value that is empty from none'],
    ],
    [
      'gives the time of the reading',
      (sound) => ({
        get: async (key, options) => {
          const found = await sound.get(key, options);
          return found === null ? null : { ...found, storedAtMs: found.storedAtMs + 1000 };
        },
      }),
      ['gives back what was set, and when that was'],
    ],
    [
      'folds its keys',
      (sound) => ({
        get: (key, options) => sound.get(key.toLowerCase(), options),
        set: (key, value, options) => sound.set(key.toLowerCase(), value, options),
        delete: (keys, options) =>
          sound.delete(
            keys.map((key) => key.toLowerCase()),
            options,
          ),
      }),
      ['keeps keys apart'],
    ],
    [
      'deletes one key only',
      (sound) => ({ delete: (keys, options) => sound.delete(keys.slice(0, 1), options) }),
      ['deletes the keys that are named, and only those', 'deletes any number of keys at once'],
    ],
    [
      'is deaf to signals',
      (sound) => ({
        get: async (key) => deaf(await sound.get(key)),
        set: async (key, value, { ttlMs }) => deaf(await sound.set(key, value, { ttlMs })),
        delete: async (keys) => deaf(await sound.delete(keys)),
      }),
      abort,
    ],
    [
      'throws for what it does not have',
      (sound) => ({
        get: async (key, options) => {
          const found = await sound.get(key, options);
          if (found === null) throw new ReelflowError('DB_CONNECTION', 'nothing there');
          return found;
        },
      }),
      [
        'has nothing before something is set',
        ...expiry,
        'deletes the keys that are named, and only those',
        'deletes any number of keys at once',
        abort[0] ?? '',
      ],
    ],
    [
      'cannot be closed twice',
      () => {
        let closed = false;
        return {
          close: async () => {
            if (closed) throw new Error('closed already');
            closed = true;
          },
        };
      },
      ['can be closed twice'],
    ],
  ])('%s', async (_what, breakIt, failures) => {
    const found = await broken(breakIt);
    expect(found.toSorted()).toEqual([...failures].toSorted());
  });
});
