import type { Priority, StepName, StepReport, WorkflowResult } from '../domain/workflow-run.js';
import type { ReelflowError } from '../errors/reelflow-error.js';

/**
 * A piece of work under way. `run` is called at most once and must call `work` in that turn: what it makes current
 * around it, such as a span, is current in everything that the work does. Then exactly one of `succeed` and `fail`
 * follows, also where `run` was not called because the work was stopped before it began.
 */
export interface InstrumentedScope<Outcome = void> {
  run<T>(work: () => T): T;
  succeed(outcome: Outcome): void;
  fail(error: ReelflowError): void;
}

export interface InstrumentedSearch {
  /** As the user typed it: it may tell who searches. Keep it out of metrics. */
  readonly movieName: string;
  readonly maxReviews: number | undefined;
  readonly collectNewData: boolean | undefined;
  readonly priority: Priority | undefined;
}

/** One user's search: several that are equal share a run. */
export interface SearchScope extends InstrumentedScope<WorkflowResult> {
  /** Told as soon as it is known which run answers it; a workflow of the host's own makes no run. */
  accepted?(run: { readonly workflowId: string; readonly coalesced: boolean }): void;
}

export interface InstrumentedRun {
  readonly workflowId: string;
  readonly movieName: string;
  readonly priority: Priority;
  /** It goes on where a process that has gone had left it. */
  readonly resumed: boolean;
}

export interface InstrumentedStep {
  readonly workflowId: string;
  readonly name: StepName;
}

export interface InstrumentedCall {
  readonly kind: 'api' | 'database';
  /** Of the API or the operation, such as 'tmdb' or 'find_movie'. */
  readonly name: string;
  readonly workflowId: string | undefined;
}

/** A call or database operation with all its waits and attempts. */
export interface CallScope extends InstrumentedScope {
  /** An attempt starts now, 1 for the first. It may be told in another call's turn: the parent is this scope. */
  startAttempt?(attempt: number): InstrumentedScope | undefined;
  /** It waits for a free place of a limit. */
  waiting?(wait: { readonly waitMs: number; readonly resetAtMs: number }): void;
  /** Its attempt has failed, and another follows. */
  retrying?(retry: { readonly attempt: number; readonly delayMs: number; readonly error: ReelflowError }): void;
}

/**
 * What tracing and metrics hear, around the work and not after it. Every hook may be absent, and may give undefined for
 * work that is of no interest; both cost nothing. A hook that throws is logged once and hurts no search. Hooks are
 * called in the turn and the async context of whoever asks for the work, and must return at once.
 */
export interface Instrumentation {
  startSearch?(search: InstrumentedSearch): SearchScope | undefined;
  /** From its acceptance on, time in the queue included. */
  startRun?(run: InstrumentedRun): InstrumentedScope<WorkflowResult> | undefined;
  /** A step that failed succeeds here with a report that says so: only an abort makes it fail. */
  startStep?(step: InstrumentedStep): InstrumentedScope<StepReport> | undefined;
  startCall?(call: InstrumentedCall): CallScope | undefined;
}
