import type { CatalogueOptions, StoredMovie } from '../../../ports/repository.js';
import { utc } from '../../../ports/repository-input.js';
import { toStoredMovie } from '../rows/movie-row.js';
import { number, text } from '../rows/read-row.js';
import type { Row } from '../sql-connection.js';
import type { SqlSession } from '../sql-session.js';
import type { SqlStore } from '../sql-store.js';
import { selectIn } from '../statements.js';

const pageSize = 500;

/** Pages by (changed_at, id): a film that changes meanwhile may come twice, and none is missed. */
export async function* readCatalogue(
  store: SqlStore,
  { changedAfter, isKnown }: CatalogueOptions,
): AsyncGenerator<StoredMovie> {
  const { movies } = store.tables;
  // Most of what has changed lately may be known, and a film is long.
  const briefly = isKnown !== undefined && changedAfter !== undefined;
  const columns = briefly ? 'id, tmdb_id, changed_at' : '*';
  let changedAt = changedAfter === undefined ? '' : utc(changedAfter, 'changedAfter');
  let id: number | undefined; // with the same time as the cursor nothing is wanted at first
  for (;;) {
    const where = id === undefined ? 'changed_at > ?' : '(changed_at > ? OR (changed_at = ? AND id > ?))';
    const sql = `SELECT ${columns} FROM ${movies} WHERE ${where} ORDER BY changed_at, id LIMIT ${pageSize}`;
    const parameters = id === undefined ? [changedAt] : [changedAt, changedAt, id];
    const rows = await store.read((session: SqlSession) => session.allPrepared(sql, parameters));
    const unknown = isKnown === undefined ? rows : rows.filter((row) => !isKnown(...versionOf(row)));
    for (const row of briefly ? await readInFull(store, unknown) : unknown) yield toStoredMovie(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return;
    changedAt = text(last, 'changed_at');
    id = number(last, 'id');
  }
}

const versionOf = (row: Row): [tmdbId: number, changedAt: string] => [number(row, 'tmdb_id'), text(row, 'changed_at')];

/** As they are now: one that has changed meanwhile comes again, one that was dropped does not. */
function readInFull(store: SqlStore, rows: readonly Row[]): Promise<readonly Row[]> {
  if (rows.length === 0) return Promise.resolve(rows);
  const values = rows.map((row) => number(row, 'id'));
  const chosen = { table: store.tables.movies, column: 'id', values, and: ' ORDER BY changed_at, id' };
  return store.read((session) => selectIn(session, chosen));
}
