import { labelOf, type SentimentScore } from '../../../domain/analysis.js';
import type { Review } from '../../../domain/review.js';
import type { StoredReview } from '../../../ports/repository.js';
import type { Row, SqlValue } from '../sql-connection.js';
import { number, numberOrNull, text, textOrNull } from './read-row.js';

/** What a post's write sets; the id comes from the database, and the score has a write of its own. */
export const reviewColumns = [
  'tweet_id',
  'tmdb_id',
  'text',
  'author_id',
  'created_at',
  'language',
  'like_count',
  'repost_count',
  'reply_count',
  'source',
  'fetched_at',
] as const;

export const scoreColumns = ['score', 'label', 'confidence', 'analyzer'] as const;

interface Scored {
  readonly sentiment: SentimentScore | null;
  readonly analyzer: string | null;
}

export function toReviewValues(review: Review, fetchedAt: string): SqlValue[] {
  return [
    review.tweetId,
    review.tmdbId,
    review.text,
    review.authorId,
    review.createdAt,
    review.language,
    review.likeCount,
    review.repostCount,
    review.replyCount,
    review.source,
    fetchedAt,
  ];
}

export function toReview(row: Row): Review {
  return {
    tweetId: text(row, 'tweet_id'),
    tmdbId: number(row, 'tmdb_id'),
    text: text(row, 'text'),
    authorId: textOrNull(row, 'author_id'),
    createdAt: text(row, 'created_at'),
    language: textOrNull(row, 'language'),
    likeCount: number(row, 'like_count'),
    repostCount: number(row, 'repost_count'),
    replyCount: number(row, 'reply_count'),
    source: text(row, 'source'),
  };
}

function toScored(row: Row): Scored {
  const score = numberOrNull(row, 'score');
  if (score === null) return { sentiment: null, analyzer: null };
  const confidence = numberOrNull(row, 'confidence') ?? 0;
  return { sentiment: { score, label: labelOf(score), confidence }, analyzer: textOrNull(row, 'analyzer') };
}

export const toStoredReview = (row: Row): StoredReview => ({
  ...toReview(row),
  id: String(number(row, 'id')),
  fetchedAt: text(row, 'fetched_at'),
  ...toScored(row),
});
