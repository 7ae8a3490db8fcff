import type { Review } from '../../domain/review.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { ApiPolicy } from '../../ports/api-policy.js';
import type { CallContext } from '../../ports/call-context.js';
import type { ReviewApiClient, ReviewPage, ReviewQuery } from '../../ports/review-api-client.js';

const pageSize = 100;

/** Posts from a list of yours, newest first; free of charge. */
export class MemoryReviewClient implements ReviewApiClient {
  readonly name: string;
  readonly defaultPolicy: ApiPolicy = { limits: [] };
  readonly #reviews: readonly Review[];

  constructor(reviews: Iterable<Review>, { name = 'memory-reviews' }: { readonly name?: string } = {}) {
    this.name = name;
    this.#reviews = [...reviews].sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
  }

  async searchReviews(
    { movie, maxResults, cursor, sinceId }: ReviewQuery,
    { signal }: CallContext,
  ): Promise<ReviewPage> {
    signal.throwIfAborted();
    const from = cursor === undefined ? 0 : Number(cursor);
    if (!Number.isInteger(from) || from < 0)
      throw new ReelflowError('API_BAD_REQUEST', `${this.name} gave out no cursor like this`);
    const about = this.#reviews.filter(({ tmdbId }) => tmdbId === movie.tmdbId);
    const known = about.findIndex(({ tweetId }) => tweetId === sinceId);
    const found = known === -1 ? about : about.slice(0, known);
    const to = from + Math.min(pageSize, maxResults);
    return {
      reviews: found.slice(from, to),
      rejected: [],
      nextCursor: to < found.length ? String(to) : null,
      costUsd: 0,
    };
  }

  estimateSpend() {
    return { usd: 0, posts: 0 };
  }
}
