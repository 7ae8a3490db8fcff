export interface CachedResponse {
  readonly value: unknown;
  /** Epoch milliseconds. */
  readonly storedAtMs: number;
}

/** Keeps answers for a time. A cache that fails is treated as one that has nothing. */
export interface ResponseCache {
  get(key: string, options?: { readonly signal?: AbortSignal }): Promise<CachedResponse | null>;
  set(key: string, value: unknown, options: { readonly ttlMs: number; readonly signal?: AbortSignal }): Promise<void>;
  delete(keys: readonly string[]): Promise<void>;
  close?(): Promise<void>;
}
