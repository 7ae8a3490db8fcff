import type { WriteBatch } from '../../../ports/repository.js';
import { number, text } from '../rows/read-row.js';
import { batches, selectIn, update } from '../statements.js';
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
  const byId = new Map(scores.map(({ tweetId, score }) => [tweetId, score]));
  const known = await selectIn(session, {
    columns: 'id, tweet_id',
    table: tables.reviews,
    column: 'tweet_id',
    values: [...byId.keys()],
  });
  const rows = known.map((row) => {
    const sentiment = byId.get(text(row, 'tweet_id'));
    const { score = null, label = null, confidence = null } = sentiment ?? {};
    return [number(row, 'id'), score, label, confidence];
  });
  await update(session, {
    table: tables.reviews,
    columns: ['id', 'score', 'label', 'confidence'],
    rows,
    same: ['analyzer', analyzer],
  });
}
