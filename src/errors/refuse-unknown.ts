import type { ErrorCode } from './error-code.js';
import { ReelflowError } from './reelflow-error.js';
import { shown } from './shown.js';

/**
 * A misspelled option would count as one left out, and its default be taken without a word.
 * @param known - every option, which the compiler checks
 * @throws INVALID_OPTIONS, or `code`, that names the first option that is unknown and not undefined; for what is no object
 */
export function refuseUnknown<Options extends object>(
  of: string,
  options: Options,
  known: Readonly<Record<keyof Options, true>>,
  code: ErrorCode = 'INVALID_OPTIONS',
): void {
  if (typeof options !== 'object' || options === null)
    throw new ReelflowError(code, `${of} must be an object, got ${shown(options)}`);
  const odd = Object.entries(options).find(([name, value]) => value !== undefined && !Object.hasOwn(known, name));
  if (odd === undefined) return;
  throw new ReelflowError(
    code,
    `${odd[0].slice(0, 40)} is no option of ${of}; there are ${Object.keys(known).join(', ')}`,
  );
}
