import type { ErrorCode } from '../errors/error-code.js';
import type { Movie } from './movie.js';
import { type RecordKind, type RejectedRecord, rawText } from './records.js';
import type { Review } from './review.js';

/** Longest text of a field, in UTF-16 units: a statement with one such row passes every database's packet limit. */
const longestText = 1_000_000;
const largestInteger = 2_147_483_647;

/** What is wrong with a value, or undefined. */
type Check = (value: unknown) => { readonly code: ErrorCode; readonly why: string } | undefined;

const invalid = (why: string) => ({ code: 'DATA_INVALID_FORMAT', why }) as const;

const textUpTo =
  (longest: number): Check =>
  (value) => {
    if (typeof value !== 'string') return invalid('is no text');
    if (value.length > longest) return invalid(`is longer than ${longest} characters`);
    // PostgreSQL holds no NUL, and a lone surrogate comes back from every database as another character.
    const broken = value.includes('\0') || !value.isWellFormed();
    return broken ? { code: 'DATA_ENCODING', why: 'holds a NUL or half a character' } : undefined;
  };

const numberWhere =
  (fits: (value: number) => boolean, what: string): Check =>
  (value) =>
    typeof value === 'number' && fits(value) ? undefined : invalid(`is no ${what}`);

const listOfTexts: Check = (value) =>
  Array.isArray(value) ? value.map(text).find((wrong) => wrong !== undefined) : invalid('is no list');

const orNull =
  (check: Check): Check =>
  (value) =>
    value === null ? undefined : check(value);

const text = textUpTo(longestText);
const whole = numberWhere(Number.isSafeInteger, 'whole number');
const real = numberWhere(Number.isFinite, 'number');
const minutes = numberWhere(
  (value) => Number.isInteger(value) && Math.abs(value) <= largestInteger,
  'whole number of minutes',
);

type Checks = ReadonlyArray<readonly [field: string, check: Check]>;

const movieFields: Readonly<Record<keyof Movie, Check>> = {
  tmdbId: whole,
  title: text,
  originalTitle: text,
  originalLanguage: orNull(textUpTo(35)),
  releaseDate: orNull(textUpTo(10)),
  genres: listOfTexts,
  keywords: listOfTexts,
  cast: listOfTexts,
  directors: listOfTexts,
  overview: text,
  rating: real,
  voteCount: whole,
  popularity: real,
  runtimeMinutes: orNull(minutes),
  posterPath: orNull(text),
};

const reviewFields: Readonly<Record<keyof Review, Check>> = {
  tweetId: textUpTo(64),
  tmdbId: whole,
  text,
  authorId: orNull(textUpTo(64)),
  createdAt: textUpTo(32),
  language: orNull(textUpTo(35)),
  likeCount: whole,
  repostCount: whole,
  replyCount: whole,
  source: textUpTo(100),
};

const movieChecks: Checks = Object.entries(movieFields);
const reviewChecks: Checks = Object.entries(reviewFields);

/**
 * What no store can hold, as a record for quarantine; undefined when the film can be stored. Databases differ in what
 * they refuse and what they bend, so all stores ask this first.
 */
export const refuseMovie = (movie: Movie): RejectedRecord | undefined => refuse('movie', movie, movieChecks);

/** As {@link refuseMovie}, for a post. */
export const refuseReview = (review: Review): RejectedRecord | undefined => refuse('review', review, reviewChecks);

function refuse(kind: RecordKind, record: Movie | Review, checks: Checks): RejectedRecord | undefined {
  for (const [field, check] of checks) {
    const wrong = check(Reflect.get(record, field));
    if (wrong === undefined) continue;
    const reason = { code: wrong.code, message: `${field} of the ${kind} ${wrong.why}` };
    return { kind, reason, field, raw: rawText(record) };
  }
  return undefined;
}
