import * as z from 'zod';
import type { Paint } from '../output.js';
import { clean, count, seconds, table } from './texts.js';

const number = z.number();
const target = z.looseObject({
  total: number,
  failed: number,
  success_rate: number,
  retries: number,
  latency: z.looseObject({ p50_ms: number, p95_ms: number }),
  circuit: z.string(),
});
const quota = z.looseObject({ remaining: number.nullable(), limit: number.nullable() });

/** What is shown of the server's answer; what else it holds is left alone. */
export const statsSchema = z.looseObject({
  coordinator_stats: z.looseObject({
    api_calls: z.looseObject({ by_api: z.record(z.string(), target.extend({ quota })) }),
    database_operations: z.looseObject({
      total: number,
      success_rate: number,
      by_operation: z.record(z.string(), target),
    }),
    error_counts: z.record(z.string(), number),
    spend: z.looseObject({ usd_today: number, usd_this_month: number }),
  }),
  performance: z.looseObject({
    workflows: number,
    completed: number,
    failed: number,
    degraded: number,
    running: number,
    queued: number,
    average_duration_ms: number,
  }),
  cache: z.looseObject({ hits: number, misses: number }),
});

export function renderStats(
  { coordinator_stats: coordinator, performance, cache }: z.infer<typeof statsSchema>,
  paint: Paint,
): string[] {
  const { api_calls: calls, database_operations: operations, error_counts: errors, spend } = coordinator;
  const row = (
    name: string,
    { total, failed, success_rate: rate, retries, latency, circuit }: z.infer<typeof target>,
  ) => [
    clean(name),
    String(total),
    `${rate.toFixed(0)} %`,
    String(failed),
    String(retries),
    seconds(latency.p50_ms),
    seconds(latency.p95_ms),
    clean(circuit),
  ];
  const headings = ['', 'calls', 'success', 'failed', 'retries', 'p50', 'p95', 'breaker'];
  const apis = Object.entries(calls.by_api).map(([name, api]) => [...row(name, api), quotaText(api.quota)]);
  const databases = Object.entries(operations.by_operation).map(([name, operation]) => row(name, operation));
  const { workflows, completed, failed, degraded, running, queued, average_duration_ms: mean } = performance;
  return [
    `${paint('bold', count(workflows, 'search', 'searches'))}: ${completed} completed (${degraded} degraded), ${failed} failed, ${running} running, ${queued} queued; ${seconds(mean)} on average`,
    '',
    ...table([...headings, 'quota left'], apis),
    '',
    ...table(headings, databases),
    '',
    `cache: ${cache.hits} hits, ${cache.misses} misses; spent ${spend.usd_today.toFixed(3)} USD today, ${spend.usd_this_month.toFixed(3)} this month`,
    ...(Object.keys(errors).length === 0
      ? []
      : [
          `errors: ${Object.entries(errors)
            .map(([code, amount]) => `${clean(code)} ${amount}`)
            .join(', ')}`,
        ]),
  ];
}

const quotaText = ({ remaining, limit }: z.infer<typeof quota>): string =>
  remaining === null || limit === null ? 'no limit' : `${remaining} of ${limit}`;
