import type { RejectedRecord } from '../../domain/records.js';
import type { ApplyOptions, WriteBatch, WriteReport } from '../../ports/repository.js';
import { recordIds, takenOver, utc, workflowIdsOf } from '../../ports/repository-input.js';
import { applyMovies } from './apply-movies.js';
import { applyReviews } from './apply-reviews.js';
import { applyRun } from './apply-run.js';
import { forgetReviews } from './maintain.js';
import type { MemoryTables } from './memory-tables.js';

/** Applies a batch to a copy of the tables: the caller keeps it when nothing was thrown. */
export function applyBatch(
  tables: MemoryTables,
  batch: WriteBatch,
  { marker, fence, lease }: ApplyOptions,
): WriteReport {
  if (marker !== undefined && (tables.markers.get(marker.source) ?? Number.NEGATIVE_INFINITY) >= marker.position) {
    const none = { inserted: 0, updated: 0, unchanged: 0 };
    return { movies: none, reviews: none, rejected: [] };
  }
  if (marker !== undefined) tables.markers.set(marker.source, marker.position);
  const workflowIds = workflowIdsOf(batch);
  for (const id of fence === undefined ? [] : workflowIds) {
    if ((tables.runs.get(id)?.fence ?? 0) > (fence ?? 0)) throw takenOver(id);
  }
  const rejected: RejectedRecord[] = [];
  if (batch.forgotten !== undefined) forgetReviews(tables, batch.forgotten);
  const movies = applyMovies(tables, batch, rejected);
  const reviews = applyReviews(tables, batch, rejected);
  applyCollections(tables, batch);
  applyAnalysis(tables, batch);
  applyQuarantine(tables, batch, rejected, workflowIds[0] ?? null);
  applyRun(tables, batch, lease);
  const movieId = batch.film === undefined ? undefined : tables.movies.get(batch.film.movie.tmdbId)?.id;
  return { movies, reviews, rejected, ...(movieId === undefined ? {} : { movieId }) };
}

function applyCollections(tables: MemoryTables, { collections = [] }: WriteBatch): void {
  for (const collection of collections) {
    const fetchedAt = utc(collection.fetchedAt, 'collections.fetchedAt');
    const row = tables.movies.get(collection.tmdbId);
    const known = row?.collections.find(({ source }) => source === collection.source);
    if (row === undefined || (known !== undefined && known.fetchedAt > fetchedAt)) continue;
    const bySource = new Map(row.collections.map((one) => [one.source, one]));
    bySource.set(collection.source, { ...collection, fetchedAt });
    tables.movies.set(collection.tmdbId, { ...row, collections: [...bySource.values()] });
  }
}

function applyAnalysis(tables: MemoryTables, { analysis }: WriteBatch): void {
  if (analysis === undefined) return;
  const { tmdbId, analyzer, summary } = analysis;
  const analyzedAt = utc(analysis.analyzedAt, 'analysis.analyzedAt');
  const film = tables.movies.get(tmdbId);
  const isOutdated = film !== undefined && film.analyzedAt > analyzedAt;
  for (const { tweetId, score } of analysis.scores) {
    const row = tables.reviews.get(tweetId);
    if (row !== undefined && !(isOutdated && row.analyzer !== null))
      tables.reviews.set(tweetId, { ...row, sentiment: score, analyzer });
  }
  if (film === undefined || isOutdated) return;
  const isSame = JSON.stringify(film.sentiment) === JSON.stringify(summary);
  const changedAt = isSame ? film.changedAt : tables.takeChangeTime();
  tables.movies.set(tmdbId, { ...film, sentiment: summary, analyzedAt, changedAt });
}

function applyQuarantine(
  tables: MemoryTables,
  batch: WriteBatch,
  refused: readonly RejectedRecord[],
  workflowId: string | null,
): void {
  const quarantinedAt = new Date().toISOString();
  for (const record of [...(batch.rejected ?? []), ...refused]) {
    const id = tables.takeId();
    tables.quarantine.set(id, { ...record, id, workflowId, quarantinedAt });
  }
  for (const id of recordIds(batch.released ?? [])) tables.quarantine.delete(String(id));
}
