import { describe, expect, test } from 'vitest';
import { type Movie, MovieRecommender, type MovieRecommenderOptions, type SentimentAnalysis } from '../../src/index.js';
import { film } from '../workflow/setup.js';
import { posts } from './posts.js';

const idsFor = async (
  movies: readonly Movie[],
  { sentiments = {}, ...options }: MovieRecommenderOptions & { sentiments?: Record<number, SentimentAnalysis> } = {},
  limit = 10,
): Promise<number[]> => {
  const recommender = new MovieRecommender(options);
  recommender.index(movies);
  const found = await recommender.recommend(1, { limit, sentimentOf: (id) => sentiments[id] ?? null });
  return found.map(({ tmdbId }) => tmdbId);
};

const letters = 'ABCDEFGHIJKLMNOPQRST';

describe('the order of recommendations', () => {
  test('a rare keyword says more than a common one', async () => {
    const many = Array.from({ length: 200 }, (_, at) => film(100 + at, `Filler ${at} f`, { keywords: ['love'] }));
    const seed = film(1, 'Seed', { keywords: ['love', 'railway heist'] });
    const rare = film(2, 'Rare', { keywords: ['railway heist', 'x'], voteCount: 1400 });
    const common = film(3, 'Common', { keywords: ['love', 'x'] });
    expect((await idsFor([seed, rare, common, ...many]))[0]).toBe(2);
  });

  test('votes count beside the rating: 8.5 by many comes before 10 by three', async () => {
    const [loved, few] = [
      film(2, 'Loved', { rating: 8.5, voteCount: 12_000 }),
      film(3, 'Few', { rating: 10, voteCount: 3 }),
    ];
    expect(await idsFor([film(1, 'Seed'), few, loved])).toEqual([2, 3]);
  });

  test('a famous film with nothing in common stays behind those that share something', async () => {
    const famous = film(2, 'Famous', {
      genres: ['Music'],
      keywords: ['opera'],
      cast: ['Someone'],
      directors: ['Anyone'],
      originalLanguage: 'en',
      releaseDate: '1950-01-01',
      rating: 8.9,
      voteCount: 35_000,
    });
    expect(await idsFor([film(1, 'Seed'), famous, film(3, 'Alike', { cast: [], voteCount: 12 })])).toEqual([3, 2]);
  });

  test('posts count by how many there are and how sure their mean is, and bad ones count against a film', async () => {
    const five = [2, 3, 4, 5, 6].map((id) => film(id, `Film ${letters[id]}`));
    const sentiments = {
      3: posts(-0.8),
      4: posts(0.8),
      5: posts(0.8, { reviewsAnalyzed: 4 }),
      6: posts(0.8, { confidenceInterval: [0.2, 1] }),
    };
    expect(await idsFor([film(1, 'Seed'), ...five], { sentiments })).toEqual([4, 6, 5, 2, 3]);
    expect(await idsFor([film(1, 'Seed'), ...five], { sentiments, weights: { sentiment: 0 } })).toEqual([
      2, 3, 4, 5, 6,
    ]);
    expect(await idsFor([film(1, 'Seed'), ...five], { sentiments: { 6: posts(0, { reviewsAnalyzed: 0 }) } })).toEqual([
      2, 3, 4, 5, 6,
    ]);
  });

  test('ten results are not one series, nor of one genre where others are as good', async () => {
    const series = Array.from({ length: 12 }, (_, at) => film(100 + at, `Seed ${at + 2}`, { voteCount: 3000 }));
    const others = Array.from({ length: 12 }, (_, at) => film(200 + at, `Other ${letters[at]}`));
    const ids = await idsFor([film(1, 'Seed'), ...series, ...others]);
    expect(ids).toHaveLength(10);
    expect(ids.filter((id) => id < 200).length).toBeGreaterThanOrEqual(1);
    expect(ids.filter((id) => id < 200).length).toBeLessThanOrEqual(3);
    const same = Array.from({ length: 9 }, (_, at) =>
      film(10 + at, `Same ${letters[at]}`, { genres: ['Action', 'Drama'] }),
    );
    const mixed = film(30, 'Mixed', { genres: ['Action', 'War'] });
    const wide = await idsFor([film(1, 'Seed'), ...same, mixed], { weights: { diversity: 0.6 } });
    const narrow = await idsFor([film(1, 'Seed'), ...same, mixed], { weights: { diversity: 0 } });
    expect(wide.indexOf(30)).toBe(1);
    expect(narrow.indexOf(30)).toBe(9);
  });

  test('a seed without genres and keywords is compared by its people, language and time', async () => {
    const none = { genres: [], keywords: [] };
    const ids = await idsFor([
      film(1, 'Seed', none),
      film(2, 'Same People', { ...none, releaseDate: '1960-01-01' }),
      film(3, 'Same Time', { cast: [], directors: [], originalLanguage: 'en' }),
      film(4, 'Nothing', { cast: [], directors: [], originalLanguage: 'en', releaseDate: '1960-01-01' }),
    ]);
    expect(ids).toEqual([2, 3, 4]);
  });

  test('what is odd in a film does no harm', async () => {
    const odd = film(2, 'Odd', {
      rating: Number.NaN,
      voteCount: -5,
      releaseDate: 'soon',
      genres: ['Action', 'Action', ''],
      cast: ['...'],
    });
    const recommender = new MovieRecommender();
    recommender.index([film(1, 'Seed', { releaseDate: '' }), odd, film(3, '…', { releaseDate: '9999-99-99' })]);
    for (const { score, reasons } of await recommender.recommend(1, { limit: 5 })) {
      expect(score).toBeGreaterThan(0);
      expect(reasons.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
    }
  });

  test('diversity above 1 is INVALID_OPTIONS', () => {
    expect(() => new MovieRecommender({ weights: { diversity: 1.1 } })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining('weights.diversity') }),
    );
    expect(() => new MovieRecommender({ weights: { toString: 1 } as never })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS' }),
    );
  });
});
