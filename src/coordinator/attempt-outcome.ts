import type { ErrorCode } from '../errors/error-code.js';
import type { AttemptOutcome } from '../resilience/circuit-breaker.js';

const failures: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'API_TIMEOUT',
  'API_NETWORK',
  'API_UNAVAILABLE',
  'API_INVALID_RESPONSE',
  'DB_CONNECTION',
  'DB_TIMEOUT',
  'DB_STORAGE_FULL',
  'DB_READ_ONLY',
]);
const silences: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['CANCELLED', 'CLOSED', 'UNEXPECTED']);
/** The other side may have answered, and charged, although no answer arrived or none that could be read. */
const uncertain: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'API_TIMEOUT',
  'API_NETWORK',
  'API_INVALID_RESPONSE',
  'CANCELLED',
  'CLOSED',
]);

/** What a failed attempt says about the health of the other side. */
export function outcomeOf(code: ErrorCode): AttemptOutcome {
  if (failures.has(code)) return 'failure';
  return silences.has(code) ? 'ignored' : 'answered';
}

/** Whether a failed attempt may have cost money all the same. */
export const mayHaveCost = (code: ErrorCode): boolean => uncertain.has(code);
