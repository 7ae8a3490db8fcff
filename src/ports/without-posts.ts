import type { WriteBatch } from './repository.js';

export interface BatchWithoutPosts {
  readonly batch: WriteBatch;
  /** Ids of the posts that were among its reviews. */
  readonly removed: readonly string[];
}

/**
 * A batch without these posts, their scores, and the rejected records and checkpoints that hold one of them; undefined
 * when it holds none. What was said about all posts together stays.
 */
export function withoutPosts(batch: WriteBatch, tweetIds: ReadonlySet<string>): BatchWithoutPosts | undefined {
  const { reviews, analysis, rejected, checkpoints } = batch;
  const ids = [...tweetIds];
  const holdsOne = (text: string) => ids.some((id) => text.includes(id));
  const keptReviews = reviews?.reviews.filter(({ tweetId }) => !tweetIds.has(tweetId));
  const keptScores = analysis?.scores.filter(({ tweetId }) => !tweetIds.has(tweetId));
  const keptRecords = rejected?.filter(({ kind, raw }) => kind !== 'review' || !holdsOne(raw));
  const keptPages = checkpoints?.filter(({ payload }) => !holdsOne(payload));
  const nothingGone =
    keptReviews?.length === reviews?.reviews.length &&
    keptScores?.length === analysis?.scores.length &&
    keptRecords?.length === rejected?.length &&
    keptPages?.length === checkpoints?.length;
  if (nothingGone) return undefined;
  return {
    batch: {
      ...batch,
      ...(reviews && keptReviews && { reviews: { ...reviews, reviews: keptReviews } }),
      ...(analysis && keptScores && { analysis: { ...analysis, scores: keptScores } }),
      ...(keptRecords && { rejected: keptRecords }),
      ...(keptPages && { checkpoints: keptPages }),
    },
    removed: reviews?.reviews.map(({ tweetId }) => tweetId).filter((id) => tweetIds.has(id)) ?? [],
  };
}

/** Ids as they are looked for: each once, and no empty one, which every text would hold. */
export const postIds = (tweetIds: readonly string[]): ReadonlySet<string> =>
  new Set(tweetIds.filter((id) => id !== ''));
