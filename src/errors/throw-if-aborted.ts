import { isReelflowError, ReelflowError } from './reelflow-error.js';

/** Throws when the signal has aborted: its reason when that is ours, else CANCELLED. */
export function throwIfAborted(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted !== true) return;
  if (isReelflowError(signal.reason)) throw signal.reason;
  throw new ReelflowError('CANCELLED', `${what} was aborted`, { cause: signal.reason });
}
