import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Movie, MovieRecommender } from '../../src/index.js';
import { film } from '../workflow/setup.js';
import { posts } from './posts.js';

const some = (values: readonly string[]) => fc.subarray([...values], { minLength: 0 });
const movie = fc
  .record({
    tmdbId: fc.integer({ min: 1, max: 25 }),
    title: fc.constantFrom('Rocky', 'Rocky II', 'Up', 'Alien: Covenant', 'Alien', '…'),
    originalLanguage: fc.constantFrom('te', 'en', null),
    releaseDate: fc.constantFrom('2022-03-24', '2021-01-01', '1990-12-31', null),
    genres: some(['Action', 'Drama', 'War']),
    keywords: some(['train', 'friendship', 'moon', 'heist']),
    cast: some(['A. One', 'B Two', 'C Three']),
    directors: some(['D. Four', 'E Five']),
    rating: fc.double({ min: 0, max: 10, noNaN: true }),
    voteCount: fc.nat(40_000),
  })
  .map(({ tmdbId, title, ...more }): Movie => film(tmdbId, title, more));
const movies = fc.array(movie, { minLength: 1, maxLength: 40 });

const shown = (...batches: ReadonlyArray<readonly Movie[]>): MovieRecommender => {
  const recommender = new MovieRecommender();
  for (const batch of batches) recommender.index(batch);
  return recommender;
};

/** The last film of each id: what a catalogue holds in the end. */
const lastOf = (all: readonly Movie[]): Movie[] => [...new Map(all.map((one) => [one.tmdbId, one])).values()];

describe('any films', () => {
  test('keep what is promised: scores from 0 to 1, falling, shares that add up to 1, never the seed, no doubles', async () => {
    await fc.assert(
      fc.asyncProperty(movies, fc.integer({ min: 1, max: 100 }), async (all, limit) => {
        const recommender = shown(all);
        const count = lastOf(all).length;
        for (const { tmdbId } of all.slice(0, 5)) {
          const found = await recommender.recommend(tmdbId, {
            limit,
            sentimentOf: (id) => (id % 3 === 0 ? posts((id % 5) / 2 - 1) : null),
          });
          const ids = found.map((one) => one.tmdbId);
          expect(ids).toHaveLength(Math.min(limit, count - 1));
          expect(new Set([...ids, tmdbId]).size).toBe(ids.length + 1);
          const scores = found.map(({ score }) => score);
          expect(scores).toEqual(scores.toSorted((one, other) => other - one));
          for (const { score, reasons, explanation } of found) {
            expect(score >= 0 && score <= 1).toBe(true);
            expect(explanation).not.toBe('');
            expect(reasons.every(({ share }) => share > 0 && share <= 1)).toBe(true);
            if (reasons.length > 0) expect(reasons.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
          }
        }
      }),
    );
  });

  test('give the same answers when they were added and replaced one by one, in any order, as when shown at once', async () => {
    await fc.assert(
      fc.asyncProperty(movies, fc.nat(), async (all, turn) => {
        const last = lastOf(all);
        const at = turn % last.length;
        const others = [
          shown(last),
          shown(last.toReversed()),
          shown(last.slice(at), last.slice(0, at), last.slice(at)),
        ];
        const oneByOne = shown(...all.map((one) => [one]));
        for (const { tmdbId } of last) {
          const answer = await oneByOne.recommend(tmdbId, { limit: 10 });
          for (const other of others) expect(await other.recommend(tmdbId, { limit: 10 })).toEqual(answer);
        }
      }),
    );
  });

  test('give the same answers after others were dropped as when those were never shown', async () => {
    await fc.assert(
      fc.asyncProperty(movies, fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 40 }), async (all, ids) => {
        const dropped = new Set(ids);
        const left = lastOf(all).filter(({ tmdbId }) => !dropped.has(tmdbId));
        const [atOnce, oneByOne] = [shown(all), shown(all)];
        atOnce.forget(ids);
        for (const tmdbId of dropped) {
          oneByOne.forget([tmdbId]);
          oneByOne.index(all.filter((one) => one.tmdbId === tmdbId).slice(-1)); // it comes again,
          oneByOne.forget([tmdbId]); // and goes again
        }
        const never = shown(left);
        for (const { tmdbId } of left) {
          const answer = await never.recommend(tmdbId, { limit: 100 });
          for (const other of [atOnce, oneByOne]) expect(await other.recommend(tmdbId, { limit: 100 })).toEqual(answer);
        }
        for (const tmdbId of dropped) expect(await atOnce.recommend(tmdbId, { limit: 5 })).toEqual([]);
      }),
    );
  });
});

test('a film that comes after the index was built is in the next answer', async () => {
  const recommender = shown([film(1, 'Seed'), film(2, 'Other', { directors: [] })]);
  expect((await recommender.recommend(1, { limit: 5 })).map(({ tmdbId }) => tmdbId)).toEqual([2]);
  recommender.index([film(3, 'Late')]);
  expect((await recommender.recommend(1, { limit: 5 })).map(({ tmdbId }) => tmdbId)).toEqual([3, 2]);
});
