import { describe, expect, test } from 'vitest';
import { type Movie, MovieRecommender, type SentimentAnalysis } from '../../src/index.js';
import films from '../../src/sandbox/data/films.json' with { type: 'json' };
import { film } from '../workflow/setup.js';

const catalogue: Movie[] = films.map((row) => ({
  tmdbId: row.tmdb_id,
  title: row.title,
  originalTitle: row.original_title,
  originalLanguage: row.original_language,
  releaseDate: row.release_date,
  genres: row.genres,
  keywords: row.keywords,
  cast: row.cast,
  directors: row.directors,
  overview: '',
  rating: row.vote_average,
  voteCount: row.vote_count,
  popularity: row.popularity,
  runtimeMinutes: row.runtime,
  posterPath: null,
}));
const full = () => {
  const recommender = new MovieRecommender();
  recommender.index(catalogue);
  return recommender;
};
const analysis = (averageSentiment: number, reviewsAnalyzed = 120): SentimentAnalysis => ({
  reviewsAnalyzed,
  unscored: 0,
  averageSentiment,
  confidenceInterval: null,
  distribution: {
    positive: 101,
    neutral: 0,
    negative: 19,
    positivePercentage: 84,
    neutralPercentage: 0,
    negativePercentage: 16,
  },
});

describe('MovieRecommender', () => {
  test('holds what is promised for every seed: order, bounds, shares, no seed, no doubles', async () => {
    const recommender = full();
    for (const { tmdbId } of catalogue) {
      const found = await recommender.recommend(tmdbId, { limit: 10 });
      expect(found).toHaveLength(10);
      expect(new Set(found.map((one) => one.tmdbId)).size).toBe(10);
      expect(found.some((one) => one.tmdbId === tmdbId)).toBe(false);
      expect(found.map(({ score }) => score)).toEqual(
        found.map(({ score }) => score).toSorted((one, other) => other - one),
      );
      for (const { score, reasons, explanation } of found) {
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(reasons.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
        expect(explanation).toMatch(/^\p{Lu}/u);
      }
    }
  });

  test('the same director and story come first, and the words say so', async () => {
    const [first] = await full().recommend(579_974, { limit: 3 });
    expect(first?.title).toMatch(/^Bāhubali/);
    expect(first?.explanation).toMatch(/same director S\. ?S\. Rajamouli/i);
    expect(first?.reasons[0]).toMatchObject({ kind: 'director', values: [expect.stringContaining('Rajamouli')] });
  });

  test('what the posts say counts, and is said', async () => {
    const recommender = full();
    const plain = await recommender.recommend(579_974, { limit: 10 });
    const target = plain[4] ?? expect.unreachable('five');
    const glad = await recommender.recommend(579_974, {
      limit: 10,
      sentimentOf: (id) => (id === target.tmdbId ? analysis(0.9) : null),
    });
    const raised = glad.find(({ tmdbId }) => tmdbId === target.tmdbId);
    expect(raised?.score).toBeGreaterThan(target.score);
    expect(raised?.sentiment).toBe(0.9);
    expect(raised?.explanation).toContain('84 % of 120 posts positive');
    expect(plain[4]?.sentiment).toBeNull();
  });

  test('films of the provider’s list count, also those never seen before', async () => {
    const recommender = full();
    const fresh = film(9_000_001, 'Brand New', { genres: ['Documentary'], directors: [], cast: [], keywords: [] });
    const without = await recommender.recommend(579_974, { limit: 100 });
    const found = await recommender.recommend(579_974, { limit: 100, related: [fresh] });
    expect(without.some(({ tmdbId }) => tmdbId === fresh.tmdbId)).toBe(false);
    expect(found.find(({ tmdbId }) => tmdbId === fresh.tmdbId)?.reasons.some(({ kind }) => kind === 'related')).toBe(
      true,
    );
  });

  test('a film indexed again is replaced', async () => {
    const recommender = new MovieRecommender();
    recommender.index([film(1, 'One', { genres: ['War'] }), film(2, 'Two', { genres: ['War'], title: 'Two' })]);
    recommender.index([film(2, 'Two Again', { genres: ['Comedy'] })]);
    const [only, ...rest] = await recommender.recommend(1, { limit: 10 });
    expect(only?.title).toBe('Two Again');
    expect(only?.reasons.some(({ kind }) => kind === 'genre')).toBe(false);
    expect(rest).toEqual([]);
  });

  test('a seed nobody knows, alone, or without anything to compare', async () => {
    expect(await new MovieRecommender().recommend(1, { limit: 5 })).toEqual([]);
    const lonely = new MovieRecommender();
    lonely.index([film(1, 'One')]);
    expect(await lonely.recommend(1, { limit: 5 })).toEqual([]);
    expect(await full().recommend(4_000_000, { limit: 5 })).toEqual([]);
    const bare = full();
    bare.index([
      film(7, 'Bare', { genres: [], keywords: [], cast: [], directors: [], originalLanguage: null, releaseDate: null }),
    ]);
    const found = await bare.recommend(7, { limit: 5 });
    expect(found).toHaveLength(5);
    expect(found[0]?.reasons[0]?.kind).toBe('quality');
    const unknownWithList = await new MovieRecommender().recommend(1, { limit: 5, related: [film(2, 'Two')] });
    expect(unknownWithList).toMatchObject([{ tmdbId: 2 }]);
  });

  test('a seed that shares something rare with few films is filled up with others, those few first', async () => {
    const recommender = full();
    const bare = { genres: [], keywords: [], cast: [], directors: ['Nobody Else'], releaseDate: null };
    recommender.index([
      film(8_000_001, 'First Of Two', { ...bare, originalLanguage: null }),
      film(8_000_002, 'Second Of Two', { ...bare, originalLanguage: null, rating: 0, voteCount: 0 }),
    ]);
    const found = await recommender.recommend(8_000_001, { limit: 10 });
    expect(found).toHaveLength(10);
    expect(found[0]?.tmdbId).toBe(8_000_002);
    expect(found.some(({ tmdbId }) => tmdbId === 8_000_001)).toBe(false);
    expect(found[1]?.reasons.map(({ kind }) => kind)).not.toContain('director');
  });

  test('of more films than a feature can tell apart, those of the same language still come before others', async () => {
    const recommender = new MovieRecommender();
    const bare = { genres: [], keywords: [], cast: [], directors: [], releaseDate: null };
    const many = (from: number, originalLanguage: string, voteCount: number) =>
      Array.from({ length: 4100 }, (_, index) =>
        film(from + index, `${originalLanguage} ${index} x`, { ...bare, originalLanguage, voteCount }),
      );
    recommender.index([...many(1, 'te', 1000), ...many(10_001, 'en', 1100)]);
    const found = await recommender.recommend(1, { limit: 10 });
    expect(found).toHaveLength(10);
    for (const { tmdbId, reasons } of found) {
      expect(tmdbId).toBeLessThan(10_000);
      expect(reasons.map(({ kind }) => kind)).toContain('language');
    }
  });

  test('ten results are not one franchise', async () => {
    const recommender = new MovieRecommender();
    const parts = Array.from({ length: 9 }, (_, index) =>
      film(100 + index, `Rocket ${index + 2}`, { keywords: ['rocket', 'moon'] }),
    );
    const others = Array.from({ length: 9 }, (_, index) =>
      film(200 + index, `Other Title ${String.fromCharCode(65 + index)}`, { keywords: ['rocket'] }),
    );
    recommender.index([film(1, 'Rocket', { keywords: ['rocket', 'moon'] }), ...parts, ...others]);
    const found = await recommender.recommend(1, { limit: 6 });
    expect(found.filter(({ title }) => title.startsWith('Rocket')).length).toBeLessThan(5);
  });

  test('likes are learned: liked by the same people, and a low rating takes a like back', async () => {
    const recommender = full();
    const [seed, friend] = [579_974, 12];
    const likes = Array.from({ length: 30 }, (_, user) => [
      { userId: `u${user}`, tmdbId: seed, rating: 5 },
      { userId: `u${user}`, tmdbId: friend },
      { userId: `u${user}`, tmdbId: 11, rating: 2 },
    ]).flat();
    const rankOf = async (id: number) =>
      (await recommender.recommend(seed, { limit: 100 })).findIndex(({ tmdbId }) => tmdbId === id);
    const before = await rankOf(friend);
    recommender.learn(likes);
    expect(await rankOf(friend)).toBe(0);
    expect(before).not.toBe(0);
    const [first] = await recommender.recommend(seed, { limit: 1 });
    expect(first?.explanation).toContain('iked by the same people');
    recommender.learn(likes.filter(({ tmdbId }) => tmdbId === friend).map((like) => ({ ...like, rating: 1 })));
    expect(await rankOf(friend)).not.toBe(0);
  });

  test.each([
    [{ userId: '', tmdbId: 1 }],
    [{ userId: 'x', tmdbId: 1.5 }],
    [{ userId: 'x', tmdbId: 1, rating: 0 }],
    [{ userId: 'x', tmdbId: 1, rating: 5.5 }],
  ])('the like %j is INVALID_INPUT', (like) => {
    expect(() => new MovieRecommender().learn([like])).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  test.each([0, 101, 1.5, Number.NaN])('a limit of %j is INVALID_INPUT', async (limit) => {
    await expect(full().recommend(1, { limit })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('weights, poster and words can be replaced, and are checked', async () => {
    const recommender = new MovieRecommender({
      weights: { quality: 0, director: 10 },
      posterBaseUrl: 'https://my.cdn',
      explain: (reasons) => reasons.map(({ kind }) => kind).join('+'),
    });
    recommender.index([film(1, 'One'), film(2, 'Two')]);
    const [only] = await recommender.recommend(1, { limit: 1 });
    expect(only).toMatchObject({
      posterUrl: 'https://my.cdn/poster.jpg',
      explanation: expect.stringMatching(/^director\+/),
    });
    expect(() => new MovieRecommender({ weights: { genre: -1 } })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining('weights.genre') }),
    );
    expect(() => new MovieRecommender({ weights: { colour: 1 } as never })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS' }),
    );
  });

  test('hears an abort', async () => {
    await expect(full().recommend(11, { limit: 5, signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});
