import * as z from 'zod';
import type { ErrorCode } from '../errors/error-code.js';
import type { Movie, MovieCandidate } from './movie.js';
import { type RecordKind, type RejectedRecord, rawText } from './records.js';
import type { Review } from './review.js';

const longestText = 100_000;

export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly rejected: RejectedRecord };

/** Lone surrogates become U+FFFD; control characters go, but for line breaks and tabs: NUL would not survive a database. */
const clean = (text: string): string => text.toWellFormed().replace(/[^\P{Cc}\t\n\r]/gu, '');

const text = z.string().max(longestText).transform(clean);
const optionalText = text.nullish().transform((value) => value ?? '');
const textOrNull = text.nullish().transform((value) => (value === undefined || value === '' ? null : value));
const requiredText = text.refine((value) => value.trim() !== '', 'is missing');
const identifier = (longest: number) =>
  z
    .string()
    .max(longest)
    .transform(clean)
    .refine((value) => value.trim() !== '', 'is missing');
const names = z
  .array(text)
  .nullish()
  .transform((values) => [...new Set((values ?? []).filter((value) => value !== ''))]);
const count = z
  .number()
  .nullish()
  .transform((value) => (value === null || value === undefined ? 0 : Math.max(0, Math.trunc(value))));
const amount = z
  .number()
  .nullish()
  .transform((value) => Math.max(0, value ?? 0));
const rating = amount.transform((value) => Math.min(10, value));
const filmId = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);

/** A calendar day, or null: providers send '' and nonsense for films without a date. */
const day = z
  .string()
  .nullish()
  .transform((value) => (value !== null && value !== undefined && isDay(value) ? value : null));

/** ISO 8601 with its zone: `Date.parse` alone takes 'part 1' for a date, and a time without a zone for the machine's own. */
const moment = z
  .string()
  .refine(isMoment, 'is no ISO 8601 time with a zone')
  .transform((value) => new Date(value).toISOString());

const candidateShape = {
  tmdbId: filmId,
  title: requiredText,
  originalTitle: optionalText,
  originalLanguage: textOrNull,
  releaseDate: day,
  overview: optionalText,
  rating,
  voteCount: count,
  popularity: amount,
  posterPath: textOrNull,
};

const candidateSchema = z.object(candidateShape);
const movieSchema = z.object({
  ...candidateShape,
  genres: names,
  keywords: names,
  cast: names,
  directors: names,
  runtimeMinutes: amount.transform((value) => (Math.round(value) === 0 ? null : Math.round(value))),
});
const reviewSchema = z.object({
  tweetId: identifier(64),
  tmdbId: filmId,
  text: requiredText,
  authorId: textOrNull,
  createdAt: moment,
  language: textOrNull,
  likeCount: count,
  repostCount: count,
  replyCount: count,
  source: identifier(100),
});

/** Checks a film's record. A missing optional field gets its default; a record without id or title is rejected. */
export const parseMovie = (raw: unknown): Parsed<Movie> => parse('movie', movieSchema, raw);

/** Checks a search candidate. */
export const parseCandidate = (raw: unknown): Parsed<MovieCandidate> => parse('movie', candidateSchema, raw);

/** Checks a post. Ids stay text; a post without id or text is rejected, and so is one whose date cannot be read. */
export const parseReview = (raw: unknown): Parsed<Review> => parse('review', reviewSchema, raw);

function parse<Value>(kind: RecordKind, schema: z.ZodType<Value>, raw: unknown): Parsed<Value> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  const field = issue === undefined || issue.path.length === 0 ? null : issue.path.join('.');
  const code = issue !== undefined && isMissing(raw, issue.path) ? 'DATA_MISSING_FIELD' : 'DATA_INVALID_FORMAT';
  return { ok: false, rejected: rejected(kind, code, field, raw, issue?.message) };
}

function rejected(
  kind: RecordKind,
  code: ErrorCode,
  field: string | null,
  raw: unknown,
  why = 'is not usable',
): RejectedRecord {
  const what = kind === 'movie' ? 'the film' : 'the post';
  const message =
    code === 'DATA_MISSING_FIELD' ? `${what} has no ${field ?? 'fields'}` : `${what}'s ${field ?? 'record'}: ${why}`;
  return { kind, reason: { code, message }, field, raw: rawText(raw) };
}

function isMissing(raw: unknown, path: readonly PropertyKey[]): boolean {
  let value = raw;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return true;
    value = Object.getOwnPropertyDescriptor(value, key)?.value;
  }
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function isMoment(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2}))?$/.test(value)) return false;
  return isDay(value.slice(0, 10)) && !Number.isNaN(Date.parse(value));
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}
