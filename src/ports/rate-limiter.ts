import type { RateLimit } from './api-policy.js';

/** A place in the window that an attempt took. */
export interface RateLimitPlace {
  /** Call once, when the attempt has ended; from then on its place ages. */
  end(): void;
}

/**
 * Decides when an attempt may start. It never waits by itself: the gate asks, waits and asks again.
 * All times are milliseconds of `performance.now()`.
 */
export interface RateLimiter {
  /** The earliest time at which a start can be allowed when `ahead` others start first; `nowMs` or less: now. */
  readyAtMs(nowMs: number, ahead?: number): number;
  /** Takes a place. Only allowed when `readyAtMs(nowMs) <= nowMs`. */
  start(nowMs: number): RateLimitPlace;
  /** Replaces the limits; earlier starts count under the new ones from the next start on. */
  setLimits(limits: readonly RateLimit[]): void;
  /** Places free now under the tightest limit; null when there is no limit. */
  remaining(nowMs: number): { remaining: number; limit: number; nextFreeAtMs: number } | null;
}
