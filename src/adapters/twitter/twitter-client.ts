import type { RejectedRecord } from '../../domain/records.js';
import type { Review } from '../../domain/review.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { ApiPolicy } from '../../ports/api-policy.js';
import type { CallContext, Spend } from '../../ports/call-context.js';
import type { ReviewApiClient, ReviewPage, ReviewQuery } from '../../ports/review-api-client.js';
import { JsonClient } from '../http/json-client.js';
import { type ResolvedTwitterOptions, resolveTwitterOptions, type TwitterClientOptions } from './options.js';
import { toProblem } from './problem.js';
import { buildQuery } from './query.js';
import { quotaOf } from './quota.js';
import { momentOfId, requestedFields, searchAnswer, toReview } from './wire.js';

/** What X allows in one page. Source: X API v2, recent search. */
const smallestPage = 10;
const largestPage = 100;
/** US dollars for each post returned, since February 2026. Source: X, pricing. */
const usdPerPost = 0.005;
/** At 15 calls a minute the 20 attempts that the built-in breaker wants take more than a minute of failures. */
const slowApi: ApiPolicy = { breaker: { minimumAttempts: 8, windowMs: 120_000 } };
/** Recent search reaches back seven days and answers 400 to an older `since_id`; an hour is left for clocks. */
const sinceReachMs = 7 * 86_400_000 - 3_600_000;

/**
 * Posts from X by recent search. One page is one request; no user objects are bought. Limits are the coordinator's:
 * this client brings none, so the built-in 15 in 60 s, or the host's, hold.
 * @throws INVALID_OPTIONS for a missing token or an option that cannot be used
 */
export class TwitterClient implements ReviewApiClient {
  readonly name: string;
  readonly defaultPolicy: ApiPolicy = slowApi;
  readonly #options: ResolvedTwitterOptions;
  readonly #http: JsonClient;

  constructor(options: TwitterClientOptions) {
    this.#options = resolveTwitterOptions(options);
    const { name, baseUrl, bearerToken, fetch } = this.#options;
    this.name = name;
    this.#http = new JsonClient({ name, baseUrl, headers: { authorization: `Bearer ${bearerToken}` }, fetch });
  }

  /** The dollars for a full page: what it costs at most. */
  estimateSpend({ maxResults }: ReviewQuery): Spend {
    const posts = pageSize(maxResults);
    return { usd: dollars(posts), posts };
  }

  /** @throws INVALID_INPUT for a film whose title holds nothing that can be searched for */
  async searchReviews(query: ReviewQuery, context: CallContext): Promise<ReviewPage> {
    const answer = await this.#http.get({
      path: '2/tweets/search/recent',
      query: this.#parameters(query),
      signal: context.signal,
    });
    if (answer.status !== 200) throw toProblem(answer, this.name, this.#options.bearerToken);
    const quota = quotaOf(answer.headers);
    if (quota !== null) context.reportQuota?.(quota);
    const parsed = searchAnswer.safeParse(answer.body);
    if (!parsed.success) {
      throw new ReelflowError('API_INVALID_RESPONSE', `${this.name} sent a page that is not in the shape it documents`);
    }
    const { data = [], meta } = parsed.data;
    const posts = data.length;
    context.reportSpend?.({ usd: dollars(posts), posts });
    return { ...this.#sort(data, query), nextCursor: meta?.next_token ?? null, costUsd: dollars(posts) };
  }

  #parameters({ movie, maxResults, cursor, sinceId }: ReviewQuery): Record<string, string> {
    const { language, terms, vocabulary } = this.#options;
    return {
      query: buildQuery(movie.title, { language, terms }),
      max_results: String(pageSize(maxResults)),
      ...requestedFields[vocabulary],
      ...(cursor === undefined ? {} : { next_token: cursor }),
      ...(sinceId !== undefined && isWithinReach(sinceId) ? { since_id: sinceId } : {}),
    };
  }

  /** Posts and rejected ones; no more posts than were wanted, although a page holds at least ten. */
  #sort(data: readonly unknown[], { movie, maxResults }: ReviewQuery): Pick<ReviewPage, 'reviews' | 'rejected'> {
    const reviews = new Map<string, Review>();
    const rejected: RejectedRecord[] = [];
    for (const raw of data) {
      const read = toReview(raw, movie.tmdbId, this.name);
      if ('kind' in read) rejected.push(read);
      else if (!reviews.has(read.tweetId)) reviews.set(read.tweetId, read);
    }
    return { reviews: [...reviews.values()].slice(0, maxResults), rejected };
  }
}

const pageSize = (wanted: number): number => Math.min(largestPage, Math.max(smallestPage, Math.ceil(wanted)));
const dollars = (posts: number): number => Math.round(posts * usdPerPost * 1e6) / 1e6;

function isWithinReach(sinceId: string): boolean {
  const madeAtMs = momentOfId(sinceId);
  return madeAtMs !== null && Date.now() - madeAtMs < sinceReachMs;
}
