import type { ErrorCode } from '../../errors/error-code.js';
import { redact } from '../../errors/redact.js';
import { isReelflowError, ReelflowError } from '../../errors/reelflow-error.js';

/** How one kind of database says what went wrong. */
export interface ErrorWords {
  /** Its name in messages. */
  readonly database: string;
  /** By the beginning of the driver's code; the first that fits counts. */
  readonly codes: ReadonlyArray<readonly [start: string, code: ErrorCode]>;
  /** Codes of failures that another attempt would only repeat, such as a wrong password. */
  readonly final: RegExp;
  /** Codes of transactions that were sacrificed to others: the same work can be done again at once. */
  readonly sacrificed: RegExp;
  /** Where the driver gives no code. */
  readonly messages: ReadonlyArray<readonly [said: RegExp, code: ErrorCode]>;
}

/** Of sockets and the resolver, whatever the driver. */
const network: ErrorWords['codes'] = [
  ['ETIMEDOUT', 'DB_TIMEOUT'],
  ['ECONN', 'DB_CONNECTION'],
  ['EPIPE', 'DB_CONNECTION'],
  ['ENOTFOUND', 'DB_CONNECTION'],
  ['EAI_AGAIN', 'DB_CONNECTION'],
  ['EHOST', 'DB_CONNECTION'],
  ['ENET', 'DB_CONNECTION'],
  ['ENOENT', 'DB_CONNECTION'],
];

/** What TypeORM and the pools say of a connection that is gone for good. */
const closed = /pool is closed|after calling end on the pool|driver not connected|connection is not established/i;

/** Maps an error of a driver, bare or wrapped by TypeORM. */
export function driverError(thrown: unknown, words: ErrorWords): ReelflowError {
  if (isReelflowError(thrown)) return thrown;
  // TypeORM's wrapper holds the statement and its parameters: only what the driver said goes on.
  const error = innermost(thrown);
  const driverCode = codeOf(error);
  const message = `${words.database}: ${redact(error.message) || driverCode}`;
  const cause = bare(error, driverCode);
  if (closed.test(error.message)) return new ReelflowError('CLOSED', message, { cause });
  const byCode = [...words.codes, ...network].find(([start]) => driverCode.startsWith(start))?.[1];
  const code = byCode ?? words.messages.find(([said]) => said.test(error.message))?.[1] ?? 'UNEXPECTED';
  const sacrificed = words.sacrificed.test(driverCode);
  return new ReelflowError(code, message, {
    cause,
    ...(words.final.test(driverCode) ? { retryable: false } : {}),
    details: { driverCode, ...(sacrificed ? { sacrificed } : {}) },
  });
}

/** mysql2 keeps the statement with its values on the error: they are nobody's business in a log. */
function bare({ name, message, stack }: Error, code: string): Error {
  const error = Object.assign(new Error(redact(message)), { name, code });
  if (stack !== undefined) error.stack = redact(stack);
  return error;
}

function codeOf(error: Error): string {
  if (!('code' in error)) return '';
  return typeof error.code === 'string' || typeof error.code === 'number' ? String(error.code) : '';
}

/** What the driver itself said, without TypeORM's wrapper. */
export function innermost(thrown: unknown): Error {
  if (!(thrown instanceof Error)) return new Error(String(thrown));
  if ('driverError' in thrown && thrown.driverError instanceof Error) return innermost(thrown.driverError);
  // Where a host name has several addresses, the failures of all of them come in one error.
  if (thrown instanceof AggregateError && thrown.errors[0] instanceof Error) return innermost(thrown.errors[0]);
  return thrown;
}
