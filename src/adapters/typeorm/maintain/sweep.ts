import { ReelflowError } from '../../../errors/reelflow-error.js';
import type { Retention, SweepOptions, SweepReport } from '../../../ports/repository.js';
import { checkMaxRows, forgottenMs, retentionCutoff } from '../../../ports/repository-input.js';
import { number, text, textOrNull } from '../rows/read-row.js';
import type { Tables } from '../schema/tables.js';
import type { Row, SqlValue } from '../sql-connection.js';
import type { SqlSession } from '../sql-session.js';
import { deleteIn, updateIn } from '../statements.js';

/** A table that is looked through by its key, a slice at a time. */
interface Stage {
  readonly table: keyof Tables;
  readonly key: string;
  /** Where the key begins. */
  readonly first: SqlValue;
  /** What the rows of the slice that are too old count as. */
  readonly drop: (slice: Slice) => Promise<Partial<SweepReport>>;
  readonly columns: string;
}

interface Slice {
  readonly session: SqlSession;
  readonly tables: Tables;
  readonly retention: Retention;
  readonly rows: readonly Row[];
}

const stages: readonly Stage[] = [
  { table: 'movies', key: 'id', first: 0, columns: 'id, tmdb_id, fetched_at', drop: dropMovies },
  {
    table: 'recommendations',
    key: 'seed_tmdb_id',
    first: 0,
    columns: 'seed_tmdb_id, recommended_at',
    drop: dropRecommendations,
  },
  { table: 'reviews', key: 'id', first: 0, columns: 'id, fetched_at', drop: dropTexts },
  { table: 'quarantine', key: 'id', first: 0, columns: 'id, quarantined_at', drop: dropQuarantine },
  { table: 'runs', key: 'workflow_id', first: '', columns: 'workflow_id, finished_at', drop: dropRuns },
  { table: 'forgotten', key: 'tweet_id', first: '', columns: 'tweet_id, forgotten_at', drop: dropForgotten },
  { table: 'markers', key: 'source', first: '', columns: 'source', drop: dropMarkers },
];

const nothing: SweepReport = {
  moviesDropped: 0,
  reviewTextsDropped: 0,
  quarantineDropped: 0,
  runsDropped: 0,
  next: null,
};

/**
 * Looks at one slice of one table, by its key, and drops what may be kept no longer. A search by age would read whole
 * tables, or want an index that every write pays for.
 */
export async function sweep(
  session: SqlSession,
  tables: Tables,
  retention: Retention,
  { after, maxRows = 1000 }: SweepOptions,
): Promise<SweepReport> {
  const limit = checkMaxRows(maxRows);
  checkRetention(retention);
  const [name, from] = after === undefined ? [stages[0]?.table] : splitCursor(after);
  const index = stages.findIndex(({ table }) => table === name);
  const stage = stages[index];
  if (stage === undefined) throw invalidCursor(after);
  const { table, key, first, columns } = stage;
  const rows = await session.all(
    `SELECT ${columns} FROM ${tables[table]} WHERE ${key} > ? ORDER BY ${key} LIMIT ${limit}`,
    [from === undefined ? first : typeof first === 'number' ? Number(from) : from],
  );
  const dropped = rows.length === 0 ? {} : await stage.drop({ session, tables, retention, rows });
  const last = rows.length < limit ? undefined : rows.at(-1)?.[key];
  const following = stages[index + 1]?.table;
  const next = last !== undefined ? `${table}:${String(last)}` : following === undefined ? null : following;
  return { ...nothing, ...dropped, next };
}

function splitCursor(after: string): [name: string, from?: string] {
  const at = after.indexOf(':');
  return at === -1 ? [after] : [after.slice(0, at), after.slice(at + 1)];
}

function checkRetention({ movieMs, reviewTextMs, quarantineMs, runMs }: Retention): void {
  for (const [name, ms] of Object.entries({ movieMs, reviewTextMs, quarantineMs, runMs })) {
    if (ms !== undefined) retentionCutoff(ms, name as keyof Retention);
  }
}

const olderThan = (rows: readonly Row[], column: string, before: string): Row[] =>
  rows.filter((row) => {
    const time = textOrNull(row, column);
    return time !== null && time < before;
  });

