import type { Movie, MovieCandidate } from '../domain/movie.js';
import type { RejectedRecord } from '../domain/records.js';
import type { Review } from '../domain/review.js';
import { parseReview } from '../domain/schemas.js';
import { toReelflowError } from '../errors/classify-error.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import type { ReviewApiClient, ReviewPage } from '../ports/review-api-client.js';
import type { RunCalls } from './run-calls.js';

/** The most posts one page brings at any provider known. */
const largestPage = 100;
/** Pages in a row that bring nothing new: providers send empty ones with a next page, and may do so for ever. */
const mostBarrenPages = 5;

export interface CollectedPosts {
  readonly reviews: readonly Review[];
  readonly rejected: readonly RejectedRecord[];
  /** Pages that were answered. */
  readonly pages: number;
  readonly costUsd: number;
  /** Why there are no more, when it was not the end. */
  readonly error: ReelflowError | null;
}

export interface PostsWanted {
  readonly client: ReviewApiClient;
  readonly movie: Movie | MovieCandidate;
  readonly count: number;
  readonly sinceId: string | undefined;
}

/** A page that was answered; 1 is the first of its source. */
export interface AnsweredPage {
  readonly page: ReviewPage;
  readonly number: number;
}

export interface PostsProgress {
  /** Pages of a run that a crash cut, in order: they are not asked for again. */
  readonly before: readonly ReviewPage[];
  /** Told of each page, those of before too; the next one is asked for when it has heard. */
  readonly onPage: (answered: AnsweredPage) => Promise<void>;
}

/**
 * Posts page by page, each page one coordinated call, until there are enough, no more, or a page repeats what is known:
 * only posts that came before, or a cursor that did. A page that fails ends it; what was bought before is kept.
 */
export async function collectPosts(
  wanted: PostsWanted,
  { before, onPage }: PostsProgress,
  calls: RunCalls,
  signal: AbortSignal,
): Promise<CollectedPosts> {
  const posts = new GatheredPosts(wanted.count);
  while (posts.wantsMore) {
    let page = before[posts.pages];
    try {
      page ??= await nextPage({ ...wanted, count: posts.missing }, posts.cursor, calls, signal);
    } catch (thrown) {
      return posts.collected(toReelflowError(thrown, 'api'));
    }
    posts.take(page);
    await onPage({ page, number: posts.pages });
  }
  return posts.collected(null);
}

/** The pages so far, and whether another one is of use. */
class GatheredPosts {
  readonly #count: number;
  readonly #byId = new Map<string, Review>();
  /** Without an id, or doubles that are not right: validation sets them aside. */
  readonly #odd: Review[] = [];
  readonly #rejected: RejectedRecord[] = [];
  readonly #cursors = new Set<string>();
  #cursor: string | undefined;
  #pages = 0;
  #barrenPages = 0;
  #costUsd = 0;
  #ended = false;

  constructor(count: number) {
    this.#count = count;
  }

  get pages(): number {
    return this.#pages;
  }

  get cursor(): string | undefined {
    return this.#cursor;
  }

  get missing(): number {
    return this.#count - this.#byId.size;
  }

  get wantsMore(): boolean {
    return !this.#ended && this.missing > 0 && this.#barrenPages < mostBarrenPages;
  }

  take({ reviews, rejected, nextCursor, costUsd }: ReviewPage): void {
    this.#pages += 1;
    this.#costUsd += costUsd;
    this.#rejected.push(...rejected);
    const known = this.#byId.size;
    for (const review of reviews) this.#add(review);
    const isBarren = this.#byId.size === known;
    this.#barrenPages = isBarren ? this.#barrenPages + 1 : 0;
    if (nextCursor === null || this.#cursors.has(nextCursor) || (isBarren && reviews.length > 0)) {
      this.#ended = true;
      return;
    }
    this.#cursor = nextCursor;
    this.#cursors.add(nextCursor);
  }

  /** Of doubles the last one counts, but no bad one in place of a good one. */
  #add(review: Review): void {
    const id = idOfPost(review);
    const known = id === null ? undefined : this.#byId.get(id);
    if (id === null || (known !== undefined && !parseReview(review).ok)) {
      this.#odd.push(review);
      return;
    }
    if (known !== undefined && !parseReview(known).ok) this.#odd.push(known);
    this.#byId.set(id, review);
  }

  collected(error: ReelflowError | null): CollectedPosts {
    const reviews = [...[...this.#byId.values()].slice(0, this.#count), ...this.#odd];
    return { reviews, rejected: this.#rejected, pages: this.#pages, costUsd: this.#costUsd, error };
  }
}

/** A client of the host's may give anything as a post. @returns null for what has no id */
export function idOfPost(review: unknown): string | null {
  if (typeof review !== 'object' || review === null || !('tweetId' in review)) return null;
  return typeof review.tweetId === 'string' && review.tweetId !== '' ? review.tweetId : null;
}

/** A page as a client of the host's gives it: what is missing counts as nothing, what is no page at all is an error. */
function checkPage(page: Partial<ReviewPage> | null | undefined, name: string): ReviewPage {
  if (typeof page !== 'object' || page === null || !Array.isArray(page.reviews)) {
    throw new ReelflowError('API_INVALID_RESPONSE', `${name} gave no page of posts`);
  }
  const { reviews, nextCursor = null, costUsd = 0 } = page;
  const rejected = Array.isArray(page.rejected) ? page.rejected.filter(isRejected) : [];
  return { reviews, rejected, nextCursor, costUsd: Number.isFinite(costUsd) ? costUsd : 0 };
}

const isRejected = (record: Partial<RejectedRecord> | null | undefined): boolean =>
  record?.kind !== undefined && typeof record.reason?.code === 'string';

async function nextPage(
  { client, movie, count, sinceId }: PostsWanted,
  cursor: string | undefined,
  calls: RunCalls,
  signal: AbortSignal,
): Promise<ReviewPage> {
  const query = {
    movie,
    maxResults: Math.min(count, largestPage),
    ...(cursor === undefined ? {} : { cursor }),
    ...(sinceId === undefined ? {} : { sinceId }),
  };
  const spend = client.estimateSpend?.(query) ?? { usd: 0, posts: query.maxResults };
  return calls.api(client.name, async (context) => checkPage(await client.searchReviews(query, context), client.name), {
    spend,
    signal,
  });
}
