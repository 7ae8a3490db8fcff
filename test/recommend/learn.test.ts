import { describe, expect, test } from 'vitest';
import { type Like, MovieRecommender } from '../../src/index.js';
import { film } from '../workflow/setup.js';

const apart = {
  genres: ['Music'],
  keywords: ['opera'],
  cast: ['Nobody'],
  directors: ['No One'],
  originalLanguage: 'fr',
};
const catalogue = [
  film(1, 'Seed'),
  film(2, 'Alike', { keywords: [], cast: [], directors: [], releaseDate: '2020-01-01', voteCount: 3000 }),
  film(3, 'Far', { ...apart, releaseDate: '1970-01-01', voteCount: 50 }),
  film(4, 'Away', { ...apart, genres: ['Comedy'], releaseDate: '1971-01-01', voteCount: 50 }),
  film(5, 'Blockbuster', { ...apart, genres: ['War'], voteCount: 30_000 }),
];
const together = (people: number, ...films: number[]): Like[] =>
  Array.from({ length: people }, (_, person) => films.map((tmdbId) => ({ userId: `p${person}`, tmdbId }))).flat();
const learned = async (likes: Iterable<Like>, seed = 1, weights = {}) => {
  const recommender = new MovieRecommender({ weights });
  recommender.index(catalogue);
  recommender.learn(likes);
  return recommender.recommend(seed, { limit: 10 });
};
const idsOf = (found: ReadonlyArray<{ tmdbId: number }>) => found.map(({ tmdbId }) => tmdbId);

describe('learn', () => {
  test('what the same people like rises with how many there are; with one of them content still decides', async () => {
    const [one, many] = [await learned(together(1, 1, 3)), await learned(together(60, 1, 3))];
    expect(idsOf(one)[0]).toBe(2);
    expect(idsOf(many)[0]).toBe(3);
    const shareOf = (found: typeof one) =>
      found.find(({ tmdbId }) => tmdbId === 3)?.reasons.find(({ kind }) => kind === 'liked')?.share ?? 0;
    expect(shareOf(one)).toBeGreaterThan(0);
    expect(shareOf(many)).toBeGreaterThan(shareOf(one));
    expect(many[0]?.explanation).toMatch(/^Liked by the same people/);
  });

  test('a seed that nobody likes is answered by content, as if nothing had been learned', async () => {
    expect(await learned(together(60, 3, 4), 1)).toEqual(await learned([], 1));
  });

  test('a film that everybody likes says less than one that only they like', async () => {
    const crowd = Array.from({ length: 400 }, (_, at) => ({ userId: `c${at}`, tmdbId: 5 }));
    const found = idsOf(await learned([...together(20, 1, 4, 5), ...crowd]));
    expect(found.indexOf(4)).toBeLessThan(found.indexOf(5));
  });

  test('a person who likes everything says less than one with few likes', async () => {
    const greedy = Array.from({ length: 300 }, (_, at) => ({ userId: 'greedy', tmdbId: 1000 + at }));
    const found = await learned([
      ...together(5, 1, 4).map((like) => ({ ...like, userId: `few-${like.userId}` })),
      ...Array.from({ length: 5 }, (_, at) => greedy.map((like) => ({ ...like, userId: `greedy${at}` }))).flat(),
      ...Array.from({ length: 5 }, (_, at) => [1, 3].map((tmdbId) => ({ userId: `greedy${at}`, tmdbId }))).flat(),
    ]);
    const ids = idsOf(found);
    expect(ids.indexOf(4)).toBeLessThan(ids.indexOf(3));
  });

  test('likes add up over calls, in any order, and a film may be liked before it is indexed', async () => {
    const likes = [...together(30, 1, 3), ...together(10, 1, 4), { userId: 'p1', tmdbId: 3 }];
    const recommender = new MovieRecommender();
    for (const like of likes.toReversed()) recommender.learn([like]);
    recommender.index(catalogue.toReversed());
    expect(await recommender.recommend(1, { limit: 10 })).toEqual(await learned(likes));
  });

  test('of one person 500 likes are kept, the same ones in any order', async () => {
    const many = Array.from({ length: 3000 }, (_, at) => ({ userId: 'one', tmdbId: at + 1 }));
    expect(await learned(many)).toEqual(await learned(many.toReversed()));
  });

  test('a film that very many like is answered from some of them, at once', async () => {
    const crowd = Array.from({ length: 30_000 }, (_, at) =>
      [1, 3].map((tmdbId) => ({ userId: `c${at}`, tmdbId })),
    ).flat();
    expect(idsOf(await learned(crowd))[0]).toBe(3);
  });

  test('the weight 0 leaves likes out of the sum', async () => {
    const found = await learned(together(60, 1, 3), 1, { liked: 0 });
    expect(found.flatMap(({ reasons }) => reasons.map(({ kind }) => kind))).not.toContain('liked');
  });

  test('what came before a bad like is learned', async () => {
    const recommender = new MovieRecommender();
    recommender.index(catalogue);
    const likes = [...together(60, 1, 3), { userId: 'x', tmdbId: 1, rating: 9 }];
    expect(() => recommender.learn(likes)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', message: expect.stringContaining('rating') }),
    );
    expect(idsOf(await recommender.recommend(1, { limit: 1 }))).toEqual([3]);
  });

  test.each([[null], ['p1'], [{ tmdbId: 1 }], [{ userId: 'x' }], [{ userId: 'x', tmdbId: 1, rating: Number.NaN }]])(
    'the like %j is INVALID_INPUT',
    (like) => {
      expect(() => new MovieRecommender().learn([like as never])).toThrow(
        expect.objectContaining({ code: 'INVALID_INPUT' }),
      );
    },
  );
});
