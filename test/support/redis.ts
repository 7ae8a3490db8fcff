import { createConnection } from 'node:net';
import { Redis } from 'ioredis';
import { describe } from 'vitest';
import { skipFor } from './requirements.js';

/** The Redis of this machine, as tests reach it. Each test takes a key prefix of its own: files run side by side. */
export const redisUrl = 'redis://127.0.0.1:6379';

const answered = await answersAt(6379);

/** Tests on a real Redis: skipped with the reason where it does not run, failed where it is required. */
export function describeOnRedis(name: string, tests: () => void): void {
  if (answered) {
    describe(name, tests);
    return;
  }
  skipFor('Redis does not answer at 127.0.0.1:6379', name);
}

function answersAt(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port, timeout: 2000 });
    const end = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

/** The keys that begin with a prefix. */
export async function keysOf(prefix: string): Promise<string[]> {
  return withRedis((redis) => redis.keys(`${prefix}*`));
}

export async function removeKeys(prefix: string): Promise<void> {
  const keys = await keysOf(prefix);
  if (keys.length > 0) await withRedis((redis) => redis.del(...keys));
}

/** A connection of the test's own. */
export async function withRedis<Result>(work: (redis: Redis) => Promise<Result>): Promise<Result> {
  const redis = new Redis(redisUrl);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
