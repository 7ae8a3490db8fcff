import type { Movie, MovieCandidate } from '../domain/movie.js';
import type { RejectedRecord } from '../domain/records.js';
import type { Review } from '../domain/review.js';
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

/**
 * Posts page by page, each page one coordinated call, until there are enough, no more, or a page repeats what is known:
 * only posts that came before, or a cursor that did. A page that fails ends it; what was bought before is kept.
 */
export async function collectPosts(
  { client, movie, count, sinceId }: PostsWanted,
  calls: RunCalls,
  signal: AbortSignal,
): Promise<CollectedPosts> {
  const reviews = new Map<string, Review>();
  const rejected: RejectedRecord[] = [];
  const cursors = new Set<string>();
  let cursor: string | undefined;
  let pages = 0;
  let barrenPages = 0;
  let costUsd = 0;
  while (reviews.size < count && barrenPages < mostBarrenPages) {
    let page: ReviewPage;
    try {
      page = await nextPage({ client, movie, count: count - reviews.size, sinceId }, cursor, calls, signal);
    } catch (thrown) {
      return { reviews: [...reviews.values()], rejected, pages, costUsd, error: toReelflowError(thrown, 'api') };
    }
    pages += 1;
    costUsd += page.costUsd;
    rejected.push(...page.rejected);
    const before = reviews.size;
    for (const review of page.reviews) reviews.set(review.tweetId, review);
    const repeated = page.reviews.length > 0 && reviews.size === before;
    barrenPages = reviews.size === before ? barrenPages + 1 : 0;
    if (page.nextCursor === null || cursors.has(page.nextCursor) || repeated) break;
    cursor = page.nextCursor;
    cursors.add(cursor);
  }
  return { reviews: [...reviews.values()].slice(0, count), rejected, pages, costUsd, error: null };
}

/** A page as a client of the host's gives it: what is missing counts as nothing, what is no page at all is an error. */
function checkPage(page: Partial<ReviewPage> | null | undefined, name: string): ReviewPage {
  if (typeof page !== 'object' || page === null || !Array.isArray(page.reviews)) {
    throw new ReelflowError('API_INVALID_RESPONSE', `${name} gave no page of posts`);
  }
  const { reviews, rejected = [], nextCursor = null, costUsd = 0 } = page;
  return { reviews, rejected, nextCursor, costUsd: Number.isFinite(costUsd) ? costUsd : 0 };
}

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
