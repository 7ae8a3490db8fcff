import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MovieRecommender, type Recommender } from '../../src/index.js';
import { FakeMovieClient } from '../../src/testing/index.js';
import { baahubali, rrr, type SetupOptions, setup, up } from './setup.js';
import { settled } from './turning-clock.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Three films, two of which were fetched two days after the first. */
async function made(options: SetupOptions = {}) {
  const movies = new FakeMovieClient({ movies: [rrr, baahubali, up] });
  const { manager, repository } = setup({ movies, ...options });
  const search = (name: string) => settled(manager.handleUserSearch(name));
  const recommended = async (name = 'RRR') =>
    (await search(name)).recommendations.map(({ tmdbId }) => tmdbId).toSorted((one, other) => one - other);
  await search('Up');
  vi.advanceTimersByTime(2 * dayMs);
  await search('Baahubali: The Beginning');
  await search('RRR');
  return { manager, repository, recommended };
}

describe('a film that retention has dropped', () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 4, 15, 12) }));
  afterEach(() => void vi.useRealTimers());

  test('is not recommended any more after a day, by whomever it was dropped', async () => {
    const { repository, recommended } = await made();
    expect(await repository.sweep({ movieMs: dayMs })).toMatchObject({ moviesDropped: 1 });
    expect(await recommended()).toEqual([up.tmdbId, baahubali.tmdbId]);
    vi.advanceTimersByTime(dayMs);
    expect(await recommended()).toEqual([baahubali.tmdbId]);
  });

  test('is recommended again when it is searched again', async () => {
    const { manager, repository, recommended } = await made();
    await repository.sweep({ movieMs: dayMs });
    vi.advanceTimersByTime(dayMs);
    await recommended();
    expect(await settled(manager.handleUserSearch('Up'))).toMatchObject({ sources: { movie: 'live' } });
    expect(await recommended()).toEqual([up.tmdbId, baahubali.tmdbId]);
  });

  test('stays with a recommender that cannot drop it', async () => {
    const whole = new MovieRecommender();
    const recommender: Recommender = {
      index: (films) => whole.index(films),
      recommend: (tmdbId, asked) => whole.recommend(tmdbId, asked),
    };
    const { repository, recommended } = await made({ recommender });
    await repository.sweep({ movieMs: dayMs });
    vi.advanceTimersByTime(dayMs);
    expect(await recommended()).toEqual([up.tmdbId, baahubali.tmdbId]);
  });
});
