import * as z from 'zod';
import type { CoordinatorStatistics } from '../../coordinator/coordinator-statistics.js';
import type { AutomationStatistics } from '../../workflow/automation-statistics.js';
import type { WorkflowPerformance } from '../../workflow/workflow-counters.js';
import {
  apiStatisticsSchema,
  callStatisticsSchema,
  errorCountsSchema,
  operationStatisticsSchema,
  toWireApi,
  toWireCalls,
  toWireCounts,
  toWireOperation,
} from './call-statistics.js';
import { recentTriggerSchema, type TriggerWriter } from './recent-trigger.js';

const count = z.int().min(0);
const usd = z.number().min(0);

export const coordinatorStatsSchema = z.strictObject({
  api_calls: callStatisticsSchema.extend({ by_api: z.record(z.string(), apiStatisticsSchema) }),
  database_operations: callStatisticsSchema.extend({ by_operation: z.record(z.string(), operationStatisticsSchema) }),
  error_counts: errorCountsSchema,
  spend: z.strictObject({
    usd_today: usd,
    usd_this_month: usd,
    posts_this_month: count,
    limits: z.strictObject({
      usd_per_day: usd.nullable(),
      usd_per_month: usd.nullable(),
      posts_per_month: count.nullable(),
    }),
  }),
});

export const performanceSchema = z.strictObject({
  workflows: count,
  completed: count,
  failed: count,
  cancelled: count,
  degraded: count,
  coalesced: count,
  running: count,
  queued: count,
  average_duration_ms: z.number(),
  max_duration_ms: z.number(),
});

export const automationStatsSchema = z.strictObject({
  coordinator_stats: coordinatorStatsSchema,
  trigger_history: count,
  recent_triggers: z.array(recentTriggerSchema),
  performance: performanceSchema,
  cache: z.strictObject({ hits: count, misses: count, stale: count, failures: count }),
  storage: z.strictObject({ diverted: count, recovered: count, rejected: count }),
});

export type WireAutomationStats = z.infer<typeof automationStatsSchema>;

export const toWireAutomationStats = (
  statistics: AutomationStatistics,
  triggers: TriggerWriter,
): WireAutomationStats => ({
  coordinator_stats: toWireCoordinator(statistics.coordinatorStats),
  trigger_history: statistics.triggerHistory,
  recent_triggers: statistics.recentTriggers.map((trigger) => triggers.write(trigger)),
  performance: toWirePerformance(statistics.performance),
  cache: {
    hits: statistics.cache.hits,
    misses: statistics.cache.misses,
    stale: statistics.cache.stale,
    failures: statistics.cache.failures,
  },
  storage: {
    diverted: statistics.storage.diverted,
    recovered: statistics.storage.recovered,
    rejected: statistics.storage.rejected,
  },
});

const toWireCoordinator = (statistics: CoordinatorStatistics): z.infer<typeof coordinatorStatsSchema> => {
  const { apiCalls, databaseOperations, errorCounts, spend } = statistics;
  return {
    api_calls: { ...toWireCalls(apiCalls), by_api: mapped(apiCalls.byApi, toWireApi) },
    database_operations: {
      ...toWireCalls(databaseOperations),
      by_operation: mapped(databaseOperations.byOperation, toWireOperation),
    },
    error_counts: toWireCounts(errorCounts),
    spend: {
      usd_today: spend.usdToday,
      usd_this_month: spend.usdThisMonth,
      posts_this_month: spend.postsThisMonth,
      limits: {
        usd_per_day: spend.limits.usdPerDay,
        usd_per_month: spend.limits.usdPerMonth,
        posts_per_month: spend.limits.postsPerMonth,
      },
    },
  };
};

const toWirePerformance = (performance: WorkflowPerformance): z.infer<typeof performanceSchema> => ({
  workflows: performance.workflows,
  completed: performance.completed,
  failed: performance.failed,
  cancelled: performance.cancelled,
  degraded: performance.degraded,
  coalesced: performance.coalesced,
  running: performance.running,
  queued: performance.queued,
  average_duration_ms: performance.averageDurationMs,
  max_duration_ms: performance.maxDurationMs,
});

const mapped = <Value, Wire>(values: Readonly<Record<string, Value>>, map: (value: Value) => Wire) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
