import type { WriteBatch } from '../../../ports/repository.js';
import { batches } from '../statements.js';
import type { WriteContext } from './write-context.js';

/** Scores of posts that are stored, and the film's summary; a film whose summary is the same has not changed. */
export async function writeAnalysis(context: WriteContext, { analysis }: WriteBatch): Promise<void> {
  if (analysis === undefined) return;
  const { session, tables } = context;
  const columns = ['score', 'label', 'confidence', 'analyzer'];
  for (const batch of batches(analysis.scores, session, columns.length + 1)) {
    const sql = session.dialect.updateEach(tables.reviews, 'tweet_id', columns, batch.length);
    const values = batch.flatMap(({ tweetId, score }) => [
      tweetId,
      score.score,
      score.label,
      score.confidence,
      analysis.analyzer,
    ]);
    await session.run(sql, values);
  }
  const summary = JSON.stringify(analysis.summary);
  const where = 'tmdb_id = ? AND (sentiment IS NULL OR sentiment <> ?)';
  const parameters = [summary, await context.changeTime(), analysis.tmdbId, summary];
  await session.run(`UPDATE ${tables.movies} SET sentiment = ?, changed_at = ? WHERE ${where}`, parameters);
}
