import type { ErrorCode } from './error-code.js';
import { redact } from './redact.js';
import { isReelflowError, ReelflowError } from './reelflow-error.js';

export type CallKind = 'api' | 'database';

const timeoutCodes = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);
const networkCodes = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETRESET',
  'ENETUNREACH',
  'UND_ERR_SOCKET',
]);
/** What fetch says, as a TypeError without a code, when there was no answer: Node, Chromium, Firefox, Safari, Deno. */
const fetchMessages = /^(fetch failed|failed to fetch|networkerror when|load failed|terminated|error sending request)/i;
const deepestCause = 5;

const codes: Readonly<Record<CallKind, Readonly<Record<'timeout' | 'network' | 'transient', ErrorCode>>>> = {
  api: { timeout: 'API_TIMEOUT', network: 'API_NETWORK', transient: 'API_UNAVAILABLE' },
  database: { timeout: 'DB_TIMEOUT', network: 'DB_CONNECTION', transient: 'DB_CONNECTION' },
};

/**
 * Makes whatever a function threw a ReelflowError. An error that is ours stays as it is; one that looks like a network
 * failure, or says `retryable: true`, gets a code that is retried; everything else is UNEXPECTED and is not.
 */
export function toReelflowError(thrown: unknown, kind: CallKind): ReelflowError {
  try {
    if (isReelflowError(thrown)) return thrown;
    const failure = natureOf(thrown);
    const code = failure === undefined ? 'UNEXPECTED' : codes[kind][failure];
    const message =
      thrown instanceof Error
        ? redact(String(thrown.message))
        : `a value that is no Error was thrown: ${describe(thrown)}`;
    return new ReelflowError(code, message === '' ? code : message, { cause: thrown });
  } catch {
    // Whoever waits must hear of it, also where a getter or a Proxy throws. Not as the cause: reading it throws again.
    return new ReelflowError('UNEXPECTED', 'something was thrown that cannot be read');
  }
}

function natureOf(thrown: unknown): 'timeout' | 'network' | 'transient' | undefined {
  let cause = thrown;
  let fetchFailed = false; // says less than its cause, which may have been a timeout
  for (let depth = 0; depth < deepestCause && typeof cause === 'object' && cause !== null; depth += 1) {
    const { code, name, message, retryable } = fieldsOf(cause);
    if (retryable === true && depth === 0) return 'transient';
    if (typeof code === 'string' && timeoutCodes.has(code)) return 'timeout';
    if (typeof code === 'string' && networkCodes.has(code)) return 'network';
    if (name === 'TimeoutError') return 'timeout';
    if (cause instanceof TypeError && typeof message === 'string') fetchFailed ||= fetchMessages.test(message);
    cause = fieldsOf(cause).cause;
  }
  return fetchFailed ? 'network' : undefined;
}

const fieldsOf = (
  value: object,
): { code?: unknown; name?: unknown; message?: unknown; retryable?: unknown; cause?: unknown } => value;

function describe(thrown: unknown): string {
  try {
    return redact(String(thrown)).slice(0, 200);
  } catch {
    return typeof thrown;
  }
}
