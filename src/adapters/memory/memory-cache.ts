import { LRUCache } from 'lru-cache';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { throwIfAborted } from '../../errors/throw-if-aborted.js';
import type { CacheCallOptions, CachedResponse, CacheSetOptions, ResponseCache } from '../../ports/response-cache.js';
import { nowMs } from '../../resilience/clock.js';

export interface MemoryResponseCacheOptions {
  /** The least recently used entry goes when there are more. A whole number from 1 up. @default 1000 */
  readonly maxEntries?: number | undefined;
  /** The same for the size of keys and values together, as JSON in UTF-8; what alone is larger is not kept. @default no limit */
  readonly maxBytes?: number | undefined;
}

/**
 * Answers in the memory of this process, as JSON text: what a caller changes later changes nothing here. It has no timer:
 * an entry that is too old goes when it is asked for, or when its room is needed.
 * @throws INVALID_OPTIONS
 */
export class MemoryResponseCache implements ResponseCache {
  readonly #entries: LRUCache<string, string>;

  constructor({ maxEntries = 1000, maxBytes }: MemoryResponseCacheOptions = {}) {
    check('maxEntries', maxEntries);
    if (maxBytes !== undefined) check('maxBytes', maxBytes);
    this.#entries = new LRUCache({
      max: maxEntries,
      ...(maxBytes === undefined
        ? {}
        : { maxSize: maxBytes, sizeCalculation: (text, key) => Buffer.byteLength(text) + Buffer.byteLength(key) }),
      ttlResolution: 0, // else it keeps the time for a while, by a timer
      perf: { now: () => nowMs() + 1 }, // it takes a start at 0, where fake clocks begin, for an entry without an end
    });
  }

  async get(key: string, { signal }: CacheCallOptions = {}): Promise<CachedResponse | null> {
    throwIfAborted(signal, 'the cache');
    const text = this.#entries.get(key);
    return text === undefined ? null : JSON.parse(text);
  }

  async set(key: string, value: unknown, { ttlMs, signal }: CacheSetOptions): Promise<void> {
    throwIfAborted(signal, 'the cache');
    const entry: CachedResponse = { value, storedAtMs: Date.now() };
    this.#entries.set(key, JSON.stringify(entry), { ttl: Math.ceil(ttlMs) });
  }

  async delete(keys: readonly string[], { signal }: CacheCallOptions = {}): Promise<void> {
    throwIfAborted(signal, 'the cache');
    for (const key of keys) this.#entries.delete(key);
  }

  async close(): Promise<void> {
    this.#entries.clear();
  }
}

function check(option: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1 || value > 2 ** 32 - 1)
    throw new ReelflowError(
      'INVALID_OPTIONS',
      `MemoryResponseCache: ${option} must be a whole number from 1 to 4294967295, got ${value}`,
    );
}
