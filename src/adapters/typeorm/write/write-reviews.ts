import { keepsScore, sameReview } from '../../../domain/merge-stored.js';
import type { Review } from '../../../domain/review.js';
import { refuseReview } from '../../../domain/storable.js';
import type { Counts, WriteBatch } from '../../../ports/repository.js';
import { utc } from '../../../ports/repository-input.js';
import { text } from '../rows/read-row.js';
import { reviewColumns, toReview, toReviewValues, toScored } from '../rows/review-row.js';
import type { SqlValue } from '../sql-connection.js';
import { batches, insert, list, selectIn } from '../statements.js';
import { addCounts, noCounts } from './counts.js';
import { isolate } from './isolate.js';
import type { WriteContext } from './write-context.js';

const notScored = { sentiment: null, analyzer: null };
const replace = { key: ['tweet_id'], columns: reviewColumns.filter((column) => column !== 'tweet_id') };

/** Posts in batches, each behind a savepoint. Of doubles the last one counts. */
export async function writeReviews(context: WriteContext, { reviews }: WriteBatch): Promise<Counts> {
  if (reviews === undefined) return noCounts;
  const fetchedAt = utc(reviews.fetchedAt, 'reviews.fetchedAt');
  const last = [...new Map(reviews.reviews.map((review) => [review.tweetId, review])).values()];
  const [forgotten] = await context.session.all(`SELECT tweet_id FROM ${context.tables.forgotten} LIMIT 1`);
  let counts = noCounts;
  for (const items of batches(last, context.session, reviewColumns.length)) {
    const write = (part: readonly Review[]) => upsert(context, part, fetchedAt, forgotten !== undefined);
    counts = addCounts(
      counts,
      await isolate(context, { kind: 'review', items, recordOf: (review) => review, refuse: refuseReview, write }),
    );
  }
  return counts;
}

/** Four statements at most: what was forgotten, what is known, what is new or differs, what is only seen again. */
async function upsert(
  context: WriteContext,
  given: readonly Review[],
  fetchedAt: string,
  mayBeForgotten: boolean,
): Promise<Counts> {
  const { session, tables } = context;
  const arrived = mayBeForgotten ? await withoutForgotten(context, given, fetchedAt) : given;
  const ids = arrived.map(({ tweetId }) => tweetId);
  const rows = await selectIn(session, { table: tables.reviews, column: 'tweet_id', values: ids });
  const known = new Map(rows.map((row) => [row['tweet_id'], row]));
  const counts = { ...noCounts };
  const values: SqlValue[][] = [];
  const seenAgain: string[] = [];
  for (const review of arrived) {
    const row = known.get(review.tweetId);
    if (row === undefined) {
      counts.inserted += 1;
      values.push(toReviewValues(review, fetchedAt, notScored));
      continue;
    }
    const before = toReview(row);
    const storedAt = text(row, 'fetched_at');
    if (storedAt > fetchedAt || sameReview(before, review)) {
      counts.unchanged += 1;
      if (storedAt < fetchedAt) seenAgain.push(review.tweetId);
      continue;
    }
    counts.updated += 1;
    values.push(toReviewValues(review, fetchedAt, keepsScore(before, review) ? toScored(row) : notScored));
  }
  await insert(session, { table: tables.reviews, columns: reviewColumns, rows: values, replace });
  if (seenAgain.length > 0) {
    const where = `tweet_id IN (${list(seenAgain)})`;
    await session.run(`UPDATE ${tables.reviews} SET fetched_at = ? WHERE ${where}`, [fetchedAt, ...seenAgain]);
  }
  return counts;
}

/** A copy of a post that was fetched before the post was to be forgotten must not bring it back. */
async function withoutForgotten(
  { session, tables }: WriteContext,
  reviews: readonly Review[],
  fetchedAt: string,
): Promise<readonly Review[]> {
  const values = reviews.map(({ tweetId }) => tweetId);
  const rows = await selectIn(session, { table: tables.forgotten, column: 'tweet_id', values });
  if (rows.length === 0) return reviews;
  const forgotten = new Set(rows.filter((row) => text(row, 'forgotten_at') >= fetchedAt).map((row) => row['tweet_id']));
  return reviews.filter(({ tweetId }) => !forgotten.has(tweetId));
}
