import type { ReviewCollection, WriteBatch } from '../../../ports/repository.js';
import { utc } from '../../../ports/repository-input.js';
import { json, number } from '../rows/read-row.js';
import { selectIn } from '../statements.js';
import type { WriteContext } from './write-context.js';

/** Remembers with each film what was asked for last; a film that is not stored has none. */
export async function writeCollections(
  { session, tables }: WriteContext,
  { collections = [] }: WriteBatch,
): Promise<void> {
  const ids = [...new Set(collections.map(({ tmdbId }) => tmdbId))];
  const rows = await selectIn(session, {
    columns: 'tmdb_id, collections',
    table: tables.movies,
    column: 'tmdb_id',
    values: ids,
  });
  for (const row of rows) {
    const tmdbId = number(row, 'tmdb_id');
    const bySource = new Map(json<ReviewCollection[]>(row, 'collections').map((known) => [known.source, known]));
    for (const collection of collections.filter((one) => one.tmdbId === tmdbId)) {
      const fetchedAt = utc(collection.fetchedAt, 'collections.fetchedAt');
      if ((bySource.get(collection.source)?.fetchedAt ?? '') <= fetchedAt) {
        bySource.set(collection.source, { ...collection, fetchedAt });
      }
    }
    const content = JSON.stringify([...bySource.values()]);
    await session.run(`UPDATE ${tables.movies} SET collections = ? WHERE tmdb_id = ?`, [content, tmdbId]);
  }
}
