import type { ErrorCode } from '../errors/error-code.js';
import type { SpentSoFar } from '../resilience/spend-budget.js';
import type { DurationBuckets } from './duration-buckets.js';
import type { Quota } from './quota.js';

/** Duration of single attempts, in milliseconds, waits left out; all 0 when there was none. Percentiles are within 2 %. */
export interface LatencySummary {
  readonly count: number;
  readonly meanMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Exact counters. A call counts once, however many attempts it took. */
export interface CallStatistics {
  readonly total: number;
  readonly successful: number;
  readonly failed: number;
  /** 0 to 100; 0 when there was no call. */
  readonly successRate: number;
}

export interface TargetStatistics extends CallStatistics {
  readonly attempts: number;
  readonly retries: number;
  /** Waits in the gate, and the time they took. */
  readonly waits: number;
  readonly waitedMs: number;
  readonly latency: LatencySummary;
  readonly errorCounts: Readonly<Partial<Record<ErrorCode, number>>>;
  readonly circuit: 'closed' | 'open' | 'half_open' | 'off';
  /** When the breaker last opened or closed, ISO 8601; null: it never did. */
  readonly circuitChangedAt: string | null;
}

export interface ApiStatistics extends TargetStatistics {
  readonly quota: Quota;
  /** Calls that wait in the gate now. */
  readonly waiting: number;
  /** Attempts under way now. */
  readonly active: number;
}

/** Durations of single attempts, waits left out. */
export interface AttemptDurations {
  readonly byApi: Readonly<Record<string, DurationBuckets>>;
  readonly byOperation: Readonly<Record<string, DurationBuckets>>;
}

export interface CoordinatorStatistics {
  readonly apiCalls: CallStatistics & { readonly byApi: Readonly<Record<string, ApiStatistics>> };
  readonly databaseOperations: CallStatistics & { readonly byOperation: Readonly<Record<string, TargetStatistics>> };
  /** Failed calls and operations by code. */
  readonly errorCounts: Readonly<Partial<Record<ErrorCode, number>>>;
  readonly spend: SpentSoFar;
}
