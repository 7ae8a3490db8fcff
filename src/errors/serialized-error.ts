import type { ErrorCode } from './error-code.js';
import type { ReelflowError } from './reelflow-error.js';

/** An error as results, run records and quarantine keep it: plain data, no stack, no credential. */
export interface SerializedError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly step?: string;
  readonly api?: string;
  /** When another try can succeed, in epoch milliseconds. */
  readonly retryAtMs?: number;
}

/** Turns an error into {@link SerializedError}. `retryAtMs` is taken from `details.retryAtMs` when it is a number. */
export function serializeError(
  error: ReelflowError,
  where: { readonly step?: string; readonly api?: string } = {},
): SerializedError {
  const { retryAtMs } = error.details;
  return {
    code: error.code,
    message: error.message,
    ...where,
    ...(typeof retryAtMs === 'number' ? { retryAtMs } : {}),
  };
}
