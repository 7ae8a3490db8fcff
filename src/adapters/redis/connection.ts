import { Redis } from 'ioredis';
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
  readonly #redis: Redis;
  #first: Promise<void> | undefined;

  constructor(url: string) {
    this.#redis = new Redis(url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0, // commands under way fail when the connection breaks; they are not sent again
      connectTimeout: connectTimeoutMs,
      commandTimeout: commandTimeoutMs,
      socketTimeout: silenceMs,
      retryStrategy: (attempt) => Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempt - 1, 10)),
    });
    // Each command tells of its own failure; without a listener ioredis would print the error.
    this.#redis.on('error', () => undefined);
  }

  async ready(): Promise<RedisCommands> {
    if (this.#redis.status === 'wait') this.#first = this.#redis.connect();
    if (this.#redis.status !== 'ready') await this.#first;
    return this.#redis;
  }

  close(): void {
    this.#redis.disconnect();
  }
}
