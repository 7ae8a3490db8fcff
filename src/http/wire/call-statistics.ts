import * as z from 'zod';
import type { ApiStatistics, CallStatistics, TargetStatistics } from '../../coordinator/coordinator-statistics.js';

const count = z.int().min(0);
/** By error code. */
export const errorCountsSchema = z.record(z.string(), count);

const calls = { total: count, successful: count, failed: count, success_rate: z.number().min(0).max(100) };

export const callStatisticsSchema = z.strictObject(calls);

export const operationStatisticsSchema = z.strictObject({
  ...calls,
  attempts: count,
  retries: count,
  waits: count,
  waited_ms: z.number().min(0),
  latency: z.strictObject({
    count,
    mean_ms: z.number(),
    p50_ms: z.number(),
    p95_ms: z.number(),
    p99_ms: z.number(),
    max_ms: z.number(),
  }),
  error_counts: errorCountsSchema,
  circuit: z.enum(['closed', 'open', 'half_open', 'off']),
  circuit_changed_at: z.iso.datetime().nullable(),
});

export const apiStatisticsSchema = operationStatisticsSchema.extend({
  /** null: the API has no limit. */
  quota: z.strictObject({ remaining: count.nullable(), limit: count.nullable(), reset_at_ms: z.number() }),
  waiting: count,
  active: count,
});

export const toWireCalls = (statistics: CallStatistics): z.infer<typeof callStatisticsSchema> => ({
  total: statistics.total,
  successful: statistics.successful,
  failed: statistics.failed,
  success_rate: statistics.successRate,
});

export const toWireOperation = (statistics: TargetStatistics): z.infer<typeof operationStatisticsSchema> => ({
  total: statistics.total,
  successful: statistics.successful,
  failed: statistics.failed,
  success_rate: statistics.successRate,
  attempts: statistics.attempts,
  retries: statistics.retries,
  waits: statistics.waits,
  waited_ms: statistics.waitedMs,
  latency: {
    count: statistics.latency.count,
    mean_ms: statistics.latency.meanMs,
    p50_ms: statistics.latency.p50Ms,
    p95_ms: statistics.latency.p95Ms,
    p99_ms: statistics.latency.p99Ms,
    max_ms: statistics.latency.maxMs,
  },
  error_counts: toWireCounts(statistics.errorCounts),
  circuit: statistics.circuit,
  circuit_changed_at: statistics.circuitChangedAt,
});

export const toWireApi = (statistics: ApiStatistics): z.infer<typeof apiStatisticsSchema> => ({
  ...toWireOperation(statistics),
  quota: {
    remaining: finite(statistics.quota.remaining),
    limit: finite(statistics.quota.limit),
    reset_at_ms: statistics.quota.resetAtMs,
  },
  waiting: statistics.waiting,
  active: statistics.active,
});

/** Counts by code, in the order of the codes. */
export const toWireCounts = (counts: Readonly<Partial<Record<string, number>>>): z.infer<typeof errorCountsSchema> =>
  Object.fromEntries(Object.entries(counts).flatMap(([code, times]) => (times === undefined ? [] : [[code, times]])));

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
