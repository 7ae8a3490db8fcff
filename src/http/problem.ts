import { STATUS_CODES } from 'node:http';
import type { ErrorCode } from '../errors/error-code.js';
import { isReelflowError, type ReelflowError } from '../errors/reelflow-error.js';
import { answer } from './answer.js';
import type { HttpCode, WireProblem } from './wire/problem.js';

/** A request ends here. Never leaves this layer: the app answers with it. */
export class RequestRefused extends Error {
  readonly code: HttpCode | ErrorCode;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: HttpCode | ErrorCode,
    detail: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.code = code;
    this.status = status;
    this.headers = headers;
  }
}

export const tooMany = (detail: string, retryAfterMs: number): RequestRefused =>
  new RequestRefused(429, 'TOO_MANY_REQUESTS', detail, {
    'Retry-After': String(Math.max(1, Math.ceil(retryAfterMs / 1000))),
  });

export const badInput = (detail: string): RequestRefused => new RequestRefused(400, 'INVALID_INPUT', detail);

export function problemAnswer(
  { status, code, detail, ...more }: Pick<WireProblem, 'status' | 'code' | 'detail'> & Partial<WireProblem>,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const problem: WireProblem = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: detail.slice(0, 500),
    code,
    ...more,
  };
  return answer(JSON.stringify(problem), status, { ...headers, 'Content-Type': 'application/problem+json' });
}

const storeRetryS = '5';
const statuses: Partial<Record<ErrorCode, number>> = { INVALID_INPUT: 400, MOVIE_NOT_FOUND: 404 };
const unavailable: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'CLOSED',
  'CANCELLED',
  'CIRCUIT_OPEN',
  'DB_CONNECTION',
  'DB_TIMEOUT',
  'DB_CONFLICT',
  'DB_STORAGE_FULL',
  'DB_READ_ONLY',
]);

/** The answer to what was thrown, or null when nobody outside shall hear what it was. */
export function knownProblem(thrown: unknown): Response | null {
  if (thrown instanceof RequestRefused) {
    const { status, code, message, headers } = thrown;
    return problemAnswer({ status, code, detail: message }, headers);
  }
  return isReelflowError(thrown) ? libraryProblem(thrown) : null;
}

function libraryProblem({ code, message, details: { retryAtMs } }: ReelflowError): Response | null {
  const status = unavailable.has(code) ? 503 : statuses[code];
  if (status === undefined) return null;
  const detail = code.startsWith('DB_') ? 'the store cannot be used now' : message;
  const retry = typeof retryAtMs === 'number' ? { retry_at_ms: retryAtMs } : {};
  return problemAnswer({ status, code, detail, ...retry }, status === 503 ? { 'Retry-After': storeRetryS } : {});
}
