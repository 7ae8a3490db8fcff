import type { Retention, SweepReport } from '../../../ports/repository.js';
import { retentionCutoff } from '../../../ports/repository-input.js';
import type { Tables } from '../schema/tables.js';
import type { SqlSession } from '../sql-session.js';

/**
 * Drops what may be kept no longer: films with their titles, recommendations and the results of old runs, which name
 * films too; texts of posts, by the time they were fetched. Posts of a dropped film stay, they have limits of their own.
 */
export async function sweep(session: SqlSession, tables: Tables, retention: Retention): Promise<SweepReport> {
  const { movieMs, reviewTextMs } = retention;
  const moviesDropped =
    movieMs === undefined ? 0 : await dropMovies(session, tables, retentionCutoff(movieMs, 'movieMs'));
  const reviewTextsDropped =
    reviewTextMs === undefined
      ? 0
      : await session.run(`UPDATE ${tables.reviews} SET text = '' WHERE fetched_at < ? AND text <> ''`, [
          retentionCutoff(reviewTextMs, 'reviewTextMs'),
        ]);
  return { moviesDropped, reviewTextsDropped };
}

async function dropMovies(session: SqlSession, tables: Tables, before: string): Promise<number> {
  const { movies, movieTitles, recommendations, runs } = tables;
  const dropped = await session.run(`DELETE FROM ${movies} WHERE fetched_at < ?`, [before]);
  await session.run(`DELETE FROM ${recommendations} WHERE recommended_at < ?`, [before]);
  await session.run(`UPDATE ${runs} SET result = NULL WHERE finished_at < ? AND result IS NOT NULL`, [before]);
  if (dropped > 0) await session.run(`DELETE FROM ${movieTitles} WHERE tmdb_id NOT IN (SELECT tmdb_id FROM ${movies})`);
  return dropped;
}
