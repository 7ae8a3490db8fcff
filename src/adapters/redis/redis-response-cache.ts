import { throwIfAborted } from '../../errors/throw-if-aborted.js';
import type { CacheCallOptions, CachedResponse, CacheSetOptions, ResponseCache } from '../../ports/response-cache.js';
import { unlessAborted } from '../../resilience/unless-aborted.js';
import { openConnection, type RedisConnection } from './connection.js';
import {
  checkConnection,
  checkPrefix,
  type RedisCommands,
  type RedisConnectionOptions,
  type RedisResponseCacheOptions,
} from './options.js';
import { redisError } from './redis-error.js';

/** Keys that are deleted at once: one command each, since a cluster takes keys of different slots only so. */
const deletedAtOnce = 500;

/**
 * Answers in a Redis, shared by all processes that use its database. Values are JSON with an expiry of their own; what
 * cannot be read as one is a miss. With a `url` the client is ours: a Redis that is down fails each call at once, or
 * within a second, and is reconnected to in the background until `close`, with pauses of 100 ms to 5 s.
 * Errors are ReelflowErrors with a `DB_*` code, and hold neither the URL nor a password.
 * @throws INVALID_OPTIONS
 */
export class RedisResponseCache implements ResponseCache {
  readonly #connection: RedisConnection;
  readonly #prefix: string;

  constructor(connection: RedisConnectionOptions, { prefix = 'reelflow:' }: RedisResponseCacheOptions = {}) {
    this.#prefix = checkPrefix(prefix);
    this.#connection = openConnection(checkConnection(connection));
  }

  async get(key: string, { signal }: CacheCallOptions = {}): Promise<CachedResponse | null> {
    const text = await this.#run(signal, (redis) => redis.get(this.#prefix + key));
    return text === null ? null : read(text);
  }

  async set(key: string, value: unknown, { ttlMs, signal }: CacheSetOptions): Promise<void> {
    const entry: CachedResponse = { value, storedAtMs: Date.now() };
    const text = JSON.stringify(entry);
    await this.#run(signal, (redis) => redis.set(this.#prefix + key, text, 'PX', Math.ceil(ttlMs)));
  }

  async delete(keys: readonly string[], { signal }: CacheCallOptions = {}): Promise<void> {
    throwIfAborted(signal, 'the cache');
    for (let start = 0; start < keys.length; start += deletedAtOnce) {
      const batch = keys.slice(start, start + deletedAtOnce);
      await this.#run(signal, (redis) => Promise.all(batch.map((key) => redis.del(this.#prefix + key))));
    }
  }

  /** Ends our own client; a host's stays open. */
  async close(): Promise<void> {
    this.#connection.close();
  }

  async #run<Reply>(signal: AbortSignal | undefined, send: (redis: RedisCommands) => Promise<Reply>): Promise<Reply> {
    throwIfAborted(signal, 'the cache');
    const sent = this.#connection.ready().then((redis) => {
      throwIfAborted(signal, 'the cache'); // while it waited for the connection
      return send(redis);
    });
    try {
      return await unlessAborted(sent, signal, 'the cache');
    } catch (thrown) {
      throw redisError(thrown);
    }
  }
}

function read(text: string): CachedResponse | null {
  try {
    const entry: unknown = JSON.parse(text);
    if (typeof entry !== 'object' || entry === null || !('value' in entry) || !('storedAtMs' in entry)) return null;
    return typeof entry.storedAtMs === 'number' ? { value: entry.value, storedAtMs: entry.storedAtMs } : null;
  } catch {
    return null;
  }
}
