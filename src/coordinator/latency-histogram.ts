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
  #summary: LatencySummary | undefined;

  record(durationMs: number): void {
    this.#summary = undefined;
    this.#count += 1;
    this.#sumMs += durationMs;
    if (durationMs > this.#maxMs) this.#maxMs = durationMs;
    const index = Math.floor(Math.log2(Math.max(durationMs * 16, 1)) * perDoubling);
    const bucket = Math.min(index, this.#buckets.length - 1);
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
  }

  /** Computed once for all who ask before the next duration: statistics are read more often than they change. */
  summary(): LatencySummary {
    this.#summary ??= this.#summarise();
    return this.#summary;
  }

  #summarise(): LatencySummary {
    const [p50Ms = 0, p95Ms = 0, p99Ms = 0] = this.#percentilesMs([0.5, 0.95, 0.99]);
    const meanMs = this.#count === 0 ? 0 : this.#sumMs / this.#count;
    return { count: this.#count, meanMs, p50Ms, p95Ms, p99Ms, maxMs: this.#maxMs };
  }

  /** @param shares - in ascending order */
  #percentilesMs(shares: readonly number[]): number[] {
    if (this.#count === 0) return [];
    let seen = 0;
    let index = -1;
    return shares.map((share) => {
      const rank = Math.ceil(this.#count * share);
      while (seen < rank) {
        index += 1;
        seen += this.#buckets[index] ?? 0;
      }
      return index === 0 ? 0 : Math.min(2 ** ((index + 1) / perDoubling) / 16, this.#maxMs);
    });
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
