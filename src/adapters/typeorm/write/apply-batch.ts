import type { RejectedRecord } from '../../../domain/records.js';
import type { ApplyOptions, WriteBatch, WriteReport } from '../../../ports/repository.js';
import { takenOver, workflowIdsOf } from '../../../ports/repository-input.js';
import { forgetReviews } from '../maintain/forget-reviews.js';
import { number, text } from '../rows/read-row.js';
import type { Tables } from '../schema/tables.js';
import type { SqlSession } from '../sql-session.js';
import { insert, selectIn } from '../statements.js';
import { changeTimer } from './change-time.js';
import { noRecords } from './counts.js';
import { writeAnalysis } from './write-analysis.js';
import { writeCollections } from './write-collections.js';
import type { WriteContext } from './write-context.js';
import { writeMovies } from './write-movies.js';
import { writeQuarantine } from './write-quarantine.js';
import { writeRecommendations } from './write-recommendations.js';
import { writeReviews } from './write-reviews.js';
import { writeRun } from './write-run.js';

/** Applies a batch within the session's transaction: what it throws must roll that back. */
export async function applyBatch(
  session: SqlSession,
  tables: Tables,
  batch: WriteBatch,
  { fence, marker, lease }: ApplyOptions,
): Promise<WriteReport> {
  const rejected: RejectedRecord[] = [];
  const changeTime = changeTimer(session, tables.movies);
  const context: WriteContext = { session, tables, changeTime, rejected, movieIds: new Map() };
  if (marker !== undefined && !(await passMarker(context, marker))) return noRecords;
  const runs = await knownRuns(context, batch, fence);
  if (batch.forgotten !== undefined) await forgetReviews(session, tables, batch.forgotten);
  const movies = await writeMovies(context, batch);
  const reviews = await writeReviews(context, batch);
  await writeCollections(context, batch);
  await writeAnalysis(context, batch);
  await writeRecommendations(context, batch);
  await writeQuarantine(context, batch, workflowIdsOf(batch)[0] ?? null);
  await writeRun(context, batch, runs, lease);
  const movieId = await idOf(context, batch);
  return { movies, reviews, rejected, ...(movieId === undefined ? {} : { movieId }) };
}

/** false: this position was applied before. */
async function passMarker(
  { session, tables }: WriteContext,
  { source, position }: NonNullable<ApplyOptions['marker']>,
): Promise<boolean> {
  const [passed] = await session.all(`SELECT position FROM ${tables.markers} WHERE source = ?`, [source]);
  if (passed !== undefined && number(passed, 'position') >= position) return false;
  await insert(session, {
    table: tables.markers,
    columns: ['source', 'position'],
    rows: [[source, position]],
    replace: { key: ['source'], columns: ['position'] },
  });
  return true;
}

/** Which of the batch's runs are stored. @throws DB_CONFLICT when one has a newer fence than the batch */
async function knownRuns(
  { session, tables }: WriteContext,
  batch: WriteBatch,
  fence: number | undefined,
): Promise<ReadonlySet<string>> {
  const isRunOnly = batch.steps === undefined && batch.checkpoints === undefined;
  const values = isRunOnly && fence === undefined ? [] : workflowIdsOf(batch); // the run itself is written anyway
  const rows = await selectIn(session, {
    columns: 'workflow_id, fence',
    table: tables.runs,
    column: 'workflow_id',
    values,
  });
  for (const row of rows) {
    if (fence !== undefined && number(row, 'fence') > fence) throw takenOver(text(row, 'workflow_id'));
  }
  return new Set(rows.map((row) => text(row, 'workflow_id')));
}

async function idOf({ session, tables, movieIds }: WriteContext, { film }: WriteBatch): Promise<string | undefined> {
  if (film === undefined) return undefined;
  const known = movieIds.get(film.movie.tmdbId);
  if (known !== undefined) return known;
  const [row] = await selectIn(session, {
    columns: 'id',
    table: tables.movies,
    column: 'tmdb_id',
    values: [film.movie.tmdbId],
  });
  return row === undefined ? undefined : String(number(row, 'id'));
}
