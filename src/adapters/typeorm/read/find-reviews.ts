import type { StoredReview } from '../../../ports/repository.js';
import { checkLimit } from '../../../ports/repository-input.js';
import { toStoredReview } from '../rows/review-row.js';
import type { Tables } from '../schema/tables.js';
import type { SqlSession } from '../sql-session.js';

export async function findReviews(
  session: SqlSession,
  tables: Tables,
  tmdbId: number,
  limit: number,
): Promise<StoredReview[]> {
  checkLimit(limit);
  const order = 'ORDER BY created_at DESC, tweet_id DESC';
  const rows = await session.allPrepared(`SELECT * FROM ${tables.reviews} WHERE tmdb_id = ? ${order} LIMIT ?`, [
    tmdbId,
    limit,
  ]);
  return rows.map(toStoredReview);
}
