import type { CoordinatorStatistics } from '../coordinator/coordinator-statistics.js';
import type { TriggerRecord } from '../trigger/trigger-outcome.js';
import type { CacheStatistics } from './cache/cache-counters.js';
import type { StorageStatistics } from './storage/storage-statistics.js';
import type { WorkflowPerformance } from './workflow-counters.js';

export interface AutomationStatistics {
  readonly coordinatorStats: CoordinatorStatistics;
  /** Events triggered since the start. */
  readonly triggerHistory: number;
  /** The last ten of them, newest last. */
  readonly recentTriggers: readonly TriggerRecord[];
  readonly performance: WorkflowPerformance;
  readonly cache: CacheStatistics;
  readonly storage: StorageStatistics;
}
