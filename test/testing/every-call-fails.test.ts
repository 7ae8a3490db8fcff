import { describe, expect, test } from 'vitest';
import { AutomatedWorkflowManager, MemoryRepository } from '../../src/index.js';
import {
  FakeMovieClient,
  FakeReviewClient,
  FakeSentimentAnalyzer,
  type Fault,
  injectFaults,
  sampleMovie,
  sampleReviews,
} from '../../src/testing/index.js';

/** A search whose every port can fail, and a second one when nothing fails any more. */
async function searchTwice({ films, posts, store, scores }: Record<'films' | 'posts' | 'store' | 'scores', Fault[]>) {
  const movies = injectFaults(
    new FakeMovieClient({ movies: [sampleMovie(), sampleMovie({ tmdbId: 2, title: 'Other', originalTitle: '' })] }),
  );
  const reviews = injectFaults(new FakeReviewClient({ reviews: sampleReviews(0, 25), pageSize: 10 }));
  const repository = injectFaults(new MemoryRepository());
  const sentiment = injectFaults(new FakeSentimentAnalyzer());
  const parts = [movies, reviews, repository, sentiment] as const;
  for (const [index, faults] of [films, posts, store, scores].entries()) {
    parts[index]?.faults.add(...(faults as Array<Fault<never>>));
  }
  const manager = new AutomatedWorkflowManager({
    movies: movies.port,
    reviews: reviews.port,
    repository: repository.port,
    sentiment: sentiment.port,
    coordinator: { maxRetries: 0 },
  });
  const first = await manager.handleUserSearch('RRR', { maxReviews: 25 });
  const calls = parts.map(({ faults }) => faults.total);
  for (const { faults } of parts) faults.clear();
  const second = await manager.handleUserSearch('RRR', { maxReviews: 25, collectNewData: true });
  await manager.close();
  return { first, second, calls };
}

const none = { films: [], posts: [], store: [], scores: [] };
const { first: sound, calls } = await searchTwice(none);
const names = ['films', 'posts', 'store', 'scores'] as const;
const codes = { films: 'API_NETWORK', posts: 'API_NETWORK', store: 'DB_CONNECTION', scores: 'UNEXPECTED' } as const;

describe('error handling: whichever call fails, a search ends in a result, and the next one is whole', () => {
  test('a run without faults says how many calls there are', () => {
    expect(sound).toMatchObject({ success: true, degraded: false });
    expect(calls.every((count) => count > 0)).toBe(true);
  });

  for (const [index, name] of names.entries()) {
    for (let call = 1; call <= (calls[index] ?? 0); call += 1) {
      test.each(['before', 'after'] as const)(
        `call ${call} of ${calls[index]} of ${name}, %s it took effect`,
        async (when) => {
          const { first, second } = await searchTwice({ ...none, [name]: [{ call, when, error: codes[name] }] });
          expect(first.workflowId).toMatch(/^workflow_/);
          expect(first.success || first.errors.length > 0).toBe(true);
          expect(second).toMatchObject({ success: true, movie: { tmdbId: sampleMovie().tmdbId, reviewsAnalyzed: 25 } });
        },
      );
    }
  }
});
