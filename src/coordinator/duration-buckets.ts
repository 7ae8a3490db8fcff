/** Durations by upper bounds, as a histogram of Prometheus has them. */
export interface DurationBuckets {
  /** For each bound, how many took no longer. */
  readonly counts: readonly number[];
  readonly count: number;
  readonly sumMs: number;
}
