import type { Redis } from 'ioredis';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { RedisCommands, RedisConnectionOptions } from './options.js';

const connectTimeoutMs = 2000;
const commandTimeoutMs = 1000;
/** A connection that stays silent this long after a command is given up, and made anew. */
const silenceMs = 2000;
const firstPauseMs = 100;
const longestPauseMs = 5000;

/** The way to a Redis: ours, or the host's. */
export interface RedisConnection {
  /** Resolves when commands can be sent; rejects when the first connection fails. Later ones are made in the background. */
  ready(): Promise<RedisCommands>;
  close(): void;
}

export const openConnection = (options: RedisConnectionOptions): RedisConnection =>
  'client' in options ? { ready: async () => options.client, close: () => undefined } : new OwnConnection(options.url);

/** A command fails at once where there is no connection, instead of waiting for one. */
class OwnConnection implements RedisConnection {
  readonly #url: string;
  #redis: Promise<Redis> | undefined;
  #first: Promise<void> | undefined;
  #isClosed = false;

  constructor(url: string) {
    this.#url = url;
  }

  async ready(): Promise<RedisCommands> {
    this.#redis ??= this.#make();
    const redis = await this.#redis;
    // A command would connect a client that has not been used before, and nobody would end it.
    if (this.#isClosed) throw new ReelflowError('CLOSED', 'the cache is closed');
    if (redis.status === 'wait') this.#first = redis.connect();
    if (redis.status !== 'ready') await this.#first;
    return redis;
  }

  close(): void {
    this.#isClosed = true;
    this.#redis?.then(
      (redis) => redis.disconnect(),
      () => undefined, // there is none
    );
  }

  async #make(): Promise<Redis> {
    const Client = await load();
    const redis = new Client(this.#url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0, // commands under way fail when the connection breaks; they are not sent again
      connectTimeout: connectTimeoutMs,
      commandTimeout: commandTimeoutMs,
      socketTimeout: silenceMs,
      retryStrategy: (attempt) => Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempt - 1, 10)),
    });
    // Each command tells of its own failure; without a listener ioredis would print the error.
    redis.on('error', () => undefined);
    return redis;
  }
}

/** With the first command: a program may import the cache and use it only where there is a Redis. */
async function load(): Promise<typeof Redis> {
  try {
    return (await import('ioredis')).Redis;
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND';
    if (!isMissing || !cause.message.includes("'ioredis'")) throw cause;
    throw new ReelflowError('DEPENDENCY_MISSING', 'a cache in Redis needs the package ioredis: npm install ioredis', {
      cause,
    });
  }
}
