import type { WriteBatch } from '../../../ports/repository.js';
import { text } from '../rows/read-row.js';
import { reviewColumns, toReview, toReviewValues } from '../rows/review-row.js';
import { batches, insert, selectIn } from '../statements.js';
import type { WriteContext } from './write-context.js';

/** Scores of posts that are stored, and the film's summary; a film whose summary is the same has not changed. */
export async function writeAnalysis(context: WriteContext, { analysis }: WriteBatch): Promise<void> {
  if (analysis === undefined) return;
  const { session, tables } = context;
  for (const scores of batches(analysis.scores, session)) await writeScores(context, analysis.analyzer, scores);
  const summary = JSON.stringify(analysis.summary);
  const where = 'tmdb_id = ? AND (sentiment IS NULL OR sentiment <> ?)';
  const parameters = [summary, await context.changeTime(), analysis.tmdbId, summary];
  await session.run(`UPDATE ${tables.movies} SET sentiment = ?, changed_at = ? WHERE ${where}`, parameters);
}

async function writeScores(
  { session, tables }: WriteContext,
  analyzer: string,
  scores: NonNullable<WriteBatch['analysis']>['scores'],
): Promise<void> {
  const values = scores.map(({ tweetId }) => tweetId);
  const rows = await selectIn(session, { table: tables.reviews, column: 'tweet_id', values });
  const byId = new Map(scores.map(({ tweetId, score }) => [tweetId, score]));
  const scored = rows.map((row) => {
    const review = toReview(row);
    const sentiment = byId.get(review.tweetId) ?? null;
    return toReviewValues(review, text(row, 'fetched_at'), { sentiment, analyzer });
  });
  const replace = { key: ['tweet_id'], columns: ['score', 'label', 'confidence', 'analyzer'] };
  await insert(session, { table: tables.reviews, columns: reviewColumns, rows: scored, replace });
}
