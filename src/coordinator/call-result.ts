import type { ReelflowError } from '../errors/reelflow-error.js';

interface Took {
  /** Attempts that were started; 0 when the call never got through the gate. */
  readonly attempts: number;
  readonly durationMs: number;
}

export type CallResult<T> =
  | ({ readonly success: true; readonly api: string; readonly result: T } & Took)
  | ({ readonly success: false; readonly api: string; readonly error: ReelflowError } & Took);

export type OperationResult<T> =
  | ({ readonly success: true; readonly operation: string; readonly result: T } & Took)
  | ({ readonly success: false; readonly operation: string; readonly error: ReelflowError } & Took);
