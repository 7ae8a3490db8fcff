import type { WriteBatch } from '../../../ports/repository.js';
import { utc } from '../../../ports/repository-input.js';
import { text } from '../rows/read-row.js';
import { insert } from '../statements.js';
import type { WriteContext } from './write-context.js';

const columns = ['seed_tmdb_id', 'place', 'tmdb_id', 'score', 'content', 'workflow_id', 'recommended_at'];

/** Replaces what was recommended for the film before, unless that is newer. */
export async function writeRecommendations(
  { session, tables }: WriteContext,
  { recommendations }: WriteBatch,
): Promise<void> {
  if (recommendations === undefined) return;
  const { seedTmdbId, workflowId } = recommendations;
  const at = utc(recommendations.recommendedAt, 'recommendations.recommendedAt');
  const ofSeed = `FROM ${tables.recommendations} WHERE seed_tmdb_id = ?`;
  const [known] = await session.all(`SELECT recommended_at ${ofSeed} LIMIT 1`, [seedTmdbId]);
  if (known !== undefined && text(known, 'recommended_at') > at) return;
  await session.run(`DELETE ${ofSeed}`, [seedTmdbId]);
  const rows = recommendations.recommendations.map((one, place) => {
    return [seedTmdbId, place, one.tmdbId, one.score, JSON.stringify(one), workflowId, at];
  });
  await insert(session, { table: tables.recommendations, columns, rows });
}
