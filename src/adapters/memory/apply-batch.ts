import { mergeListed, sameMovie } from '../../domain/merge-movie.js';
import type { Movie } from '../../domain/movie.js';
import type { Review } from '../../domain/review.js';
import { type StepReport, stepNames } from '../../domain/workflow-run.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { ApplyOptions, Counts, WriteBatch, WriteReport } from '../../ports/repository.js';
import type { MemoryTables } from './memory-tables.js';

type Change = keyof Counts;
const noCounts: Counts = { inserted: 0, updated: 0, unchanged: 0 };

/** Applies a batch to a copy of the tables: the caller keeps it when nothing was thrown. */
export function applyBatch(tables: MemoryTables, batch: WriteBatch, options: ApplyOptions): WriteReport {
  checkFence(tables, batch, options.fence);
  if (!passMarker(tables, options.marker)) return { movies: noCounts, reviews: noCounts, rejected: [] };
  const movies = storeMovies(tables, batch);
  const reviews = storeReviews(tables, batch);
  storeCollections(tables, batch);
  storeAnalysis(tables, batch);
  if (batch.recommendations !== undefined) {
    tables.recommendations.set(batch.recommendations.seedTmdbId, batch.recommendations.recommendations);
  }
  storeQuarantine(tables, batch);
  storeRun(tables, batch);
  const movieId = batch.film === undefined ? undefined : tables.movies.get(batch.film.movie.tmdbId)?.id;
  return { movies, reviews, rejected: [], ...(movieId === undefined ? {} : { movieId }) };
}

function checkFence(tables: MemoryTables, { steps, run }: WriteBatch, fence: number | undefined): void {
  const workflowId = steps?.workflowId ?? run?.workflowId;
  if (fence === undefined || workflowId === undefined) return;
  if ((tables.runs.get(workflowId)?.fence ?? 0) > fence) {
    throw new ReelflowError('DB_CONFLICT', `the run ${workflowId} was taken over by another process`, { retryable: false });
  }
}

function passMarker(tables: MemoryTables, marker: ApplyOptions['marker']): boolean {
  if (marker === undefined) return true;
  if ((tables.markers.get(marker.source) ?? -1) >= marker.position) return false;
  tables.markers.set(marker.source, marker.position);
  return true;
}

function storeMovies(tables: MemoryTables, { film, related }: WriteBatch): Counts {
  const counts = { ...noCounts };
  const listed = new Map((related?.movies ?? []).map((movie) => [movie.tmdbId, movie]));
  if (film !== undefined) {
    listed.delete(film.movie.tmdbId);
    counts[storeMovie(tables, film.movie, film.fetchedAt, film.relatedIds)] += 1;
    for (const key of film.searchKeys ?? []) tables.searchKeys.set(key, film.movie.tmdbId);
  }
  for (const movie of listed.values()) counts[storeMovie(tables, movie, related?.fetchedAt ?? '', null)] += 1;
  return counts;
}

/** @param relatedIds - null for a film of a list */
function storeMovie(tables: MemoryTables, movie: Movie, fetchedAt: string, relatedIds: readonly number[] | null): Change {
  const row = tables.movies.get(movie.tmdbId);
  const changedAt = new Date().toISOString();
  const copy = structuredClone(movie);
  if (row === undefined) {
    const fresh = { id: tables.takeId(), movie: copy, fetchedAt, changedAt, detailed: relatedIds !== null };
    tables.movies.set(movie.tmdbId, { ...fresh, relatedIds: [...(relatedIds ?? [])], collections: new Map(), sentiment: null });
    return 'inserted';
  }
  if (row.fetchedAt > fetchedAt) return 'unchanged';
  const fromList = relatedIds === null;
  const next = fromList && row.detailed ? mergeListed(row.movie, copy) : copy;
  const sameRelated = fromList || JSON.stringify(row.relatedIds) === JSON.stringify(relatedIds);
  const same = sameMovie(row.movie, next) && (fromList || row.detailed) && sameRelated;
  tables.movies.set(movie.tmdbId, {
    ...row,
    movie: next,
    // A list says nothing about the age of the details: theirs stays, or they would never be fetched again.
    fetchedAt: fromList && row.detailed ? row.fetchedAt : fetchedAt,
    changedAt: same ? row.changedAt : changedAt,
    detailed: row.detailed || !fromList,
    relatedIds: fromList ? row.relatedIds : [...relatedIds],
  });
  return same ? 'unchanged' : 'updated';
}

