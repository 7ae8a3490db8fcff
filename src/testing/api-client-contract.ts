import assert from 'node:assert/strict';
import type { Movie } from '../domain/movie.js';
import type { Review } from '../domain/review.js';
import { parseCandidate, parseMovie, parseReview } from '../domain/schemas.js';
import { isReelflowError } from '../errors/reelflow-error.js';
import type { CallContext } from '../ports/call-context.js';
import type { MovieApiClient } from '../ports/movie-api-client.js';
import type { ReviewApiClient } from '../ports/review-api-client.js';
import type { TestFunction } from './test-function.js';

/** A client under test, and what it must know. */
export interface MovieClientUnderTest {
  readonly client: MovieApiClient;
  /** A film that it knows. */
  readonly known: Pick<Movie, 'tmdbId' | 'title'>;
  readonly unknownId: number;
}

export interface ReviewClientUnderTest {
  readonly client: ReviewApiClient;
  /** A film about which it knows more than 20 posts. */
  readonly movie: Movie;
}

const context = (signal: AbortSignal = new AbortController().signal): CallContext => ({ signal, attempt: 1 });

async function rejection(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  return assert.fail('it should have failed');
}

/** What every MovieApiClient promises. */
export function movieApiClientContract(test: TestFunction, create: () => Promise<MovieClientUnderTest>): void {
  test('finds a film by its title, as candidates that pass the schema', async () => {
    const { client, known } = await create();
    const found = await client.searchMovies({ text: known.title }, context());
    assert.ok(found.some(({ tmdbId }) => tmdbId === known.tmdbId));
    for (const candidate of found) assert.ok(parseCandidate(candidate).ok);
    assert.equal(new Set(found.map(({ tmdbId }) => tmdbId)).size, found.length);
  });
  test('gives an empty list for a title nobody knows', async () => {
    const { client } = await create();
    assert.deepEqual(await client.searchMovies({ text: 'qzxv wqkj' }, context()), []);
  });
  test('gives the details of a film, with related films other than itself', async () => {
    const { client, known } = await create();
    const { movie, related } = await client.getMovie(known.tmdbId, context());
    assert.equal(movie.tmdbId, known.tmdbId);
    for (const film of [movie, ...related]) assert.ok(parseMovie(film).ok);
    assert.ok(related.every(({ tmdbId }) => tmdbId !== known.tmdbId));
  });
  test('fails with API_NOT_FOUND for an unknown id', async () => {
    const { client, unknownId } = await create();
    const error = await rejection(client.getMovie(unknownId, context()));
    assert.ok(isReelflowError(error));
    assert.equal(error.code, 'API_NOT_FOUND');
  });
  test('hears a signal that has aborted', async () => {
    const { client, known } = await create();
    await rejection(client.searchMovies({ text: known.title }, context(AbortSignal.abort())));
  });
}

/** What every ReviewApiClient promises. */
export function reviewApiClientContract(test: TestFunction, create: () => Promise<ReviewClientUnderTest>): void {
  test('brings posts about the film that pass the schema, and no more than were wanted', async () => {
    const { client, movie } = await create();
    const page = await client.searchReviews({ movie, maxResults: 7 }, context());
    assert.equal(page.reviews.length, 7);
    for (const review of page.reviews) {
      assert.ok(parseReview(review).ok);
      assert.equal(review.tmdbId, movie.tmdbId);
    }
    assert.ok(page.costUsd >= 0);
  });
  test('goes on where the page before ended, without doubles, to its end', async () => {
    const { client, movie } = await create();
    const seen = new Set<string>();
    let cursor: string | null | undefined;
    for (let pages = 0; pages < 100 && cursor !== null; pages += 1) {
      const page = await client.searchReviews(
        { movie, maxResults: 10, ...(cursor === undefined ? {} : { cursor }) },
        context(),
      );
      for (const { tweetId } of page.reviews) {
        assert.ok(!seen.has(tweetId), `${tweetId} came twice`);
        seen.add(tweetId);
      }
      cursor = page.nextCursor;
    }
    assert.equal(cursor, null);
    assert.ok(seen.size > 20);
  });
  test('brings nothing older than the post it is told of', async () => {
    const { client, movie } = await create();
    const { reviews } = await client.searchReviews({ movie, maxResults: 10 }, context());
    const sinceId = reviews[3]?.tweetId ?? assert.fail('too few posts');
    const newer = await client.searchReviews({ movie, maxResults: 10, sinceId }, context());
    assert.deepEqual(
      newer.reviews.map(({ tweetId }: Review) => tweetId),
      reviews.slice(0, 3).map(({ tweetId }) => tweetId),
    );
  });
  test('hears a signal that has aborted', async () => {
    const { client, movie } = await create();
    await rejection(client.searchReviews({ movie, maxResults: 10 }, context(AbortSignal.abort())));
  });
}
