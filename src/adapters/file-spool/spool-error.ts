import type { ErrorCode } from '../../errors/error-code.js';
import { isReelflowError, ReelflowError } from '../../errors/reelflow-error.js';

const codes: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'DB_STORAGE_FULL',
  EDQUOT: 'DB_STORAGE_FULL',
  EFBIG: 'DB_STORAGE_FULL',
  EROFS: 'DB_READ_ONLY',
  EACCES: 'DB_READ_ONLY',
  EPERM: 'DB_READ_ONLY',
};
const advice: Partial<Record<ErrorCode, string>> = {
  DB_STORAGE_FULL: 'has no room left: free space there, or choose another directory',
  DB_READ_ONLY: 'cannot be written to: let this process own it, or choose another directory',
};

/**
 * What the file system said, as our error: DB_STORAGE_FULL when there is no room, DB_READ_ONLY when it must not be
 * written to, DB_CONNECTION for everything else, such as a broken disk.
 */
export function toSpoolError(thrown: unknown, directory: string): ReelflowError {
  if (isReelflowError(thrown)) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const systemCode = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const code = codes[systemCode] ?? 'DB_CONNECTION';
  const message = `the spool in ${directory} ${advice[code] ?? 'failed'}: ${error.message}`;
  return new ReelflowError(code, message, { cause: error, details: { systemCode } });
}

/** There is no room by the spool's own bound. */
export const overMaxBytes = (directory: string, maxBytes: number): ReelflowError =>
  new ReelflowError(
    'DB_STORAGE_FULL',
    `the spool in ${directory} is full: the entry would take it past maxBytes (${maxBytes}); raise maxBytes, or let the database take what waits`,
    { details: { maxBytes } },
  );

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
