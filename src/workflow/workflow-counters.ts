import type { WorkflowResult } from '../domain/workflow-run.js';

/** How searches went, exactly, since the manager was made. */
export interface WorkflowPerformance {
  readonly workflows: number;
  readonly completed: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Completed, but something was missing or old. */
  readonly degraded: number;
  /** Searches that joined a running one; not counted among `workflows`. */
  readonly coalesced: number;
  readonly running: number;
  readonly queued: number;
  /** Of completed and failed ones, in milliseconds; 0 when there was none. */
  readonly averageDurationMs: number;
  readonly maxDurationMs: number;
}

export class WorkflowCounters {
  #completed = 0;
  #failed = 0;
  #cancelled = 0;
  #degraded = 0;
  #sumMs = 0;
  #maxMs = 0;
  #rejected = 0;

  ended({ success, degraded, durationMs }: WorkflowResult): void {
    if (success) this.#completed += 1;
    else this.#failed += 1;
    if (success && degraded) this.#degraded += 1;
    this.#sumMs += durationMs;
    this.#maxMs = Math.max(this.#maxMs, durationMs);
  }

  /** Records that were skipped. */
  get rejected(): number {
    return this.#rejected;
  }

  recordRejected(): void {
    this.#rejected += 1;
  }

  cancelled(): void {
    this.#cancelled += 1;
  }

  performance(now: {
    readonly coalesced: number;
    readonly running: number;
    readonly queued: number;
  }): WorkflowPerformance {
    const ended = this.#completed + this.#failed;
    return {
      workflows: ended + this.#cancelled,
      completed: this.#completed,
      failed: this.#failed,
      cancelled: this.#cancelled,
      degraded: this.#degraded,
      ...now,
      averageDurationMs: ended === 0 ? 0 : this.#sumMs / ended,
      maxDurationMs: this.#maxMs,
    };
  }
}
