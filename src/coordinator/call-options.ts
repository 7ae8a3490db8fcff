import type { Priority } from '../domain/workflow-run.js';
import type { Spend } from '../ports/call-context.js';

export interface CallOptions {
  /** Ends any wait and the attempt under way; the result's code is CANCELLED. */
  readonly signal?: AbortSignal | undefined;
  /** Time for the whole call, waits and retries included, in milliseconds. @default no deadline */
  readonly deadlineMs?: number | undefined;
  /** Interactive calls start first; one background call after every four. @default 'interactive' */
  readonly priority?: Priority | undefined;
  /** The run that this call belongs to: its events carry it. @default none */
  readonly workflowId?: string | undefined;
}

export interface ApiCallOptions extends CallOptions {
  /** The most this call can cost: reserved in the spend budget when it starts. @default nothing */
  readonly spend?: Spend | undefined;
}
