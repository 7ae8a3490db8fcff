import { keepsScore, sameReview } from '../../../domain/merge-stored.js';
import type { Review } from '../../../domain/review.js';
import { refuseReview } from '../../../domain/storable.js';
import type { Counts, WriteBatch } from '../../../ports/repository.js';
import { canBeStored, utc } from '../../../ports/repository-input.js';
import { number, text } from '../rows/read-row.js';
import { reviewColumns, scoreColumns, toReview, toReviewValues } from '../rows/review-row.js';
import type { Row, SqlValue } from '../sql-connection.js';
import { inParts, insert, selectIn, update, updateIn } from '../statements.js';
import { addCounts, noCounts } from './counts.js';
import { isolate } from './isolate.js';
import type { WriteContext } from './write-context.js';

const key = ['tweet_id'];
const content = reviewColumns.filter((column) => column !== 'tweet_id');
/** Changes far more often than all the rest. */
const recountColumns = ['id', 'like_count', 'repost_count', 'reply_count'];

/** Posts behind one savepoint: what is stored of them is in memory at once. */
const mostAtOnce = 4000;

/** Posts in parts, each behind a savepoint. Of doubles the last one counts. */
export async function writeReviews(context: WriteContext, { reviews }: WriteBatch): Promise<Counts> {
  if (reviews === undefined) return noCounts;
  const fetchedAt = utc(reviews.fetchedAt, 'reviews.fetchedAt');
  const given = [...new Map(reviews.reviews.map((review) => [review.tweetId, review])).values()];
  const last = await withoutForgotten(context, given, fetchedAt); // not into quarantine either
  let counts = noCounts;
  for (const items of inParts(last, mostAtOnce)) {
    const write = (part: readonly Review[]) => upsert(context, part, fetchedAt);
    counts = addCounts(
      counts,
      await isolate(context, { kind: 'review', items, recordOf: (review) => review, refuse: refuseReview, write }),
    );
  }
  return counts;
}

/** Statements of their own for what is known, and what is new, edited, counted again and only seen again. */
async function upsert(context: WriteContext, arrived: readonly Review[], fetchedAt: string): Promise<Counts> {
  const { session, tables } = context;
  const known = await knownRows(context, arrived);
  const counts = { ...noCounts };
  const written: SqlValue[][] = [];
  const newlyWorded: SqlValue[][] = [];
  const recounted: SqlValue[][] = [];
  const seenAgain: number[] = [];
  for (const review of arrived) {
    const row = known.get(review.tweetId);
    if (row === undefined) {
      counts.inserted += 1;
      written.push(toReviewValues(review, fetchedAt));
      continue;
    }
    const before = toReview(row);
    const storedAt = text(row, 'fetched_at');
    if (storedAt > fetchedAt || sameReview(before, review)) {
      counts.unchanged += 1;
      if (storedAt < fetchedAt) seenAgain.push(number(row, 'id'));
      continue;
    }
    counts.updated += 1;
    if (differsInCounts(before, review)) {
      const { likeCount, repostCount, replyCount } = review;
      recounted.push([number(row, 'id'), likeCount, repostCount, replyCount]);
    } else (keepsScore(before, review) ? written : newlyWorded).push(toReviewValues(review, fetchedAt));
  }
  const table = tables.reviews;
  await insert(session, { table, columns: reviewColumns, rows: written, replace: { key, columns: content } });
  await insert(session, {
    table,
    columns: reviewColumns,
    rows: newlyWorded,
    replace: { key, columns: [...content, ...scoreColumns] }, // with none of its own, a row takes away those of the old
  });
  await update(session, { table, columns: recountColumns, rows: recounted, same: ['fetched_at', fetchedAt] });
  await updateIn(session, { table, set: 'fetched_at = ?', to: [fetchedAt], column: 'id', values: seenAgain });
  return counts;
}

async function knownRows(
  { session, tables }: WriteContext,
  reviews: readonly Review[],
): Promise<ReadonlyMap<unknown, Row>> {
  const rows = await selectIn(session, {
    columns: ['id', ...reviewColumns].join(', '),
    table: tables.reviews,
    column: 'tweet_id',
    values: reviews.map(({ tweetId }) => tweetId),
  });
  return new Map(rows.map((row) => [row['tweet_id'], row]));
}

function differsInCounts(known: Review, { likeCount, repostCount, replyCount, ...arrived }: Review): boolean {
  const counts = { likeCount, repostCount, replyCount };
  return sameReview({ ...known, ...counts }, { ...arrived, ...counts });
}

/** A copy of a post that was fetched before the post was to be forgotten must not bring it back. */
async function withoutForgotten(
  { session, tables }: WriteContext,
  reviews: readonly Review[],
  fetchedAt: string,
): Promise<readonly Review[]> {
  const [any] = await session.all(`SELECT tweet_id FROM ${tables.forgotten} LIMIT 1`);
  if (any === undefined) return reviews;
  const values = reviews.map(({ tweetId }) => tweetId).filter((id) => typeof id === 'string' && canBeStored(id));
  const rows = await selectIn(session, { table: tables.forgotten, column: 'tweet_id', values });
  if (rows.length === 0) return reviews;
  const forgotten = new Set(rows.filter((row) => text(row, 'forgotten_at') >= fetchedAt).map((row) => row['tweet_id']));
  return reviews.filter(({ tweetId }) => !forgotten.has(tweetId));
}
