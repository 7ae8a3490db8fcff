import type { ErrorCode } from '../errors/error-code.js';
import type { SpentSoFar } from '../resilience/spend-budget.js';
import type { Channel } from './channel.js';
import type { CallStatistics, CoordinatorStatistics } from './coordinator-statistics.js';
import { callStatistics } from './target-counters.js';

export function collectStatistics(
  apis: readonly Channel[],
  operations: readonly Channel[],
  spend: SpentSoFar,
): CoordinatorStatistics {
  return {
    apiCalls: { ...sumOf(apis), byApi: byName(apis, (channel) => channel.apiStatistics()) },
    databaseOperations: { ...sumOf(operations), byOperation: byName(operations, (channel) => channel.statistics()) },
    errorCounts: errorsOf([...apis, ...operations]),
    spend,
  };
}

function sumOf(channels: readonly Channel[]): CallStatistics {
  let successful = 0;
  let failed = 0;
  for (const { counters } of channels) {
    const calls = counters.calls();
    successful += calls.successful;
    failed += calls.failed;
  }
  return callStatistics(successful, failed);
}

function byName<Statistics>(
  channels: readonly Channel[],
  read: (channel: Channel) => Statistics,
): Record<string, Statistics> {
  return Object.fromEntries(channels.map((channel) => [channel.name, read(channel)]));
}

function errorsOf(channels: readonly Channel[]): Partial<Record<ErrorCode, number>> {
  const sums = new Map<ErrorCode, number>();
  for (const { counters } of channels) {
    for (const [code, count] of counters.errorEntries()) sums.set(code, (sums.get(code) ?? 0) + count);
  }
  return Object.fromEntries(sums);
}
