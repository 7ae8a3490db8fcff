import type { ErrorCode } from '../../errors/error-code.js';
import type { ReelflowError } from '../../errors/reelflow-error.js';
import type { JsonAnswer } from '../http/json-client.js';
import { toApiError } from '../http/to-api-error.js';
import { problemAnswer } from './wire.js';

/** Compared by the last part of the problem's type: its host varies. */
const quotaProblems: ReadonlySet<string> = new Set(['usage-capped', 'credits', 'credits-depleted']);

/** X's error answers as ReelflowErrors. A 429 may be a window, which passes, or a cap, which does not. */
export function toProblem(answer: JsonAnswer, name: string, secret: string): ReelflowError {
  const { data } = problemAnswer.safeParse(answer.body);
  const kind = data?.type?.split('/').at(-1);
  const capped = (kind !== undefined && quotaProblems.has(kind)) || isSpentForTheDay(answer);
  const code: ErrorCode | undefined =
    capped && (answer.status === 429 || answer.status === 402) ? 'API_QUOTA_EXHAUSTED' : undefined;
  return toApiError(answer, {
    name,
    credential: 'bearerToken',
    secret,
    said: data?.detail ?? data?.errors?.[0]?.message ?? data?.title,
    kind,
    code,
  });
}

/** The daily limits answer 429 as well, with headers of their own; waiting for the short window would loop. */
const isSpentForTheDay = ({ status, headers }: JsonAnswer): boolean =>
  status === 429 &&
  (headers.get('x-app-limit-24hour-remaining') === '0' || headers.get('x-user-limit-24hour-remaining') === '0');
