import * as z from 'zod';
import type { TargetStatistics } from '../../coordinator/coordinator-statistics.js';
import type { StatisticsSample } from '../../monitor/statistics-recorder.js';

const count = z.int().min(0);

/** The counters of a moment: they only grow, so that two samples give what happened between them. */
export const sampleSchema = z.strictObject({
  at: z.iso.datetime(),
  apis: z.record(
    z.string(),
    z.strictObject({
      total: count,
      failed: count,
      p95_ms: z.number(),
      quota_remaining: count.nullable(),
      quota_limit: count.nullable(),
      circuit: z.enum(['closed', 'open', 'half_open', 'off']),
    }),
  ),
  /** p95_ms: of the operation that is slowest by it. */
  database: z.strictObject({ total: count, failed: count, p95_ms: z.number() }),
  usd_today: z.number().min(0),
  degraded: count,
  workflows: count,
  failed: count,
  spooled: count.nullable(),
  quarantined: count.nullable(),
});

export const historySchema = z.strictObject({ samples: z.array(sampleSchema) });

export const toWireSample = ({ at, statistics, status }: StatisticsSample): z.infer<typeof sampleSchema> => {
  const { coordinatorStats, performance } = statistics;
  const { apiCalls, databaseOperations, spend } = coordinatorStats;
  return {
    at,
    apis: Object.fromEntries(
      Object.entries(apiCalls.byApi).map(([name, { total, failed, latency, quota, circuit }]) => [
        name,
        {
          total,
          failed,
          p95_ms: latency.p95Ms,
          quota_remaining: Number.isFinite(quota.remaining) ? quota.remaining : null,
          quota_limit: Number.isFinite(quota.limit) ? quota.limit : null,
          circuit,
        },
      ]),
    ),
    database: {
      total: databaseOperations.total,
      failed: databaseOperations.failed,
      p95_ms: slowest(Object.values(databaseOperations.byOperation)),
    },
    usd_today: spend.usdToday,
    degraded: performance.degraded,
    workflows: performance.workflows,
    failed: performance.failed,
    spooled: status?.storage.spooled ?? null,
    quarantined: status?.storage.quarantined ?? null,
  };
};

const slowest = (operations: readonly TargetStatistics[]): number =>
  operations.reduce((most, { latency }) => Math.max(most, latency.p95Ms), 0);
