import type { Movie, MovieCandidate } from '../domain/movie.js';
import type { RejectedRecord } from '../domain/records.js';
import type { Review } from '../domain/review.js';
import type { ApiClient } from './api-client.js';
import type { CallContext, Spend } from './call-context.js';

export interface ReviewQuery {
  readonly movie: Movie | MovieCandidate;
  /** How many posts are still wanted; a page may bring fewer, never more. */
  readonly maxResults: number;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
  /** Only posts newer than this id. */
  readonly sinceId?: string;
}

export interface ReviewPage {
  readonly reviews: Review[];
  readonly rejected: RejectedRecord[];
  /** null: this was the last page. An empty page may have a next one. */
  readonly nextCursor: string | null;
  /** What the provider charged for this page, in US dollars. */
  readonly costUsd: number;
}

/** Finds posts about a film at one source. One page is one request and one coordinated call. */
export interface ReviewApiClient extends ApiClient {
  searchReviews(query: ReviewQuery, context: CallContext): Promise<ReviewPage>;
  /** The most that this page can cost: reserved in the spend budget before it is asked for. @default { usd: 0, posts: maxResults } */
  estimateSpend?(query: ReviewQuery): Spend;
}
