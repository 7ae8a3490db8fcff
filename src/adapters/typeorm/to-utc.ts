import { ReelflowError } from '../../errors/reelflow-error.js';

/** A time in the one form in which texts sort like times. @throws INVALID_INPUT when it is no time */
export function toUtc(time: string, name: string): string {
  const ms = Date.parse(time);
  if (Number.isNaN(ms))
    throw new ReelflowError('INVALID_INPUT', `${name} must be an ISO 8601 time, got ${JSON.stringify(time)}`);
  return new Date(ms).toISOString();
}
