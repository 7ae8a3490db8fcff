import * as z from 'zod';
import type { StoredReview } from '../../ports/repository.js';

const count = z.int().min(0);

export const reviewSchema = z.strictObject({
  tweet_id: z.string(),
  /** null: it is not given here, for the provider's terms. */
  text: z.string().nullable(),
  author_id: z.string().nullable(),
  created_at: z.iso.datetime(),
  language: z.string().nullable(),
  like_count: count,
  repost_count: count,
  reply_count: count,
  source: z.string(),
  sentiment: z
    .strictObject({
      score: z.number().min(-1).max(1),
      label: z.enum(['positive', 'neutral', 'negative']),
      confidence: z.number().min(0).max(1),
    })
    .nullable(),
  /** Where the post can be read; null: not known. */
  url: z.string().nullable(),
});

export type WireReview = z.infer<typeof reviewSchema>;

/** @param withText - false: without its words and its author */
export const toWireReview = (review: StoredReview, withText: boolean): WireReview => ({
  tweet_id: review.tweetId,
  text: withText ? review.text : null,
  author_id: withText ? review.authorId : null,
  created_at: review.createdAt,
  language: review.language,
  like_count: review.likeCount,
  repost_count: review.repostCount,
  reply_count: review.replyCount,
  source: review.source,
  sentiment:
    review.sentiment === null
      ? null
      : { score: review.sentiment.score, label: review.sentiment.label, confidence: review.sentiment.confidence },
  url: urlOf(review),
});

const urlOf = ({ source, tweetId }: StoredReview): string | null =>
  source === 'twitter' && /^\d+$/.test(tweetId) ? `https://x.com/i/web/status/${tweetId}` : null;
