import { type Parsed, parseCandidate, parseMovie, parseReview } from '../../src/domain/schemas.js';
import { refuseMovie, refuseReview } from '../../src/domain/storable.js';
import {
  type ErrorCode,
  isReelflowError,
  type MovieCandidate,
  type MovieDetails,
  type RejectedRecord,
} from '../../src/index.js';
import type { ReviewPage } from '../../src/ports/review-api-client.js';
import { type FuzzCase, secret } from './mutate-answer.js';

const dayMs = 86_400_000;

/** What came of a case. */
export type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** Codes that an answer's status allows; an answer of 200 may also be read. */
export function allowedCodes({ status, method }: Pick<FuzzCase, 'status' | 'method'>): readonly ErrorCode[] {
  if (status === 401) return ['API_UNAUTHORIZED'];
  if (status === 402) return ['API_QUOTA_EXHAUSTED'];
  if (status === 403) return ['API_FORBIDDEN'];
  if (status === 404) return ['API_NOT_FOUND'];
  if (status === 408) return ['API_TIMEOUT'];
  if (status === 429)
    return method === 'searchReviews' ? ['API_RATE_LIMITED', 'API_QUOTA_EXHAUSTED'] : ['API_RATE_LIMITED'];
  if (status >= 500) return ['API_UNAVAILABLE'];
  return status >= 400 ? ['API_BAD_REQUEST'] : ['API_INVALID_RESPONSE'];
}

/** @returns what is wrong with an outcome, or undefined */
export function faultOf(given: FuzzCase, outcome: Outcome, codes = allowedCodes(given)): string | undefined {
  if ('error' in outcome) return faultOfError(outcome.error, codes);
  const isKnown = given.status === 304 && given.known && given.method !== 'searchReviews';
  if (given.status !== 200 && !isKnown) return `status ${given.status} was taken for a success`;
  if (given.method === 'searchMovies')
    return faultOfList(outcome.value as MovieCandidate[], parseCandidate, () => undefined);
  if (given.method === 'getMovie') {
    const { movie, related } = outcome.value as MovieDetails;
    return faultOfList([movie, ...related], parseMovie, refuseMovie);
  }
  return faultOfPage(outcome.value as ReviewPage);
}

function faultOfError(error: unknown, codes: readonly ErrorCode[]): string | undefined {
  if (!isReelflowError(error)) return `it threw ${error instanceof Error ? error.stack : String(error)}`;
  if (!codes.includes(error.code))
    return `code ${error.code} where ${codes.join(' or ')} was to come: ${error.message}`;
  if (error.message.includes(secret)) return 'the message holds the credential';
  if (/\p{Cc}/u.test(error.message) || !error.message.isWellFormed()) return 'the message is not fit for a log line';
  if (error.message.length > 600) return 'the message is too long';
  const { retryAfterMs } = error;
  if (retryAfterMs !== undefined && !(retryAfterMs >= 0 && retryAfterMs <= dayMs))
    return `retryAfterMs ${retryAfterMs}`;
  const { retryAtMs } = error.details;
  return retryAtMs === undefined || Number.isFinite(retryAtMs) ? undefined : `retryAtMs ${String(retryAtMs)}`;
}

/** A record of a client is one that the domain takes and that a store can hold. */
function faultOfList<Value>(
  records: readonly unknown[],
  parse: (raw: unknown) => Parsed<Value>,
  refuse: (value: Value) => RejectedRecord | undefined,
): string | undefined {
  for (const record of records) {
    const parsed = parse(record);
    const rejected = parsed.ok ? refuse(parsed.value) : parsed.rejected;
    if (rejected !== undefined) return `a record that is not fit: ${JSON.stringify(rejected).slice(0, 300)}`;
  }
  return undefined;
}

function faultOfPage({ reviews, rejected, nextCursor, costUsd }: ReviewPage): string | undefined {
  if (nextCursor !== null && (typeof nextCursor !== 'string' || nextCursor === '')) return 'nextCursor is no text';
  if (!(costUsd >= 0 && Number.isFinite(costUsd))) return `costUsd ${costUsd}`;
  for (const { kind, reason, field, raw } of rejected) {
    if (kind !== 'review' || !reason.code.startsWith('DATA_')) return `rejected as ${kind}, ${reason.code}`;
    if (field !== null && typeof field !== 'string') return 'the field is no path';
    if (raw.length > 4096 || !raw.isWellFormed()) return 'the raw text is not fit for a database';
  }
  return faultOfList(reviews, parseReview, refuseReview);
}
