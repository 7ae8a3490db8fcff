import type { DurationBuckets } from '../../coordinator/duration-buckets.js';
import type { MetricsSnapshot } from './snapshot.js';

export type Labels = Readonly<Record<string, string>>;

interface Named {
  readonly name: string;
  readonly help: string;
  /** Never a title, a post or a user: their number has no end. */
  readonly labels: readonly string[];
}

/** One metric, and where its values are. */
export type Metric =
  | (Named & {
      readonly kind: 'counter' | 'gauge';
      readonly read: (snapshot: MetricsSnapshot) => ReadonlyArray<readonly [labels: Labels, value: number]>;
    })
  | (Named & {
      readonly kind: 'histogram';
      readonly read: (
        snapshot: MetricsSnapshot,
      ) => ReadonlyArray<readonly [labels: Labels, durations: DurationBuckets]>;
    });

/** Upper bounds in seconds: those that Prometheus clients use, and the minutes that a wait for a limit takes. */
export const boundsSeconds: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];
