import { describe, expect, test, vi } from 'vitest';
import {
  AutomatedWorkflowManager,
  type MovieApiClient,
  type Repository,
  type ReviewApiClient,
  type StoredMovie,
  type StoredReview,
} from '../../src/index.js';
import { baahubali, posts, rrr } from './setup.js';

/** Adapters with nothing but what the ports ask for: no policies, no estimates, no ids in reports. */
function strangers() {
  const movies: MovieApiClient = {
    name: 'films',
    searchMovies: vi.fn(async () => [rrr]),
    getMovie: vi.fn(async () => ({ movie: rrr, related: [baahubali] })),
  };
  const reviews = {
    name: 'posts',
    searchReviews: vi.fn(async () => ({ reviews: posts(5), nextCursor: null, costUsd: 0.01 })),
  };
  const rows = { movie: null as StoredMovie | null, reviews: [] as StoredReview[] };
  const counts = { inserted: 0, updated: 0, unchanged: 0 };
  const repository = {
    apply: vi.fn(async (batch: Parameters<Repository['apply']>[0]) => {
      if (batch.film !== undefined) {
        const { movie, fetchedAt, relatedIds } = batch.film;
        rows.movie = {
          ...movie,
          id: 'film-1',
          fetchedAt,
          changedAt: fetchedAt,
          detailed: true,
          relatedIds,
          collections: batch.collections ?? [],
          sentiment: null,
        };
      }
      for (const review of batch.reviews?.reviews ?? [])
        rows.reviews.push({ ...review, id: review.tweetId, fetchedAt: '', sentiment: null, analyzer: null });
      return { movies: counts, reviews: { ...counts, inserted: batch.reviews?.reviews.length ?? 0 } };
    }),
    findMovie: vi.fn(async (by: { tmdbId: number } | { title: string }) =>
      'title' in by && by.title.toLowerCase() !== 'rrr' ? null : rows.movie,
    ),
    findReviews: vi.fn(async () => rows.reviews),
    async *catalogue() {
      if (rows.movie !== null) yield rows.movie;
    },
    createRun: vi.fn(async () => undefined),
    findRun: vi.fn(async () => null),
  };
  const manager = new AutomatedWorkflowManager({
    movies,
    reviews: reviews as unknown as ReviewApiClient,
    repository: repository as unknown as Repository,
    coordinator: { maxRetries: 0 },
  });
  return { manager, movies, reviews, repository };
}

describe('automatic workflow triggering: on adapters of a stranger', () => {
  test('a search works with the least that the ports ask for', async () => {
    const { manager, reviews } = strangers();
    const result = await manager.handleUserSearch('RRR', { maxReviews: 5 });
    expect(result).toMatchObject({
      success: true,
      degraded: false,
      errors: [],
      movie: { id: 'film-1', reviewsAnalyzed: 5 },
      cost: { apiCalls: { films: 2, posts: 1 }, estimatedUsd: 0.01 },
    });
    expect(result.recommendations[0]?.title).toBe(baahubali.title);
    expect(reviews.searchReviews).toHaveBeenCalledOnce();
    await manager.close();
  });

  test('a second search of it asks nobody', async () => {
    const { manager, movies, reviews } = strangers();
    await manager.handleUserSearch('RRR', { maxReviews: 5 });
    const again = await manager.handleUserSearch('RRR', { maxReviews: 5 });
    expect(again).toMatchObject({ success: true, degraded: false, sources: { movie: 'stored', reviews: 'stored' } });
    expect(movies.getMovie).toHaveBeenCalledOnce();
    expect(reviews.searchReviews).toHaveBeenCalledOnce();
  });

  test('a repository that gives undefined for null, and no report of a write', async () => {
    const { manager, repository } = strangers();
    const store = repository.apply.getMockImplementation();
    repository.apply.mockImplementation(async (batch) => void (await store?.(batch)) as never);
    repository.findMovie.mockResolvedValue(undefined as never);
    repository.findRun.mockResolvedValue(undefined as never);
    expect(await manager.handleUserSearch('RRR')).toMatchObject({ success: true, degraded: false, errors: [] });
    expect(await manager.findRun('x')).toBeNull();
    expect(await manager.findStoredMovie(1)).toBeNull();
    expect(await manager.recommendStored({ movieName: 'RRR' })).toBeNull();
  });

  test('a page whose list of rejected records is nonsense costs none of its posts', async () => {
    const { manager, reviews } = strangers();
    const page = { reviews: posts(5), rejected: [null, {}, 'x'], nextCursor: null, costUsd: 0 };
    reviews.searchReviews.mockResolvedValue(page);
    expect(await manager.handleUserSearch('RRR')).toMatchObject({ success: true, movie: { reviewsAnalyzed: 5 } });
  });

  test('an adapter that throws what is no error, or gives nonsense, ends in a result', async () => {
    const { manager, movies } = strangers();
    vi.mocked(movies.searchMovies).mockRejectedValueOnce('a text');
    expect(await manager.handleUserSearch('RRR')).toMatchObject({ success: false, errors: [{ code: 'UNEXPECTED' }] });
    vi.mocked(movies.searchMovies).mockResolvedValueOnce(null as never);
    expect(await manager.handleUserSearch('RRR')).toMatchObject({
      success: false,
      errors: [{ code: 'API_INVALID_RESPONSE' }],
    });
    vi.mocked(movies.getMovie).mockResolvedValueOnce(undefined as never);
    expect(await manager.handleUserSearch('RRR')).toMatchObject({ success: true, degraded: true });
  });
});
