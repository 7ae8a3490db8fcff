import type { LatencySummary } from './coordinator-statistics.js';
import type { DurationBuckets } from './duration-buckets.js';

/** Buckets for each doubling: a percentile is at most 1/64 too high. */
const perDoubling = 64;
const doublings = 26; // 2^26 ms is 18 hours; longer attempts fall into the last bucket, their maximum stays exact

/** Durations in fixed memory: exact count, mean and maximum, percentiles by logarithmic buckets from 1/16 ms up. */
export class LatencyHistogram {
  readonly #buckets = new Float64Array(perDoubling * (doublings + 4));
  #count = 0;
  #sumMs = 0;
  #maxMs = 0;

  record(durationMs: number): void {
    this.#count += 1;
    this.#sumMs += durationMs;
    if (durationMs > this.#maxMs) this.#maxMs = durationMs;
    const index = Math.floor(Math.log2(Math.max(durationMs * 16, 1)) * perDoubling);
    const bucket = Math.min(index, this.#buckets.length - 1);
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
  }

  summary(): LatencySummary {
    return {
      count: this.#count,
      meanMs: this.#count === 0 ? 0 : this.#sumMs / this.#count,
      p50Ms: this.#percentileMs(0.5),
      p95Ms: this.#percentileMs(0.95),
      p99Ms: this.#percentileMs(0.99),
      maxMs: this.#maxMs,
    };
  }

  #percentileMs(share: number): number {
    const rank = Math.ceil(this.#count * share);
    let seen = 0;
    for (const [index, count] of this.#buckets.entries()) {
      seen += count;
      if (seen >= rank && count > 0)
        return index === 0 ? 0 : Math.min(2 ** ((index + 1) / perDoubling) / 16, this.#maxMs);
    }
    return 0;
  }

  /** How many took no longer than each bound, in ascending order of the bounds; a bound is read at most 1.1 % too high. */
  cumulative(boundsMs: readonly number[]): DurationBuckets {
    let index = 0;
    let seen = 0;
    const counts = boundsMs.map((boundMs) => {
      const last = Math.min(Math.floor(Math.log2(Math.max(boundMs * 16, 1)) * perDoubling), this.#buckets.length - 1);
      for (; index <= last; index += 1) seen += this.#buckets[index] ?? 0;
      return seen;
    });
    return { counts, count: this.#count, sumMs: this.#sumMs };
  }
}
