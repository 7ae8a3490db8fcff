import { mergeListed, sameMovie } from './merge-movie.js';
import type { Movie } from './movie.js';
import type { Review } from './review.js';

/** What a write did to one record. */
export type WriteOutcome = 'inserted' | 'updated' | 'unchanged';

/** A film as stores keep it. */
export interface FilmRecord {
  readonly movie: Movie;
  /** [] for a film known from lists only. */
  readonly relatedIds: readonly number[];
  /** false: known from lists only. */
  readonly detailed: boolean;
  /** Age of the details, or of the newest list when there are none. */
  readonly fetchedAt: string;
  /** When the film was seen last, in full or in a list. */
  readonly seenAt: string;
}

/**
 * What a store keeps when a film arrives again. Nothing newer is replaced, and a list updates a film known in full
 * without ageing or renewing its details: they keep their own `fetchedAt`, or they would never be fetched again.
 */
export function mergeFilm(
  known: FilmRecord | undefined,
  arrived: FilmRecord,
): { outcome: WriteOutcome; record: FilmRecord } {
  if (known === undefined) return { outcome: 'inserted', record: arrived };
  const record = arrived.detailed ? mergeDetails(known, arrived) : mergeSight(known, arrived);
  const same =
    record === known ||
    (record.detailed === known.detailed &&
      record.relatedIds.join() === known.relatedIds.join() &&
      sameMovie(record.movie, known.movie));
  return { outcome: same ? 'unchanged' : 'updated', record };
}

function mergeDetails(known: FilmRecord, arrived: FilmRecord): FilmRecord {
  if (arrived.fetchedAt >= known.fetchedAt) {
    return { ...arrived, seenAt: arrived.fetchedAt > known.seenAt ? arrived.fetchedAt : known.seenAt };
  }
  if (known.detailed) return known;
  // Older details, such as a write that was diverted and comes late: the newer list knows no people and no keywords.
  return { ...arrived, movie: mergeListed(arrived.movie, known.movie), seenAt: known.seenAt };
}

function mergeSight(known: FilmRecord, arrived: FilmRecord): FilmRecord {
  if (arrived.fetchedAt < known.seenAt) return known;
  if (!known.detailed) return arrived;
  return { ...known, movie: mergeListed(known.movie, arrived.movie), seenAt: arrived.fetchedAt };
}

/** Whether two versions of a post say the same in every field. */
export const sameReview = (one: Review, other: Review): boolean =>
  one.text === other.text &&
  one.likeCount === other.likeCount &&
  one.repostCount === other.repostCount &&
  one.replyCount === other.replyCount &&
  one.tmdbId === other.tmdbId &&
  one.authorId === other.authorId &&
  one.createdAt === other.createdAt &&
  one.language === other.language &&
  one.source === other.source &&
  one.tweetId === other.tweetId;

/** A post's score outlives its text's retention, but not an edit of the text. */
export const keepsScore = (known: Review, arrived: Review): boolean => known.text === '' || known.text === arrived.text;
