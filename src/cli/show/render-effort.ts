import type { WorkflowResult } from '../../domain/workflow-run.js';
import type { AutomationStatistics } from '../../workflow/automation-statistics.js';
import type { Paint } from '../output.js';
import { clean, count, seconds } from './texts.js';

/** Of no call at all none failed. */
const succeeded = ({ total, successRate }: { readonly total: number; readonly successRate: number }): string =>
  total === 0 ? '' : `, ${successRate.toFixed(0)} % succeeded`;

/** What a search took. @param requests - that the sandbox received; null: there is none */
export function renderEffort(
  result: WorkflowResult,
  { coordinatorStats }: AutomationStatistics,
  { requests, paint }: { readonly requests: number | null; readonly paint: Paint },
): string[] {
  const { apiCalls, databaseOperations } = coordinatorStats;
  const apis = Object.entries(apiCalls.byApi).map(
    ([name, { total, successRate, attempts, retries, waitedMs }]) =>
      `  ${clean(name).padEnd(10)} ${count(total, 'call')}, ${count(attempts, 'attempt')}, ${count(retries, 'retry', 'retries')}, ${seconds(waitedMs)} waited${succeeded({ total, successRate })}`,
  );
  const received = requests === null ? '' : `${requests} requests, `;
  return [
    '',
    paint('bold', 'Statistics'),
    ...(apis.length === 0 ? ['  no API was asked'] : apis),
    `  ${'database'.padEnd(10)} ${databaseOperations.total} operations${succeeded(databaseOperations)}`,
    `  film ${result.sources.movie}, posts ${result.sources.reviews}; ${received}${result.cost.estimatedUsd.toFixed(3)} USD at X's prices, ${seconds(result.durationMs)}`,
  ];
}
