export interface CachedResponse {
  readonly value: unknown;
  /** When it was set, in epoch milliseconds. */
  readonly storedAtMs: number;
}

export interface CacheCallOptions {
  /** Ends the wait: the call rejects with CANCELLED, or with the signal's reason when that is a ReelflowError. */
  readonly signal?: AbortSignal | undefined;
}

export interface CacheSetOptions extends CacheCallOptions {
  /** How long the value is of use, a whole number from 1 up. The cache drops it then, or earlier when it needs the room. */
  readonly ttlMs: number;
}

/**
 * Keeps answers for a time. A key is up to 250 characters of printable ASCII without a space; a value is whatever JSON
 * holds, and comes back as a copy. Any error may be thrown: a cache that fails is treated as one that has nothing, and
 * one that is slow is not waited for, so it need not retry.
 */
export interface ResponseCache {
  /** What was set last, or null. */
  get(key: string, options?: CacheCallOptions): Promise<CachedResponse | null>;
  set(key: string, value: unknown, options: CacheSetOptions): Promise<void>;
  /** Any number of keys, unknown ones too. */
  delete(keys: readonly string[], options?: CacheCallOptions): Promise<void>;
  /** Frees sockets and timers; may be called twice. A client that a host brought stays open. */
  close?(): Promise<void>;
}
