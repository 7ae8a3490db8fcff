import assert from 'node:assert/strict';
import type { Movie } from '../../domain/movie.js';
import type { RejectedRecord } from '../../domain/records.js';
import type { Review } from '../../domain/review.js';
import { parseReview } from '../../domain/schemas.js';
import type { Spend } from '../../ports/call-context.js';
import type { ReviewApiClient, ReviewPage } from '../../ports/review-api-client.js';
import type { TestFunction } from '../test-function.js';
import {
  apiFailureOf,
  context,
  hearsAnAbortedSignal,
  hearsAnAbortInFlight,
  isComplete,
  nobodyKnows,
} from './support.js';

/** A client under test, and what it must know. */
export interface ReviewClientUnderTest {
  readonly client: ReviewApiClient;
  /** A film about which it knows more than 20 posts. */
  readonly movie: Movie;
  /** The same client where its provider cannot be reached. @default that it fails as it should is not tested */
  readonly unreachable?: ReviewApiClient;
  /** The credential it was made with: no error may hold it. */
  readonly secret?: string;
}

/** What every ReviewApiClient promises. The suite closes the clients. */
export function reviewApiClientContract(test: TestFunction, create: () => Promise<ReviewClientUnderTest>): void {
  const onFresh = (name: string, run: (subject: ReviewClientUnderTest) => Promise<void>) => {
    test(name, async () => {
      const subject = await create();
      try {
        await run(subject);
      } finally {
        await subject.client.close?.();
        await subject.unreachable?.close?.();
      }
    });
  };

  onFresh('has a name', async ({ client }) => {
    assert.equal(typeof client.name, 'string');
    assert.notEqual(client.name, '');
  });
  onFresh('brings posts about the film that pass the schema, and no more than were wanted', async (subject) => {
    const { client, movie } = subject;
    const page = await client.searchReviews({ movie, maxResults: 7 }, context());
    assert.equal(page.reviews.length, 7);
    for (const review of page.reviews) isReview(review, movie);
    assert.ok((await client.searchReviews({ movie, maxResults: 1 }, context())).reviews.length <= 1);
  });
  onFresh('says of each record that it skipped why, and what it was', async ({ client, movie }) => {
    const { rejected } = await client.searchReviews({ movie, maxResults: 100 }, context());
    assert.ok(Array.isArray(rejected));
    for (const record of rejected) isRejectedReview(record);
  });
  onFresh('says what a page costs, and never more than it estimated', async ({ client, movie }) => {
    const query = { movie, maxResults: 12 };
    const reported: Spend[] = [];
    const { costUsd } = await client.searchReviews(query, {
      ...context(),
      reportSpend: (spent) => void reported.push(spent),
    });
    assert.ok(Number.isFinite(costUsd) && costUsd >= 0, `costUsd is ${costUsd}`);
    if (client.estimateSpend === undefined) return;
    const most = client.estimateSpend(query);
    for (const { usd, posts } of [most, ...reported]) {
      assert.ok(Number.isFinite(usd) && usd >= 0 && Number.isInteger(posts) && posts >= 0);
      assert.ok(usd <= most.usd, `${usd} USD were spent, at most ${most.usd} were estimated`);
    }
    assert.ok(costUsd <= most.usd, `it cost ${costUsd} USD, at most ${most.usd} were estimated`);
  });
  onFresh('goes on where the page before ended, without doubles, to its end', async ({ client, movie }) => {
    const seen = new Set<string>();
    for (const { reviews } of await pagesOf(client, movie, 10)) {
      assert.ok(reviews.length <= 10, `a page of ${reviews.length} posts, 10 were wanted`);
      for (const { tweetId } of reviews) {
        assert.ok(!seen.has(tweetId), `${tweetId} came twice`);
        seen.add(tweetId);
      }
    }
    assert.ok(seen.size > 20);
  });
  onFresh('brings nothing older than the post it is told of', async ({ client, movie }) => {
    const { reviews } = await client.searchReviews({ movie, maxResults: 10 }, context());
    const sinceId = reviews[3]?.tweetId ?? assert.fail('too few posts');
    const newer = await client.searchReviews({ movie, maxResults: 10, sinceId }, context());
    assert.deepEqual(idsOf(newer), idsOf({ reviews: reviews.slice(0, 3) }));
  });
  onFresh('gives an empty page, and no next one, for a film nobody writes about', async ({ client, movie }) => {
    const unknown = { ...movie, ...nobodyKnows, originalTitle: nobodyKnows.title };
    const pages = await pagesOf(client, unknown, 10);
    assert.deepEqual(pages.flatMap(idsOf), []);
  });
  onFresh('fails with an API_* code where its provider cannot be reached', async ({ unreachable, movie, secret }) => {
    if (unreachable === undefined) return;
    await apiFailureOf(unreachable.searchReviews({ movie, maxResults: 10 }, context()), secret);
  });
  onFresh('answers calls that are made at the same time, each its own', async ({ client, movie }) => {
    const sizes = [10, 3, 7];
    const pages = await Promise.all(sizes.map((maxResults) => client.searchReviews({ movie, maxResults }, context())));
    const [whole = assert.fail()] = pages;
    assert.deepEqual(
      pages.map(idsOf),
      sizes.map((size) => idsOf(whole).slice(0, size)),
    );
  });
  onFresh('hears a signal that has aborted', ({ client, movie }) =>
    hearsAnAbortedSignal((signal) => client.searchReviews({ movie, maxResults: 10 }, context(signal))),
  );
  onFresh('hears a signal that aborts under way', ({ client, movie }) =>
    hearsAnAbortInFlight((signal) => client.searchReviews({ movie, maxResults: 10 }, context(signal))),
  );
}

const mostPages = 100;

async function pagesOf(client: ReviewApiClient, movie: Movie, maxResults: number): Promise<ReviewPage[]> {
  const pages: ReviewPage[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    assert.ok(pages.length < mostPages, `more than ${mostPages} pages: is nextCursor ever null?`);
    const query = { movie, maxResults, ...(cursor === undefined ? {} : { cursor }) };
    const page = await client.searchReviews(query, context());
    assert.ok(page.nextCursor === null || (typeof page.nextCursor === 'string' && page.nextCursor !== ''));
    pages.push(page);
    cursor = page.nextCursor;
  }
  return pages;
}

const idsOf = ({ reviews }: Pick<ReviewPage, 'reviews'>): string[] => reviews.map(({ tweetId }) => tweetId);

function isReview(review: Review, movie: Movie): void {
  assert.equal(typeof review.tweetId, 'string', 'ids are text: a number loses digits past 2^53');
  const parsed = parseReview(review);
  assert.ok(parsed.ok, parsed.ok ? undefined : parsed.rejected.reason.message);
  isComplete(review, parsed.value);
  assert.equal(review.createdAt, parsed.value.createdAt, 'createdAt is ISO 8601 in UTC, with milliseconds');
  assert.equal(review.tmdbId, movie.tmdbId);
}

function isRejectedReview({ kind, reason, field, raw }: RejectedRecord): void {
  assert.equal(kind, 'review');
  assert.match(reason.code, /^DATA_/);
  assert.ok(reason.message.length > 0);
  assert.ok(field === null || typeof field === 'string');
  assert.equal(typeof raw, 'string', 'raw is the record as text');
}
