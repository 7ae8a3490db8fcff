import { errorCodes } from '../../errors/error-code.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { Fault } from './fault.js';

/** A fault that never strikes would make a test pass that proves nothing. @throws INVALID_OPTIONS that names the field */
export function checkFault(port: object, fault: Fault): void {
  const { method, call, chance = 1, delayMs, hang, error } = fault;
  if (method !== undefined && typeof Reflect.get(port, method) !== 'function') refuse(`has no method ${method}`);
  if (call !== undefined && (!Number.isSafeInteger(call) || call < 1)) {
    refuse(`needs a whole number from 1 up as call, got ${call}`);
  }
  if (!(chance >= 0 && chance <= 1)) refuse(`needs a chance from 0 to 1, got ${chance}`);
  if (delayMs !== undefined && !(delayMs >= 0)) refuse(`needs a delayMs from 0 up, got ${delayMs}`);
  if (typeof error === 'string' && !errorCodes.includes(error)) refuse(`knows no error code ${error}`);
  if (error === undefined && delayMs === undefined && hang !== true) refuse('needs an error, a delayMs or a hang');
}

function refuse(why: string): never {
  throw new ReelflowError('INVALID_OPTIONS', `the fault ${why}`);
}
