// How a service that uses reelflow is unit-tested: fakes that do what they are told, and a repository in memory.
import assert from 'node:assert/strict';
import { AutomatedWorkflowManager, MemoryRepository, type Movie, ReelflowError } from 'reelflow';
import { FakeMovieClient, FakeReviewClient } from 'reelflow/testing';

const film: Movie = {
  tmdbId: 1,
  title: 'The Lighthouse Ledger',
  originalTitle: 'The Lighthouse Ledger',
  originalLanguage: 'en',
  releaseDate: '2025-02-14',
  genres: ['Drama'],
  keywords: [],
  cast: [],
  directors: [],
  overview: '',
  rating: 7.4,
  voteCount: 120,
  popularity: 3,
  runtimeMinutes: 101,
  posterPath: null,
};

// The first answer of the film source fails; the source of posts is out of credit.
const movies = new FakeMovieClient({ movies: [film] }).onSearch({
  error: new ReelflowError('API_TIMEOUT', 'too slow'),
});
const reviews = new FakeReviewClient().onSearch({ error: new ReelflowError('API_QUOTA_EXHAUSTED', 'no credit') });
const manager = new AutomatedWorkflowManager({
  movies,
  reviews,
  repository: new MemoryRepository(),
  coordinator: { retryDelayMs: 1 },
});

const result = await manager.handleUserSearch('The Lighthouse Ledger');

assert.equal(result.success, true);
assert.equal(result.degraded, true);
assert.deepEqual(
  result.errors.map(({ code }) => code),
  ['API_QUOTA_EXHAUSTED'],
);
assert.deepEqual(
  movies.calls.map(({ method }) => method),
  ['searchMovies', 'searchMovies', 'getMovie'],
);
assert.equal(reviews.calls.length, 1); // out of credit is not tried again
console.log('the service copes: tried again once, and went on without posts');

await manager.close();
assert.equal(movies.closed, true);
