import type { ErrorCode } from '../../errors/error-code.js';
import type { ReelflowError } from '../../errors/reelflow-error.js';

const codes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'DB_CONNECTION',
  'DB_TIMEOUT',
  'DB_CONFLICT',
  'DB_STORAGE_FULL',
  'DB_READ_ONLY',
  'CIRCUIT_OPEN',
]);

/** The database cannot be written now, whatever the write holds: it can be written later. */
export const isStorageFailure = (error: ReelflowError): boolean => codes.has(error.code) && !isTakenOver(error);

/** The run belongs to another process by now. */
export const isTakenOver = ({ code, retryable }: ReelflowError): boolean => code === 'DB_CONFLICT' && !retryable;