/** Films with their titles and recommendations. Their posts have a limit of their own. */
async function dropMovies({ session, tables, retention, rows }: Slice): Promise<Partial<SweepReport>> {
  if (retention.movieMs === undefined) return {};
  const before = retentionCutoff(retention.movieMs, 'movieMs');
  const ids = olderThan(rows, 'fetched_at', before).map((row) => number(row, 'tmdb_id'));
  const moviesDropped = await deleteIn(session, tables.movies, 'tmdb_id', ids);
  await deleteIn(session, tables.movieTitles, 'tmdb_id', ids);
  await deleteIn(session, tables.recommendations, 'seed_tmdb_id', ids);
  return { moviesDropped };
}

/** All places of a seed have one age, so that a slice may end between them. */
async function dropRecommendations({ session, tables, retention, rows }: Slice): Promise<Partial<SweepReport>> {
  if (retention.movieMs === undefined) return {};
  const old = olderThan(rows, 'recommended_at', retentionCutoff(retention.movieMs, 'movieMs'));
  const seeds = [...new Set(old.map((row) => number(row, 'seed_tmdb_id')))];
  await deleteIn(session, tables.recommendations, 'seed_tmdb_id', seeds);
  return {};
}

async function dropTexts({ session, tables, retention, rows }: Slice): Promise<Partial<SweepReport>> {
  if (retention.reviewTextMs === undefined) return {};
  const before = retentionCutoff(retention.reviewTextMs, 'reviewTextMs');
  const ids = olderThan(rows, 'fetched_at', before).map((row) => number(row, 'id'));
  const old = { table: tables.reviews, column: 'id', values: ids, and: ` AND text <> ''` };
  return { reviewTextsDropped: await updateIn(session, { set: `text = ''`, to: [], ...old }) };
}

async function dropQuarantine({ session, tables, retention, rows }: Slice): Promise<Partial<SweepReport>> {
  if (retention.quarantineMs === undefined) return {};
  const old = olderThan(rows, 'quarantined_at', retentionCutoff(retention.quarantineMs, 'quarantineMs'));
  const ids = old.map((row) => number(row, 'id'));
  return { quarantineDropped: await deleteIn(session, tables.quarantine, 'id', ids) };
}

/** Results go with the films they name, the runs themselves later. */
async function dropRuns({ session, tables, retention, rows }: Slice): Promise<Partial<SweepReport>> {
  const { movieMs, runMs } = retention;
  const idsBefore = (before: string) => olderThan(rows, 'finished_at', before).map((row) => text(row, 'workflow_id'));
  if (movieMs !== undefined) {
    const ids = idsBefore(retentionCutoff(movieMs, 'movieMs'));
    const old = { table: tables.runs, column: 'workflow_id', values: ids, and: ' AND result IS NOT NULL' };
    await updateIn(session, { set: 'result = NULL', to: [], ...old });
  }
  if (runMs === undefined) return {};
  const ids = idsBefore(retentionCutoff(runMs, 'runMs'));
  const runsDropped = await deleteIn(session, tables.runs, 'workflow_id', ids);
  await deleteIn(session, tables.runSteps, 'workflow_id', ids); // none can come any more
  return { runsDropped };
}

async function dropForgotten({ session, tables, rows }: Slice): Promise<Partial<SweepReport>> {
  const old = olderThan(rows, 'forgotten_at', daysAgo());
  const ids = old.map((row) => text(row, 'tweet_id'));
  await deleteIn(session, tables.forgotten, 'tweet_id', ids);
  return {};
}

/** A spool's source says when it was made: `spool-20261125T224500...`. */
async function dropMarkers({ session, tables, rows }: Slice): Promise<Partial<SweepReport>> {
  const before = `spool-${daysAgo().replace(/[-:]/g, '')}`;
  const sources = rows.map((row) => text(row, 'source'));
  const old = sources.filter((source) => source.startsWith('spool-') && source < before);
  await deleteIn(session, tables.markers, 'source', old);
  return {};
}

const daysAgo = (): string => new Date(Date.now() - forgottenMs).toISOString();

const invalidCursor = (after: string | undefined): ReelflowError =>
  new ReelflowError('INVALID_INPUT', `after must be the next of a sweep, got ${JSON.stringify(after)}`);
