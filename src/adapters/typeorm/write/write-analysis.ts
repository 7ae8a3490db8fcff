import type { WriteBatch } from '../../../ports/repository.js';
import { utc } from '../../../ports/repository-input.js';
import { number, text, textOrNull } from '../rows/read-row.js';
import { batches, selectIn, update } from '../statements.js';
import type { WriteContext } from './write-context.js';

type Analysis = NonNullable<WriteBatch['analysis']>;

/**
 * Scores of posts that are stored, and the film's summary; a film whose summary is the same has not changed. One that
 * waited in a spool, while a newer one was stored, says no more than what that one did not know.
 */
export async function writeAnalysis(context: WriteContext, { analysis }: WriteBatch): Promise<void> {
  if (analysis === undefined) return;
  const { session, tables } = context;
  const at = utc(analysis.analyzedAt, 'analysis.analyzedAt');
  const [film] = await session.all(`SELECT sentiment, analyzed_at FROM ${tables.movies} WHERE tmdb_id = ?`, [
    analysis.tmdbId,
  ]);
  const isOutdated = film !== undefined && (textOrNull(film, 'analyzed_at') ?? '') > at;
  for (const scores of batches(analysis.scores, session)) await writeScores(context, analysis, scores, isOutdated);
  if (film === undefined || isOutdated) return;
  const summary = JSON.stringify(analysis.summary);
  const isSame = textOrNull(film, 'sentiment') === summary;
  const set = isSame ? 'analyzed_at = ?' : 'analyzed_at = ?, sentiment = ?, changed_at = ?';
  const to = isSame ? [at] : [at, summary, await context.changeTime()];
  await session.run(`UPDATE ${tables.movies} SET ${set} WHERE tmdb_id = ?`, [...to, analysis.tmdbId]);
}

async function writeScores(
  { session, tables }: WriteContext,
  { analyzer }: Analysis,
  scores: Analysis['scores'],
  onlyMissing: boolean,
): Promise<void> {
  const byId = new Map(scores.map(({ tweetId, score }) => [tweetId, score]));
  const known = await selectIn(session, {
    columns: 'id, tweet_id',
    table: tables.reviews,
    column: 'tweet_id',
    values: [...byId.keys()],
    ...(onlyMissing ? { and: ' AND analyzer IS NULL' } : {}),
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
