import type { SerializedError } from '../errors/serialized-error.js';
import type { CachedMovies } from './cache/cached-movies.js';
import type { CatalogueIndex } from './catalogue-index.js';
import type { EventPublisher } from './event-publisher.js';
import type { ResolvedManagerOptions } from './manager-options.js';
import type { RecommendationMemo } from './recommendation-memo.js';
import type { RunCalls } from './run-calls.js';
import type { RunCheckpoints } from './run-checkpoints.js';
import type { RunJournal } from './run-journal.js';
import type { SearchRequest } from './search-request.js';
import type { SharedPosts } from './shared-posts.js';

/** What the steps of one run work with. */
export interface RunContext {
  readonly workflowId: string;
  readonly request: SearchRequest;
  readonly options: ResolvedManagerOptions;
  readonly calls: RunCalls;
  readonly journal: RunJournal;
  readonly checkpoints: RunCheckpoints;
  readonly publish: EventPublisher;
  readonly movies: CachedMovies;
  readonly posts: SharedPosts;
  readonly catalogue: CatalogueIndex;
  readonly recommended: RecommendationMemo;
  readonly signal: AbortSignal;
}

/** What a step gives: its value, and whether something is missing from it. */
export interface StepOutcome<Value> {
  readonly value: Value;
  readonly status: 'ok' | 'degraded' | 'skipped';
  readonly errors: readonly SerializedError[];
}

export const ok = <Value>(value: Value): StepOutcome<Value> => ({ value, status: 'ok', errors: [] });
export const skipped = <Value>(value: Value): StepOutcome<Value> => ({ value, status: 'skipped', errors: [] });
export const degraded = <Value>(value: Value, errors: readonly SerializedError[]): StepOutcome<Value> => ({
  value,
  status: 'degraded',
  errors,
});
