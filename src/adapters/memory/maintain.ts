import type { Retention, SweepReport, WriteBatch } from '../../ports/repository.js';
import { forgottenMs, retentionCutoff, utc } from '../../ports/repository-input.js';
import type { MemoryTables } from './memory-tables.js';

/** Deletes posts, and the quarantined records and unfinished pages that hold one of them. */
export function forgetReviews(
  tables: MemoryTables,
  { tweetIds, forgottenAt }: NonNullable<WriteBatch['forgotten']>,
): number {
  const at = utc(forgottenAt, 'forgotten.forgottenAt');
  const ids = [...new Set(tweetIds)].filter((id) => id !== '');
  for (const id of ids) tables.forgotten.set(id, at);
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

/** Drops films, with the results of old runs, which name films too; texts of posts; quarantine; runs. In one slice. */
export function sweep(tables: MemoryTables, retention: Retention): SweepReport {
  const { movieMs, reviewTextMs, quarantineMs, runMs } = retention;
  dropOlder(tables.forgotten, new Date(Date.now() - forgottenMs).toISOString(), (at) => at);
  return {
    moviesDropped: movieMs === undefined ? 0 : dropMovies(tables, retentionCutoff(movieMs, 'movieMs')),
    reviewTextsDropped:
      reviewTextMs === undefined ? 0 : dropTexts(tables, retentionCutoff(reviewTextMs, 'reviewTextMs')),
    quarantineDropped:
      quarantineMs === undefined
        ? 0
        : dropOlder(tables.quarantine, retentionCutoff(quarantineMs, 'quarantineMs'), (row) => row.quarantinedAt),
    runsDropped:
      runMs === undefined ? 0 : dropOlder(tables.runs, retentionCutoff(runMs, 'runMs'), ({ run }) => run.finishedAt),
    next: null,
  };
}

function dropOlder<Key, Row>(rows: Map<Key, Row>, before: string, timeOf: (row: Row) => string | null): number {
  let dropped = 0;
  for (const [key, row] of rows) {
    const time = timeOf(row);
    if (time === null || time >= before) continue;
    rows.delete(key);
    dropped += 1;
  }
  return dropped;
}

function dropTexts(tables: MemoryTables, before: string): number {
  let dropped = 0;
  for (const [tweetId, row] of tables.reviews) {
    if (row.fetchedAt >= before || row.review.text === '') continue;
    tables.reviews.set(tweetId, { ...row, review: { ...row.review, text: '' } });
    dropped += 1;
  }
  return dropped;
}

function dropMovies(tables: MemoryTables, before: string): number {
  const dropped = dropOlder(tables.movies, before, ({ fetchedAt }) => fetchedAt);
  for (const [key, tmdbId] of tables.searchKeys) {
    if (!tables.movies.has(tmdbId)) tables.searchKeys.delete(key);
  }
  for (const [workflowId, { run, ...row }] of tables.runs) {
    if (run.finishedAt === null || run.finishedAt >= before) continue;
    tables.runs.set(workflowId, { ...row, run: { ...run, result: null } });
  }
  return dropped;
}
