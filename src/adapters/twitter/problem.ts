import type { ReelflowError } from '../../errors/reelflow-error.js';
import type { JsonAnswer } from '../http/json-client.js';
import { toApiError } from '../http/to-api-error.js';
import { spentDay } from './quota.js';
import { problemAnswer } from './wire.js';

/** Compared by the last part of the problem's type: its host varies, and 'about:blank' has none. */
const lastPart = /\/([a-z0-9-]{1,60})$/i;
const quotaProblems: ReadonlySet<string> = new Set(['usage-capped', 'credits', 'credits-depleted']);

/**
 * X's error answers as ReelflowErrors. A 429 may be a window, which passes, or a cap of a day or a month, for which
 * nobody should wait: the short window's header would loop.
 */
export function toProblem(answer: JsonAnswer, name: string, secret: string): ReelflowError {
  const { data } = problemAnswer.safeParse(answer.body);
  const type = lastPart.exec(data?.type ?? '')?.[1];
  const day = answer.status === 429 ? spentDay(answer.headers) : null;
  const capped = day !== null || (answer.status === 429 && type !== undefined && quotaProblems.has(type));
  const [first] = data?.errors ?? [];
  return toApiError(answer, {
    name,
    credential: 'bearerToken',
    secret,
    said: first?.message ?? data?.detail ?? data?.title, // the message names the parameter, the detail does not
    kind: type ?? first?.code,
    restoredInMs: day?.resetMs,
    ...(capped ? { code: 'API_QUOTA_EXHAUSTED' } : {}),
  });
}
