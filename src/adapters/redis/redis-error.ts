import { toReelflowError } from '../../errors/classify-error.js';
import type { ErrorCode } from '../../errors/error-code.js';
import { redact } from '../../errors/redact.js';
import { isReelflowError, ReelflowError } from '../../errors/reelflow-error.js';

/** The first word of what Redis answers; another one means that the keys are not as we left them. Source: Redis, RESP simple errors. */
const replies: Readonly<Record<string, ErrorCode>> = {
  OOM: 'DB_STORAGE_FULL',
  MISCONF: 'DB_STORAGE_FULL', // it cannot save to its disk, so it refuses to write
  READONLY: 'DB_READ_ONLY',
  NOAUTH: 'DB_CONNECTION',
  WRONGPASS: 'DB_CONNECTION',
  NOPERM: 'DB_CONNECTION',
  LOADING: 'DB_CONNECTION',
  MASTERDOWN: 'DB_CONNECTION',
  CLUSTERDOWN: 'DB_CONNECTION',
  TRYAGAIN: 'DB_CONNECTION',
};

/**
 * An error of ioredis as one of ours, without it as the cause: it carries the command that failed with all its
 * arguments, and that may be the one with the password.
 */
export function redisError(thrown: unknown): ReelflowError {
  if (isReelflowError(thrown)) return thrown;
  const { message, code } = toReelflowError(thrown, 'database');
  const reply = /^([A-Z]+) /.exec(message)?.[1];
  return new ReelflowError(codeOf(message, reply, code), `Redis: ${redact(message)}`);
}

function codeOf(message: string, reply: string | undefined, classified: ErrorCode): ErrorCode {
  if (reply !== undefined) return replies[reply] ?? 'UNEXPECTED';
  if (/timed out|timeout/i.test(message)) return 'DB_TIMEOUT';
  return classified === 'UNEXPECTED' ? 'DB_CONNECTION' : classified;
}
