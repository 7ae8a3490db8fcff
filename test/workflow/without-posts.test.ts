import { expect, test } from 'vitest';
import { AutomatedWorkflowManager, MemoryRepository } from '../../src/index.js';
import { FakeMovieClient } from '../../src/testing/index.js';
import { errorOf, rrr, setup } from './setup.js';

const withoutPosts = (repository = new MemoryRepository()) =>
  new AutomatedWorkflowManager({ movies: new FakeMovieClient({ movies: [rrr] }), reviews: [], repository });

test('without a source of posts a search finds the film, and claims no posts', async () => {
  const result = await withoutPosts().handleUserSearch('RRR', { collectNewData: true });
  expect(result).toMatchObject({
    success: true,
    degraded: false,
    movie: { name: 'RRR' },
    analysis: null,
    sources: { movie: 'live', reviews: 'none' },
  });
});

test('without a source of posts the stored ones are used', async () => {
  const repository = new MemoryRepository();
  await setup({ repository }).manager.handleUserSearch('RRR', { maxReviews: 20 });
  const result = await withoutPosts(repository).handleUserSearch('RRR', { collectNewData: true });
  expect(result).toMatchObject({
    degraded: false,
    analysis: { reviewsAnalyzed: 20 },
    sources: { movie: 'live', reviews: 'stored' },
    cost: { estimatedUsd: 0 },
  });
});

test('without a source of posts a collection has the candidates, and no posts', async () => {
  expect(await withoutPosts().coordinateDataCollection('RRR')).toMatchObject({
    success: true,
    tmdbData: [{ title: 'RRR' }],
    twitterData: null,
  });
});

test.each([undefined, null, 'RRR', 579_974, {}])('recommendStored(%j) says what it needs', async (film) => {
  const { manager } = setup();
  expect(await errorOf(manager.recommendStored(film as { readonly movieName: string }))).toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining('movieName'),
  });
});
