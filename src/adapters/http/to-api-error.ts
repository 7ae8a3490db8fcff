import type { ErrorCode } from '../../errors/error-code.js';
import { redact } from '../../errors/redact.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { JsonAnswer } from './json-client.js';
import { retryAfterMs } from './retry-after.js';
import { withoutSecret } from './without-secret.js';

export interface ApiErrorContext {
  readonly name: string;
  /** The option that holds the credential, named in the message of a 401. */
  readonly credential: string;
  /** The credential itself: providers may repeat it in what they say. */
  readonly secret: string;
  /** What the provider's body says, if anything. */
  readonly said: string | undefined;
  /** The provider's own number or type of the error. */
  readonly kind?: string | number | undefined;
  /** Overrides what the status alone would say. */
  readonly code?: ErrorCode | undefined;
  readonly retryable?: boolean | undefined;
  /** When another try can succeed, of a quota that is used up: nobody waits for it, but callers are told. */
  readonly restoredInMs?: number | undefined;
}

/** Turns an answer that is no success into an error: the one place where a status is read. */
export function toApiError({ status, headers }: JsonAnswer, context: ApiErrorContext): ReelflowError {
  const code = context.code ?? codeOf(status);
  const waitMs = code === 'API_QUOTA_EXHAUSTED' ? undefined : retryAfterMs(headers, status);
  const passesInMs = waitMs ?? context.restoredInMs;
  const said = context.said === undefined ? '' : `: ${quoted(context.said, context.secret)}`;
  const kind = typeof context.kind === 'string' ? withoutSecret(context.kind, context.secret) : context.kind;
  const retryable = context.retryable ?? (status === 501 ? false : undefined);
  return new ReelflowError(code, `${context.name} answered ${status}${said}${adviceOf(code, context)}`, {
    ...(retryable === undefined ? {} : { retryable }),
    ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
    details: {
      status,
      ...(kind === undefined ? {} : { kind }),
      ...(passesInMs === undefined ? {} : { retryAtMs: Date.now() + passesInMs }),
    },
  });
}

/** Fit for a log line and a database: without the credential, on one line, at most 300 characters. */
const quoted = (said: string, secret: string): string =>
  redact(withoutSecret(said, secret))
    .replace(/\p{Cc}+/gu, ' ')
    .slice(0, 300)
    .toWellFormed();

function codeOf(status: number): ErrorCode {
  if (status === 401) return 'API_UNAUTHORIZED';
  if (status === 402) return 'API_QUOTA_EXHAUSTED';
  if (status === 403) return 'API_FORBIDDEN';
  if (status === 404) return 'API_NOT_FOUND';
  if (status === 408) return 'API_TIMEOUT';
  if (status === 429) return 'API_RATE_LIMITED';
  if (status >= 500) return 'API_UNAVAILABLE';
  return status >= 400 ? 'API_BAD_REQUEST' : 'API_INVALID_RESPONSE';
}

function adviceOf(code: ErrorCode, { credential }: ApiErrorContext): string {
  if (code === 'API_UNAUTHORIZED') return ` (check the option ${credential})`;
  if (code === 'API_FORBIDDEN') return ` (the account behind the option ${credential} may not do this)`;
  return '';
}
