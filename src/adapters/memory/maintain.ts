import type { Retention, SweepReport } from '../../ports/repository.js';
import { retentionCutoff } from '../../ports/repository-input.js';
import type { MemoryTables } from './memory-tables.js';

/** Deletes posts, and the quarantined records and unfinished pages that hold one of them. */
export function forgetReviews(tables: MemoryTables, tweetIds: readonly string[]): number {
  const ids = [...new Set(tweetIds)].filter((id) => id !== '');
  const forgotten = ids.filter((id) => tables.reviews.delete(id)).length;
  const holdsOne = (content: string) => ids.some((id) => content.includes(id));
  for (const [id, { kind, raw }] of tables.quarantine) {
    if (kind === 'review' && holdsOne(raw)) tables.quarantine.delete(id);
  }
  for (const [workflowId, row] of tables.runs) {
    const checkpoints = row.checkpoints.filter(({ payload }) => !holdsOne(payload));
    if (checkpoints.length < row.checkpoints.length) tables.runs.set(workflowId, { ...row, checkpoints });
  }
  return forgotten;
}

/** Drops films, with the results of old runs, which name films too, and blanks the texts of posts. */
export function sweep(tables: MemoryTables, { movieMs, reviewTextMs }: Retention): SweepReport {
  const moviesDropped = movieMs === undefined ? 0 : dropMovies(tables, retentionCutoff(movieMs, 'movieMs'));
  if (reviewTextMs === undefined) return { moviesDropped, reviewTextsDropped: 0 };
  const before = retentionCutoff(reviewTextMs, 'reviewTextMs');
  let reviewTextsDropped = 0;
  for (const [tweetId, row] of tables.reviews) {
    if (row.fetchedAt >= before || row.review.text === '') continue;
    tables.reviews.set(tweetId, { ...row, review: { ...row.review, text: '' } });
    reviewTextsDropped += 1;
  }
  return { moviesDropped, reviewTextsDropped };
}

function dropMovies(tables: MemoryTables, before: string): number {
  let dropped = 0;
  for (const [tmdbId, { fetchedAt }] of tables.movies) {
    if (fetchedAt >= before) continue;
    tables.movies.delete(tmdbId);
    dropped += 1;
  }
  for (const [key, tmdbId] of tables.searchKeys) {
    if (!tables.movies.has(tmdbId)) tables.searchKeys.delete(key);
  }
  for (const [workflowId, { run, ...row }] of tables.runs) {
    if (run.finishedAt === null || run.finishedAt >= before) continue;
    tables.runs.set(workflowId, { ...row, run: { ...run, result: null } });
  }
  return dropped;
}
