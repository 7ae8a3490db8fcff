import type { Movie } from '../../domain/movie.js';
import { type RecordKind, type RejectedRecord, rawText } from '../../domain/records.js';
import type { Review } from '../../domain/review.js';

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = Number.isFinite;
const isList: Check = (value) => Array.isArray(value) && value.every(isText);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

const movieChecks: Readonly<Record<keyof Movie, Check>> = {
  tmdbId: isNumber,
  title: isText,
  originalTitle: isText,
  originalLanguage: orNull(isText),
  releaseDate: orNull(isText),
  genres: isList,
  keywords: isList,
  cast: isList,
  directors: isList,
  overview: isText,
  rating: isNumber,
  voteCount: isNumber,
  popularity: isNumber,
  runtimeMinutes: orNull(isNumber),
  posterPath: orNull(isText),
};

const reviewChecks: Readonly<Record<keyof Review, Check>> = {
  tweetId: isText,
  tmdbId: isNumber,
  text: isText,
  authorId: orNull(isText),
  createdAt: isText,
  language: orNull(isText),
  likeCount: isNumber,
  repostCount: isNumber,
  replyCount: isNumber,
  source: isText,
};

/** What a database's columns would refuse, as a record for quarantine; undefined when the film can be stored. */
export const refuseMovie = (movie: Movie): RejectedRecord | undefined => refuse('movie', movie, movieChecks);

/** As {@link refuseMovie}, for a post. */
export const refuseReview = (review: Review): RejectedRecord | undefined => refuse('review', review, reviewChecks);

function refuse(
  kind: RecordKind,
  record: Movie | Review,
  checks: Readonly<Record<string, Check>>,
): RejectedRecord | undefined {
  const values = new Map<string, unknown>(Object.entries(record));
  const field = Object.keys(checks).find((name) => checks[name]?.(values.get(name)) === false);
  if (field === undefined) return undefined;
  const reason = { code: 'DB_CONSTRAINT', message: `${field} of the ${kind} cannot be stored` } as const;
  return { kind, reason, field, raw: rawText(record) };
}
