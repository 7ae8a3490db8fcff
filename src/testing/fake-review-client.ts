import type { Review } from '../domain/review.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import type { ApiPolicy } from '../ports/api-policy.js';
import type { CallContext, Spend } from '../ports/call-context.js';
import type { ReviewApiClient, ReviewPage, ReviewQuery } from '../ports/review-api-client.js';
import { type FakeStep, Script } from './script.js';

export interface FakeReviewClientOptions {
  /** @default 'twitter' */
  readonly name?: string | undefined;
  /** The posts it knows. @default none */
  readonly reviews?: readonly Review[] | undefined;
  /** Posts in one page at most. @default 100 */
  readonly pageSize?: number | undefined;
  /** US dollars for each post. @default 0 */
  readonly usdPerPost?: number | undefined;
  /** @default no limits */
  readonly defaultPolicy?: ApiPolicy | undefined;
}

/** A ReviewApiClient for unit tests: knows the posts it is given, does what it is told, and writes down what it was asked. */
export class FakeReviewClient implements ReviewApiClient {
  readonly name: string;
  readonly defaultPolicy: ApiPolicy;
  /** Every query, oldest first. */
  readonly calls: ReviewQuery[] = [];
  /** Whether `close` was called. */
  closed = false;
  readonly #reviews: readonly Review[];
  readonly #pageSize: number;
  readonly #usdPerPost: number;
  readonly #pages = new Script<ReviewPage>();

  constructor(options: FakeReviewClientOptions = {}) {
    const { name = 'twitter', reviews = [], pageSize = 100, usdPerPost = 0, defaultPolicy = { limits: [] } } = options;
    this.name = name;
    this.defaultPolicy = defaultPolicy;
    this.#reviews = [...reviews].sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
    this.#pageSize = pageSize;
    this.#usdPerPost = usdPerPost;
  }

  /** What the next pages are, one step each. */
  onSearch(...steps: Array<FakeStep<ReviewPage>>): this {
    this.#pages.add(steps);
    return this;
  }

  estimateSpend({ maxResults }: ReviewQuery): Spend {
    const posts = Math.min(maxResults, this.#pageSize);
    return { usd: posts * this.#usdPerPost, posts };
  }

  async searchReviews(query: ReviewQuery, context: CallContext): Promise<ReviewPage> {
    this.calls.push(query);
    const page = await this.#pages.play(context.signal, () => this.#page(query));
    context.reportSpend?.({ usd: page.costUsd, posts: page.reviews.length });
    return page;
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  #page({ movie, maxResults, cursor, sinceId }: ReviewQuery): ReviewPage {
    const from = cursor === undefined ? 0 : Number(cursor);
    if (!Number.isInteger(from) || from < 0)
      throw new ReelflowError('API_BAD_REQUEST', `${this.name} gave out no cursor like this`);
    const about = this.#reviews.filter(({ tmdbId }) => tmdbId === movie.tmdbId);
    const known = about.findIndex(({ tweetId }) => tweetId === sinceId);
    const found = known === -1 ? about : about.slice(0, known);
    const to = from + Math.min(maxResults, this.#pageSize);
    const reviews = found.slice(from, to);
    const nextCursor = to < found.length ? String(to) : null;
    return { reviews, rejected: [], nextCursor, costUsd: reviews.length * this.#usdPerPost };
  }
}
