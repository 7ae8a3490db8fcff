import type { RateLimit } from '../ports/api-policy.js';
import type { RateLimiter, RateLimitPlace } from '../ports/rate-limiter.js';
import { nowMs as readClock } from './clock.js';
import { StampRing } from './stamp-ring.js';

/** Starts remembered beyond what the limits need, so that a longer window set later still counts them. */
const minimumMemory = 1024;

export interface SlidingLogOptions {
  /** Added to every window, in milliseconds. @default 1 */
  readonly guardMs?: number;
  /** Longest time from a start until the provider can have seen it, in milliseconds. @default 250 */
  readonly skewMs?: number;
}

class Place implements RateLimitPlace {
  readonly startedAtMs: number;
  readonly #settle: (place: Place) => void;

  constructor(startedAtMs: number, settle: (place: Place) => void) {
    this.startedAtMs = startedAtMs;
    this.#settle = settle;
  }

  end(): void {
    this.#settle(this);
  }
}

/**
 * The exact limit: in no window of `windowMs`, wherever it starts, do more than `calls` attempts start, for each
 * of the limits and across changes of them. The provider sees an attempt at some moment between its start and its
 * end, so a place is counted from its end, or from its start plus `skewMs` when that is earlier, and is free
 * `windowMs + guardMs` after that: the provider's windows hold as well.
 */
export class SlidingLog implements RateLimiter {
  readonly #guardMs: number;
  readonly #skewMs: number;
  readonly #counted = new StampRing(minimumMemory);
  /** Places not yet counted, by start. */
  readonly #open = new Set<Place>();
  readonly #settlePlace = (place: Place): void => {
    const now = readClock();
    this.#countOverdue(now); // earlier starts first: the ring stays ascending
    if (this.#open.delete(place)) this.#counted.push(now);
  };
  #limits: readonly RateLimit[] = [];

  constructor(limits: readonly RateLimit[], { guardMs = 1, skewMs = 250 }: SlidingLogOptions = {}) {
    this.#guardMs = guardMs;
    this.#skewMs = skewMs;
    this.setLimits(limits);
  }

  setLimits(limits: readonly RateLimit[]): void {
    this.#limits = limits.map(({ calls, windowMs }) => ({ calls, windowMs }));
    for (const { calls } of this.#limits) this.#counted.reserve(calls);
  }

  start(nowMs: number): RateLimitPlace {
    const place = new Place(nowMs, this.#settlePlace);
    this.#open.add(place);
    return place;
  }

  readyAtMs(nowMs: number, ahead = 0): number {
    this.#countOverdue(nowMs);
    let readyAtMs = Number.NEGATIVE_INFINITY;
    for (const limit of this.#limits) readyAtMs = Math.max(readyAtMs, this.#freeAtMs(limit, nowMs, ahead));
    return readyAtMs;
  }

  remaining(nowMs: number): { remaining: number; limit: number; nextFreeAtMs: number } | null {
    this.#countOverdue(nowMs);
    let tightest: { remaining: number; limit: number; nextFreeAtMs: number } | null = null;
    for (const { calls, windowMs } of this.#limits) {
      const holdMs = windowMs + this.#guardMs;
      const counted = this.#counted.countAfter(nowMs - holdMs, Math.max(0, calls - this.#open.size));
      const remaining = Math.max(0, calls - this.#open.size - counted);
      const oldestMs = counted > 0 ? this.#counted.fromNewest(counted - 1) : nowMs;
      const nextFreeAtMs = counted + this.#open.size > 0 ? oldestMs + holdMs : nowMs;
      const tighter =
        tightest === null ||
        remaining < tightest.remaining ||
        (remaining === tightest.remaining && nextFreeAtMs > tightest.nextFreeAtMs);
      if (tighter) tightest = { remaining, limit: calls, nextFreeAtMs };
    }
    return tightest;
  }

  /** When the place for the start after `ahead` others is free: exact for 0, else no later than it will be. */
  #freeAtMs({ calls, windowMs }: RateLimit, nowMs: number, ahead: number): number {
    const holdMs = windowMs + this.#guardMs;
    const turn = ahead % calls;
    const laterMs = Math.floor(ahead / calls) * holdMs;
    const settled = Math.max(0, calls - this.#open.size);
    const known = Math.min(settled, this.#counted.size);
    const unknown = settled - known;
    if (turn < unknown) {
      // Forgotten starts may lie anywhere before the oldest known one; counting them there never allows too many.
      const oldestMs = this.#counted.forgot ? this.#counted.fromNewest(known - 1) : Number.NEGATIVE_INFINITY;
      return Math.max(nowMs, oldestMs + holdMs) + laterMs;
    }
    if (turn < settled) return Math.max(nowMs, this.#counted.fromNewest(settled - 1 - turn) + holdMs) + laterMs;
    return nowMs + holdMs + laterMs; // that place is still under way: it starts to age now at the earliest
  }

  #countOverdue(nowMs: number): void {
    for (const place of this.#open) {
      const countedAtMs = place.startedAtMs + this.#skewMs;
      if (countedAtMs > nowMs) return;
      this.#open.delete(place);
      this.#counted.push(countedAtMs);
    }
  }
}
