import type { ErrorCode } from '../errors/error-code.js';
import type { CallStatistics, TargetStatistics } from './coordinator-statistics.js';
import type { DurationBuckets } from './duration-buckets.js';
import { LatencyHistogram } from './latency-histogram.js';

/** What happened at one API or operation, counted exactly and in fixed memory. */
export class TargetCounters {
  readonly #latency = new LatencyHistogram();
  readonly #errors = new Map<ErrorCode, number>();
  #successful = 0;
  #failed = 0;
  #attempts = 0;
  #retries = 0;
  #waits = 0;
  #waitedMs = 0;

  /** A call ended; `code` is null when it succeeded. */
  called(code: ErrorCode | null): void {
    if (code === null) {
      this.#successful += 1;
      return;
    }
    this.#failed += 1;
    this.#errors.set(code, (this.#errors.get(code) ?? 0) + 1);
  }

  /** An attempt started; the first of a call is 1. */
  attempted(attempt: number): void {
    this.#attempts += 1;
    if (attempt > 1) this.#retries += 1;
  }

  took(durationMs: number): void {
    this.#latency.record(durationMs);
  }

  waited(waitMs: number): void {
    this.#waits += 1;
    this.#waitedMs += waitMs;
  }

  durations(boundsMs: readonly number[]): DurationBuckets {
    return this.#latency.cumulative(boundsMs);
  }

  calls(): CallStatistics {
    return callStatistics(this.#successful, this.#failed);
  }

  errorEntries(): ReadonlyArray<readonly [ErrorCode, number]> {
    return [...this.#errors];
  }

  snapshot(): Omit<TargetStatistics, 'circuit' | 'circuitChangedAt'> {
    return {
      ...this.calls(),
      attempts: this.#attempts,
      retries: this.#retries,
      waits: this.#waits,
      waitedMs: this.#waitedMs,
      latency: this.#latency.summary(),
      errorCounts: Object.fromEntries(this.#errors),
    };
  }
}

/** The rate is a percentage, 0 where there was no call. */
export function callStatistics(successful: number, failed: number): CallStatistics {
  const total = successful + failed;
  return { total, successful, failed, successRate: total === 0 ? 0 : (successful / total) * 100 };
}
