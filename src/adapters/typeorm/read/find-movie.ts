import { foldTitle, searchKey } from '../../../domain/fold-title.js';
import { cutKey } from '../../../domain/title-keys.js';
import type { MovieLookup, StoredMovie } from '../../../ports/repository.js';
import { toStoredMovie } from '../rows/movie-row.js';
import type { Tables } from '../schema/tables.js';
import type { SqlSession } from '../sql-session.js';
import { searched } from '../title-key.js';

export async function findMovie(session: SqlSession, tables: Tables, by: MovieLookup): Promise<StoredMovie | null> {
  if (!('tmdbId' in by)) return findByTitle(session, tables, by);
  const [row] = await session.allPrepared(`SELECT * FROM ${tables.movies} WHERE tmdb_id = ?`, [by.tmdbId]);
  return row === undefined ? null : toStoredMovie(row);
}

/** The search of the past that is the same to the year, then one without a year, then the most voted of that title. */
async function findByTitle(
  session: SqlSession,
  tables: Tables,
  { title, year, searchedOnly = false }: Extract<MovieLookup, { readonly title: string }>,
): Promise<StoredMovie | null> {
  const folded = cutKey(foldTitle(title));
  if (folded === '') return null;
  const exact = cutKey(searchKey(title, year));
  if (searchedOnly) return findSearched(session, tables, exact);
  // An exact search may have led to a film of another year, or of none: it was judged when it was made.
  const dated = year === undefined ? '' : ` AND (m.release_date >= ? AND m.release_date < ?)`;
  const [row] = await session.allPrepared(
    `SELECT m.* FROM ${tables.movieTitles} t JOIN ${tables.movies} m ON m.tmdb_id = t.tmdb_id
     WHERE (t.title_key = ? AND t.slot = ${searched}) OR (t.title_key = ?${dated})
     ORDER BY CASE WHEN t.slot <> ${searched} THEN 2 WHEN t.title_key = ? THEN 0 ELSE 1 END, m.vote_count DESC, m.tmdb_id
     LIMIT 1`,
    [exact, folded, ...(year === undefined ? [] : [String(year - 1), String(year + 2)]), exact],
  );
  return row === undefined ? null : toStoredMovie(row);
}

async function findSearched(session: SqlSession, tables: Tables, key: string): Promise<StoredMovie | null> {
  const [row] = await session.allPrepared(
    `SELECT m.* FROM ${tables.movieTitles} t JOIN ${tables.movies} m ON m.tmdb_id = t.tmdb_id
     WHERE t.title_key = ? AND t.slot = ${searched}`,
    [key],
  );
  return row === undefined ? null : toStoredMovie(row);
}
