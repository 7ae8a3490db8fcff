import type { ErrorCode } from '../../../errors/error-code.js';
import { isReelflowError, ReelflowError } from '../../../errors/reelflow-error.js';
import { innermost } from '../driver-error.js';

/** By the beginning of the driver's code; the first that fits counts. */
const codes: ReadonlyArray<readonly [prefix: string, code: ErrorCode]> = [
  ['SQLITE_BUSY', 'DB_CONFLICT'],
  ['SQLITE_LOCKED', 'DB_CONFLICT'],
  ['SQLITE_CONSTRAINT', 'DB_CONSTRAINT'],
  ['SQLITE_MISMATCH', 'DB_CONSTRAINT'],
  ['SQLITE_TOOBIG', 'DB_CONSTRAINT'],
  ['SQLITE_FULL', 'DB_STORAGE_FULL'],
  ['SQLITE_READONLY', 'DB_READ_ONLY'],
  ['ENOSPC', 'DB_STORAGE_FULL'],
  ['EROFS', 'DB_READ_ONLY'],
  ['SQLITE_CANTOPEN', 'DB_CONNECTION'],
  ['SQLITE_IOERR', 'DB_CONNECTION'],
  ['SQLITE_PROTOCOL', 'DB_CONNECTION'],
  ['SQLITE_CORRUPT', 'DB_CONNECTION'],
  ['SQLITE_NOTADB', 'DB_CONNECTION'],
];

/** Another attempt would meet the same file; nobody but its owner may decide what becomes of it. */
const damaged = /^SQLITE_(CORRUPT|NOTADB)/;
/** Such as ENOTDIR: making the file's directory failed. */
const ofFileSystem = /^E[A-Z]+$/;
const closed = /not open|finalized|connection is not established/i;
/** A value that no column can hold, as node:sqlite and better-sqlite3 say it. */
const unbindable = /cannot be bound|can only bind/i;

/** Maps an error of node:sqlite or better-sqlite3, bare or wrapped by TypeORM. */
export function sqliteError(thrown: unknown): ReelflowError {
  if (isReelflowError(thrown)) return thrown;
  // TypeORM's wrapper holds the statement and its parameters: only what the driver said goes on.
  const error = innermost(thrown);
  const driverCode = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (damaged.test(driverCode)) {
    const message = `the database file is damaged or no SQLite database, and was left as it is: ${error.message}`;
    return new ReelflowError('DB_CONNECTION', message, { cause: error, retryable: false });
  }
  const code = codeOf(driverCode) ?? codeByMessage(error.message);
  return new ReelflowError(code, `SQLite: ${error.message}`, { cause: error, details: { driverCode } });
}

const codeOf = (driverCode: string): ErrorCode | undefined =>
  codes.find(([prefix]) => driverCode.startsWith(prefix))?.[1] ??
  (ofFileSystem.test(driverCode) ? 'DB_CONNECTION' : undefined);

const codeByMessage = (message: string): ErrorCode =>
  closed.test(message) ? 'CLOSED' : unbindable.test(message) ? 'DATA_INVALID_FORMAT' : 'UNEXPECTED';
