// How a service that uses reelflow is unit-tested: fakes that do what they are told, faults wherever you want them, and
// a repository in memory. No network, no database, no waiting.
import assert from 'node:assert/strict';
import { AutomatedWorkflowManager, MemoryRepository, ReelflowError } from 'reelflow';
import {
  CollectingLogger,
  FakeMovieClient,
  FakeReviewClient,
  FakeSentimentAnalyzer,
  type FaultPlan,
  injectFaults,
  sampleMovie,
  sampleReviews,
} from 'reelflow/testing';

const film = sampleMovie({ title: 'The Lighthouse Ledger' });

// 1. Scripted fakes. The first answer of the film source fails; the source of posts is out of credit.
const movies = new FakeMovieClient({ movies: [film] }).onSearch({
  error: new ReelflowError('API_TIMEOUT', 'too slow'),
});
const reviews = new FakeReviewClient().onSearch({ error: new ReelflowError('API_QUOTA_EXHAUSTED', 'no credit') });
const logger = new CollectingLogger();
const manager = new AutomatedWorkflowManager({
  movies,
  reviews,
  repository: new MemoryRepository(),
  coordinator: { retryDelayMs: 1 },
  logger,
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
assert.ok(logger.lines.some(({ message }) => message === '[tmdb] attempt 1 of 4 failed: API_TIMEOUT; next in 1 ms'));
await manager.close();
assert.equal(movies.closed, true);
console.log('the service copes: tried again once, and went on without posts');

// 2. Every call of the repository fails once, before or after it took effect: no search may throw, none may double a post.
async function search(plan: (faults: FaultPlan) => void) {
  const { port: repository, faults } = injectFaults(new MemoryRepository());
  plan(faults);
  const service = new AutomatedWorkflowManager({
    movies: new FakeMovieClient({ movies: [film] }),
    reviews: new FakeReviewClient({ reviews: sampleReviews(0, 5) }),
    repository,
    sentiment: new FakeSentimentAnalyzer({ scoreOf: () => 0.5 }),
    coordinator: { maxRetries: 1, retryDelayMs: 1 },
  });
  const { success } = await service.handleUserSearch(film.title);
  faults.clear();
  const posts = await repository.findReviews(film.tmdbId, { limit: 100 });
  await service.close();
  return { success, posts: posts.length, calls: faults.total };
}

const sound = await search(() => undefined); // without faults: how many calls are there to fail?
for (let call = 1; call < sound.calls; call += 1) {
  for (const when of ['before', 'after'] as const) {
    const { success, posts } = await search((faults) => faults.add({ call, when, error: 'DB_CONNECTION' }));
    assert.deepEqual({ call, when, success, posts }, { call, when, success: true, posts: 5 });
  }
}
console.log(`each of ${sound.calls - 1} calls of the repository may be lost once`);

// 3. An outage that ends.
const { port: repository, faults } = injectFaults(new MemoryRepository(), { error: 'DB_CONNECTION' });
const service = new AutomatedWorkflowManager({
  movies: new FakeMovieClient({ movies: [film] }),
  reviews: new FakeReviewClient({ reviews: sampleReviews(0, 5) }),
  repository,
  coordinator: { maxRetries: 0 },
});
const during = await service.handleUserSearch(film.title);
faults.clear();
const after = await service.handleUserSearch(film.title);
await service.close();
assert.deepEqual([during.success, during.degraded, after.success, after.degraded], [true, true, true, false]);
console.log(`the database was down for ${faults.injected.length} calls; the search came back all the same`);