function storeReviews(tables: MemoryTables, { reviews }: WriteBatch): Counts {
  const counts = { ...noCounts };
  if (reviews === undefined) return counts;
  const last = new Map(reviews.reviews.map((review) => [review.tweetId, review]));
  for (const review of last.values()) counts[storeReview(tables, review, reviews.fetchedAt)] += 1;
  return counts;
}

function storeReview(tables: MemoryTables, review: Review, fetchedAt: string): Change {
  const row = tables.reviews.get(review.tweetId);
  if (row === undefined) {
    const id = tables.takeId();
    tables.reviews.set(review.tweetId, { id, review: { ...review }, fetchedAt, sentiment: null, analyzer: null });
    return 'inserted';
  }
  if (row.fetchedAt > fetchedAt) return 'unchanged';
  const same = JSON.stringify(Object.entries(row.review).sort()) === JSON.stringify(Object.entries(review).sort());
  const scored = row.review.text === review.text ? {} : { sentiment: null, analyzer: null };
  tables.reviews.set(review.tweetId, { ...row, review: { ...review }, fetchedAt, ...scored });
  return same ? 'unchanged' : 'updated';
}

function storeCollections(tables: MemoryTables, { collections }: WriteBatch): void {
  for (const collection of collections ?? []) {
    const row = tables.movies.get(collection.tmdbId);
    if (row === undefined || (row.collections.get(collection.source)?.fetchedAt ?? '') > collection.fetchedAt) continue;
    const merged = new Map(row.collections).set(collection.source, { ...collection });
    tables.movies.set(collection.tmdbId, { ...row, collections: merged });
  }
}

function storeAnalysis(tables: MemoryTables, { analysis }: WriteBatch): void {
  if (analysis === undefined) return;
  for (const { tweetId, score } of analysis.scores) {
    const row = tables.reviews.get(tweetId);
    if (row !== undefined) tables.reviews.set(tweetId, { ...row, sentiment: { ...score }, analyzer: analysis.analyzer });
  }
  const film = tables.movies.get(analysis.tmdbId);
  if (film === undefined) return;
  const changedAt = new Date().toISOString();
  tables.movies.set(analysis.tmdbId, { ...film, sentiment: structuredClone(analysis.summary), changedAt });
}

function storeQuarantine(tables: MemoryTables, { rejected, released, steps, run }: WriteBatch): void {
  const workflowId = steps?.workflowId ?? run?.workflowId ?? null;
  for (const record of rejected ?? []) {
    const id = tables.takeId();
    tables.quarantine.set(id, { ...structuredClone(record), id, workflowId, quarantinedAt: new Date().toISOString() });
  }
  for (const id of released ?? []) tables.quarantine.delete(id);
}

function storeRun(tables: MemoryTables, { run, steps, checkpoints }: WriteBatch): void {
  if (run !== undefined) {
    const row = tables.runs.get(run.workflowId) ?? { owner: null, leaseUntilMs: 0, fence: 0, checkpoints: [] };
    tables.runs.set(run.workflowId, { ...row, run: structuredClone(run) });
  }
  for (const checkpoint of checkpoints ?? []) {
    const row = tables.runs.get(checkpoint.workflowId);
    if (row === undefined) continue;
    const others = row.checkpoints.filter(({ step, key }) => step !== checkpoint.step || key !== checkpoint.key);
    tables.runs.set(checkpoint.workflowId, { ...row, checkpoints: [...others, { ...checkpoint }] });
  }
  for (const report of steps?.reports ?? []) storeStep(tables, steps?.workflowId ?? '', report);
}

function storeStep(tables: MemoryTables, workflowId: string, report: StepReport): void {
  const row = tables.runs.get(workflowId);
  if (row === undefined) return;
  const steps = [...row.run.steps.filter(({ name }) => name !== report.name), structuredClone(report)];
  steps.sort((one, other) => stepNames.indexOf(one.name) - stepNames.indexOf(other.name));
  const checkpoints = row.checkpoints.filter(({ step }) => step !== report.name);
  tables.runs.set(workflowId, { ...row, run: { ...row.run, steps }, checkpoints });
}
