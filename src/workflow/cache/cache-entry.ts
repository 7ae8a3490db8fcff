import type { CachedResponse } from '../../ports/response-cache.js';

/** Clocks of processes that share a cache may differ by this much. */
const skewMs = 60_000;

/** What is kept of an answer. */
export interface CacheEntry<Value> {
  /** null: the provider said that there is no such film. */
  readonly value: Value | null;
  readonly etag?: string;
  /** How long the provider let it be used unasked. */
  readonly maxAgeMs?: number;
}

/** An entry as it was found. */
export interface FoundEntry<Value> extends CacheEntry<Value> {
  /** When the provider gave or confirmed it, in epoch milliseconds. */
  readonly fetchedAtMs: number;
  readonly ageMs: number;
}

/** @returns null for what is not ours, of another shape, or from the future */
export function readEntry<Value>(
  cached: CachedResponse | null,
  isAnswer: (value: unknown) => value is Value,
): FoundEntry<Value> | null {
  if (cached === null || typeof cached.value !== 'object' || cached.value === null) return null;
  const { value, etag, maxAgeMs }: { value?: unknown; etag?: unknown; maxAgeMs?: unknown } = cached.value;
  if (value !== null && !isAnswer(value)) return null;
  const ageMs = Date.now() - cached.storedAtMs;
  if (ageMs < -skewMs) return null;
  return {
    value,
    ...(typeof etag === 'string' ? { etag } : {}),
    ...(isDuration(maxAgeMs) ? { maxAgeMs } : {}),
    fetchedAtMs: cached.storedAtMs,
    ageMs: Math.max(0, ageMs),
  };
}

export const isDuration = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;
