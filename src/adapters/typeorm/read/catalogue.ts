import type { StoredMovie } from '../../../ports/repository.js';
import { utc } from '../../../ports/repository-input.js';
import { toStoredMovie } from '../rows/movie-row.js';
import { number, text } from '../rows/read-row.js';
import type { SqlSession } from '../sql-session.js';
import type { SqlStore } from '../sql-store.js';

const pageSize = 500;

/** Pages by (changed_at, id): a film that changes meanwhile may come twice, and none is missed. */
export async function* readCatalogue(store: SqlStore, changedAfter: string | undefined): AsyncGenerator<StoredMovie> {
  const table = store.tables.movies;
  let changedAt = changedAfter === undefined ? '' : utc(changedAfter, 'changedAfter');
  let id: number | undefined; // with the same time as the cursor nothing is wanted at first
  for (;;) {
    const where = id === undefined ? 'changed_at > ?' : '(changed_at > ? OR (changed_at = ? AND id > ?))';
    const sql = `SELECT * FROM ${table} WHERE ${where} ORDER BY changed_at, id LIMIT ${pageSize}`;
    const parameters = id === undefined ? [changedAt] : [changedAt, changedAt, id];
    const rows = await store.read((session: SqlSession) => session.allPrepared(sql, parameters));
    for (const row of rows) yield toStoredMovie(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return;
    changedAt = text(last, 'changed_at');
    id = number(last, 'id');
  }
}
