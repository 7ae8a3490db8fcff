import * as z from 'zod';
import type { TargetStatistics } from '../../coordinator/coordinator-statistics.js';
import { givenUp } from '../../monitor/given-up.js';
import type { StatisticsSample } from '../../monitor/statistics-recorder.js';

const count = z.int().min(0);

/**
 * The counters of a moment: they only grow, so that two samples give what happened between them. Calls that their
 * callers gave up, such as clients that went away, are left out: they say nothing of who was called.
 */
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
  const operations = Object.values(databaseOperations.byOperation);
  const operationsGivenUp = operations.reduce((sum, operation) => sum + givenUp(operation), 0);
  return {
    at,
    apis: Object.fromEntries(
      Object.entries(apiCalls.byApi).map(([name, api]) => [
        name,
        {
          total: api.total - givenUp(api),
          failed: api.failed - givenUp(api),
          p95_ms: api.latency.p95Ms,
          quota_remaining: Number.isFinite(api.quota.remaining) ? api.quota.remaining : null,
          quota_limit: Number.isFinite(api.quota.limit) ? api.quota.limit : null,
          circuit: api.circuit,
        },
      ]),
    ),
    database: {
      total: databaseOperations.total - operationsGivenUp,
      failed: databaseOperations.failed - operationsGivenUp,
      p95_ms: slowest(operations),
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
