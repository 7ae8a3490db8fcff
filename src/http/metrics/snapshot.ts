import type { AttemptDurations } from '../../coordinator/coordinator-statistics.js';
import type { DurationBuckets } from '../../coordinator/duration-buckets.js';
import type { AutomationStatistics } from '../../workflow/automation-statistics.js';
import type { ManagerStatus } from '../../workflow/manager-status.js';

/** What a scrape reads, once for all metrics. */
export interface MetricsSnapshot {
  readonly statistics: AutomationStatistics;
  /** null: the manager is closed. */
  readonly status: ManagerStatus | null;
  readonly attempts: AttemptDurations;
  /** Of searches that ended while the app listened. */
  readonly searches: DurationBuckets;
  readonly version: string;
}
