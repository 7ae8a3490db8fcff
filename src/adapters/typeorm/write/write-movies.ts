import { type FilmRecord, mergeFilm } from '../../../domain/merge-stored.js';
import { refuseMovie } from '../../../domain/storable.js';
import { cutKey, titleKeys } from '../../../domain/title-keys.js';
import type { Counts, WriteBatch } from '../../../ports/repository.js';
import { utc } from '../../../ports/repository-input.js';
import { movieColumns, toFilmRecord, toMovieValues } from '../rows/movie-row.js';
import { number, text } from '../rows/read-row.js';
import type { SqlValue } from '../sql-connection.js';
import { batches, deleteIn, insert, selectIn } from '../statements.js';
import { searched } from '../title-key.js';
import { addCounts, noCounts } from './counts.js';
import { isolate } from './isolate.js';
import type { WriteContext } from './write-context.js';

/** The film, then the related films without it; each behind a savepoint of its own. */
export async function writeMovies(context: WriteContext, { film, related }: WriteBatch): Promise<Counts> {
  const filmCounts = film === undefined ? noCounts : await writeFilm(context, film);
  if (related === undefined) return filmCounts;
  const fetchedAt = utc(related.fetchedAt, 'related.fetchedAt');
  const listed = new Map(related.movies.map((movie) => [movie.tmdbId, movie]));
  if (film !== undefined) listed.delete(film.movie.tmdbId);
  const records = [...listed.values()].map(
    (movie): FilmRecord => ({ movie, relatedIds: [], detailed: false, fetchedAt, seenAt: fetchedAt }),
  );
  let counts = filmCounts;
  for (const batch of batches(records, context.session, movieColumns.length)) {
    counts = addCounts(counts, await store(context, batch));
  }
  return counts;
}

async function writeFilm(context: WriteContext, film: NonNullable<WriteBatch['film']>): Promise<Counts> {
  const fetchedAt = utc(film.fetchedAt, 'film.fetchedAt');
  const { movie, relatedIds } = film;
  const counts = await store(context, [{ movie, relatedIds, detailed: true, fetchedAt, seenAt: fetchedAt }]);
  const stored = counts.inserted + counts.updated + counts.unchanged > 0; // else it was rejected
  const keys = [...new Set((film.searchKeys ?? []).map(cutKey))].filter((key) => stored && key !== '');
  await writeTitles(
    context,
    keys.map((key) => [key, searched, movie.tmdbId]),
  );
  return counts;
}

const store = (context: WriteContext, items: readonly FilmRecord[]): Promise<Counts> =>
  isolate(context, {
    kind: 'movie',
    items,
    recordOf: ({ movie }) => movie,
    refuse: ({ movie }) => refuseMovie(movie),
    write: (part) => upsert(context, part),
  });

async function upsert(context: WriteContext, arrived: readonly FilmRecord[]): Promise<Counts> {
  const { session, tables, movieIds } = context;
  const rows = await selectIn(session, {
    table: tables.movies,
    column: 'tmdb_id',
    values: arrived.map(({ movie }) => movie.tmdbId),
  });
  const known = new Map(rows.map((row) => [Number(row['tmdb_id']), { record: toFilmRecord(row), row }]));
  for (const row of rows) movieIds.set(number(row, 'tmdb_id'), String(number(row, 'id')));
  const counts = { ...noCounts };
  const values: SqlValue[][] = [];
  const renamed: FilmRecord[] = [];
  for (const film of arrived) {
    const before = known.get(film.movie.tmdbId);
    const { outcome, record } = mergeFilm(before?.record, film);
    counts[outcome] += 1;
    if (record === before?.record) continue;
    const changedAt =
      before !== undefined && outcome === 'unchanged' ? text(before.row, 'changed_at') : await context.changeTime();
    values.push(toMovieValues(record, changedAt));
    if (before === undefined || titleKeys(before.record.movie).join('\n') !== titleKeys(record.movie).join('\n'))
      renamed.push(record);
  }
  // A known film keeps its collections; a new one starts without any.
  const columns = movieColumns.filter((column) => column !== 'tmdb_id' && column !== 'collections');
  await insert(session, {
    table: tables.movies,
    columns: movieColumns,
    rows: values,
    replace: { key: ['tmdb_id'], columns },
  });
  const ids = renamed.map(({ movie }) => movie.tmdbId).filter((id) => known.has(id));
  await deleteIn(session, tables.movieTitles, 'tmdb_id', ids, ` AND slot <> ${searched}`);
  await writeTitles(
    context,
    renamed.flatMap(({ movie }) => titleKeys(movie).map((key) => [key, movie.tmdbId, movie.tmdbId])),
  );
  return counts;
}

const writeTitles = ({ session, tables }: WriteContext, rows: ReadonlyArray<readonly SqlValue[]>): Promise<void> =>
  insert(session, {
    table: tables.movieTitles,
    columns: ['title_key', 'slot', 'tmdb_id'],
    rows,
    replace: { key: ['title_key', 'slot'], columns: ['tmdb_id'] },
  });
