import type { SearchOptions } from '../../domain/workflow-run.js';
import type { ResolvedOrchestratorOptions } from '../options.js';
import type { WireSearch } from '../wire/search.js';

const defaultReviews = 10;

/** A search ends a little before its answer is due, so that what is there by then is answered. */
const deadlineOf = (requestTimeoutMs: number): number => requestTimeoutMs - Math.min(1000, requestTimeoutMs / 10);

export const searchOptions = (
  { max_reviews: maxReviews, collect_new_data: collectNewData }: WireSearch,
  options: Pick<ResolvedOrchestratorOptions, 'requestTimeoutMs' | 'maxReviews'>,
  signal?: AbortSignal,
): SearchOptions => ({
  collectNewData,
  maxReviews: maxReviews ?? Math.min(defaultReviews, options.maxReviews),
  deadlineMs: deadlineOf(options.requestTimeoutMs),
  signal,
});
