import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WorkflowResult } from '../../src/index.js';
import { FakeMovieClient, FakeReviewClient } from '../../src/testing/index.js';
import { posts, rrr, setup } from './setup.js';
import { settled } from './turning-clock.js';

const maxReviews = 150; // two pages
const slow = { delayMs: 3000 };

/** Two names of one film, whose second page of posts is slow. */
function made({ movies = new FakeMovieClient({ movies: [rrr] }) } = {}) {
  const reviews = new FakeReviewClient({ reviews: posts(250), usdPerPost: 0.005 }).onSearch({}, slow, slow);
  return setup({ movies, reviews, coordinator: { maxRetries: 0 } });
}

const tookMs = ({ durationMs }: WorkflowResult) => Math.round(durationMs);

describe('searches of one film that are not in the same hurry', () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 4, 15, 12) }));
  afterEach(() => void vi.useRealTimers());

  test('the hasty one that came first costs the other one nothing, and no page is bought twice', async () => {
    const { manager, reviews } = made();
    const hasty = manager.handleUserSearch('RRR', { maxReviews, deadlineMs: 1000 });
    const patient = manager.handleUserSearch('RRR (2022)', { maxReviews });
    const [first, second] = await settled(Promise.all([hasty, patient]));
    expect(first).toMatchObject({ degraded: true, errors: [{ code: 'API_TIMEOUT' }], cost: { estimatedUsd: 0.5 } });
    expect(second).toMatchObject({ degraded: false, analysis: { reviewsAnalyzed: 150 }, cost: { estimatedUsd: 0.25 } });
    expect([tookMs(first), tookMs(second)]).toEqual([800, 3800]); // four fifths of the deadline are for the APIs
    expect(reviews.calls.map(({ cursor }) => cursor)).toEqual([undefined, '100', '100']);
  });

  test('the hasty one that came later ends in its time, and the other one goes on', async () => {
    const { manager, reviews } = made();
    const patient = manager.handleUserSearch('RRR', { maxReviews });
    const hasty = manager.handleUserSearch('RRR (2022)', { maxReviews, deadlineMs: 1000 });
    const [first, second] = await settled(Promise.all([patient, hasty]));
    expect(second).toMatchObject({
      degraded: true,
      errors: [{ code: 'API_TIMEOUT', message: 'twitter did not answer before the deadline' }],
    });
    expect(first).toMatchObject({ degraded: false, analysis: { reviewsAnalyzed: 150 } });
    expect([tookMs(first), tookMs(second)]).toEqual([3000, 800]);
    expect(reviews.calls).toHaveLength(2);
  });

  test('of one name, too: who has more time does not share the run of who has less', async () => {
    const movies = new FakeMovieClient({ movies: [rrr] }).onDetails(slow, slow);
    const { manager } = made({ movies });
    const hasty = manager.handleUserSearch('RRR', { deadlineMs: 1000 });
    const patient = manager.handleUserSearch('RRR');
    const last = manager.handleUserSearch('RRR');
    const [first, second, third] = await settled(Promise.all([hasty, patient, last]));
    expect(first).toMatchObject({ degraded: true, coalesced: false });
    expect(second).toMatchObject({ degraded: false, coalesced: false, sources: { movie: 'live' } });
    expect(third).toMatchObject({ degraded: false, coalesced: true });
    expect(movies.calls.map(({ method }) => method)).toEqual(['searchMovies', 'getMovie', 'getMovie']);
  });

  test('a failure that more time would not mend is not tried again', async () => {
    const movies = new FakeMovieClient({ movies: [rrr] });
    const reviews = new FakeReviewClient({ reviews: posts(5) }).onSearch({ delayMs: 100, error: new Error('odd') });
    const { manager } = setup({ movies, reviews, coordinator: { maxRetries: 0 } });
    const searches = [
      manager.handleUserSearch('RRR', { deadlineMs: 1000 }),
      manager.handleUserSearch('RRR (2022)', { deadlineMs: 2000 }),
    ];
    const results = await settled(Promise.all(searches));
    expect(results.map(({ errors }) => errors.map(({ code }) => code))).toEqual([['UNEXPECTED'], ['UNEXPECTED']]);
    expect(reviews.calls).toHaveLength(1);
  });
});
