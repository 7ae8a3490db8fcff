import { ReelflowError } from '../../../errors/reelflow-error.js';

/** @throws INVALID_INPUT; a negative LIMIT would mean no limit to SQLite */
export function checkLimit(limit: number): void {
  if (Number.isSafeInteger(limit) && limit >= 0) return;
  throw new ReelflowError('INVALID_INPUT', `limit must be a whole number from 0 up, got ${String(limit)}`);
}
