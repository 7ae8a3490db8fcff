import { keepsScore, sameReview } from '../../domain/merge-stored.js';
import type { RejectedRecord } from '../../domain/records.js';
import type { Review } from '../../domain/review.js';
import { refuseReview } from '../../domain/storable.js';
import type { Counts, WriteBatch } from '../../ports/repository.js';
import { utc } from '../../ports/repository-input.js';
import type { MemoryTables } from './memory-tables.js';

/** Posts; of doubles the last one counts. */
export function applyReviews(tables: MemoryTables, { reviews }: WriteBatch, rejected: RejectedRecord[]): Counts {
  const counts = { inserted: 0, updated: 0, unchanged: 0 };
  if (reviews === undefined) return counts;
  const fetchedAt = utc(reviews.fetchedAt, 'reviews.fetchedAt');
  for (const review of new Map(reviews.reviews.map((one) => [one.tweetId, one])).values()) {
    if ((tables.forgotten.get(review.tweetId) ?? '') >= fetchedAt) continue;
    const refused = refuseReview(review);
    if (refused === undefined) counts[applyReview(tables, review, fetchedAt)] += 1;
    else rejected.push(refused);
  }
  return counts;
}

function applyReview(tables: MemoryTables, review: Review, fetchedAt: string): keyof Counts {
  const row = tables.reviews.get(review.tweetId);
  if (row === undefined) {
    tables.reviews.set(review.tweetId, { id: tables.takeId(), review, fetchedAt, sentiment: null, analyzer: null });
    return 'inserted';
  }
  if (row.fetchedAt > fetchedAt) return 'unchanged';
  const scored = keepsScore(row.review, review) ? {} : { sentiment: null, analyzer: null };
  tables.reviews.set(review.tweetId, { ...row, review, fetchedAt, ...scored });
  return sameReview(row.review, review) ? 'unchanged' : 'updated';
}
