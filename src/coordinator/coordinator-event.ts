import type { SerializedError } from '../errors/serialized-error.js';

/** Where something happened: exactly one of the two names is there. */
export type CoordinatorTarget =
  | { readonly api: string; readonly operation?: never }
  | { readonly operation: string; readonly api?: never };

/** The run that a call belongs to, when its caller said so. */
interface OfRun {
  readonly workflowId?: string;
}

/** What the coordinator tells its listeners, as it happens. */
export type CoordinatorEvent =
  | ({
      readonly type: 'attempt_failed';
      readonly attempt: number;
      /** Attempts this call may make at most. */
      readonly maxAttempts: number;
      readonly error: SerializedError;
      /** Wait before the next attempt, or null when there is none. */
      readonly nextDelayMs: number | null;
    } & CoordinatorTarget &
      OfRun)
  | ({
      readonly type: 'retry_scheduled';
      readonly attempt: number;
      readonly delayMs: number;
      readonly error: SerializedError;
    } & CoordinatorTarget &
      OfRun)
  | ({
      readonly type: 'rate_limit_wait';
      readonly api: string;
      readonly waitMs: number;
      readonly resetAtMs: number;
    } & OfRun)
  | ({ readonly type: 'circuit_opened' | 'circuit_closed' } & CoordinatorTarget)
  | {
      readonly type: 'budget_exhausted';
      readonly period: 'day' | 'month';
      readonly spentUsd: number;
      readonly limitUsd: number;
    };

export type CoordinatorListener = (event: CoordinatorEvent) => void;
