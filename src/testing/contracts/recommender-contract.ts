import assert from 'node:assert/strict';
import type { Movie } from '../../domain/movie.js';
import type { Recommendation } from '../../domain/recommendation.js';
import type { Recommender } from '../../ports/recommender.js';
import { listedMovie, sampleMovie, sampleSummary } from '../repository/sample-records.js';
import type { TestFunction } from '../test-function.js';
import { hearsAnAbortedSignal, hearsAnAbortInFlight } from './support.js';

/** What every Recommender promises. @param create - makes one that was shown no film yet */
export function recommenderContract(test: TestFunction, create: () => Promise<Recommender>): void {
  const onFresh = (name: string, run: (recommender: Recommender) => Promise<void>) => {
    test(name, async () => run(await create()));
  };

  onFresh('has nothing to say about a film it was never shown', async (recommender) => {
    assert.deepEqual(await recommender.recommend(seed, { limit: 5 }), []);
    recommender.index(films);
    assert.deepEqual(await recommender.recommend(999_999, { limit: 5 }), []);
  });
  onFresh('recommends other films than the seed, each once, at most as many as asked', async (recommender) => {
    recommender.index(films);
    for (const limit of [1, 5, 100]) {
      const found = await recommender.recommend(seed, { limit });
      assert.ok(found.length > 0 && found.length <= limit);
      assert.equal(new Set(idsOf(found)).size, found.length, 'a film came twice');
      assert.ok(!idsOf(found).includes(seed), 'the seed is not recommended');
    }
  });
  onFresh('gives the best first, with scores, reasons and the facts of the film', async (recommender) => {
    recommender.index(films);
    const found = await recommender.recommend(seed, { limit: 10 });
    const scores = found.map(({ score }) => score);
    assert.deepEqual(
      scores,
      scores.toSorted((one, other) => other - one),
    );
    for (const recommendation of found) isRecommendation(recommendation);
  });
  onFresh('replaces a film that is shown again', async (recommender) => {
    recommender.index(films);
    recommender.index([{ ...(films[1] ?? assert.fail()), title: 'Retitled', rating: 9.9 }]);
    const found = await recommender.recommend(seed, { limit: 100 });
    const [again, ...doubles] = found.filter(({ tmdbId }) => tmdbId === films[1]?.tmdbId);
    assert.deepEqual([again?.title, again?.rating, doubles], ['Retitled', 9.9, []]);
  });
  onFresh('recommends a film that was dropped no more, until it is shown again', async (recommender) => {
    if (recommender.forget === undefined) return;
    recommender.index(films);
    const dropped = films.slice(1, 4).map(({ tmdbId }) => tmdbId);
    recommender.forget([...dropped, 999_999].values());
    recommender.forget(dropped);
    const left = films.slice(4).map(({ tmdbId }) => tmdbId);
    assert.deepEqual(idsOf(await recommender.recommend(seed, { limit: 100 })).toSorted(), left.toSorted());
    recommender.index(films.slice(1, 2));
    assert.ok(idsOf(await recommender.recommend(seed, { limit: 100 })).includes(films[1]?.tmdbId ?? assert.fail()));
    recommender.forget([seed]);
    assert.deepEqual(await recommender.recommend(seed, { limit: 5 }), []);
  });
  onFresh('takes films from anything that can be iterated once', async (recommender) => {
    recommender.index(films.values());
    assert.ok((await recommender.recommend(seed, { limit: 5 })).length > 0);
  });
  onFresh("indexes the provider's own suggestions, and has them for a seed it does not know", async (recommender) => {
    const related = films.slice(1, 4);
    const found = await recommender.recommend(seed, { limit: 10, related });
    assert.deepEqual(idsOf(found).toSorted(), related.map(({ tmdbId }) => tmdbId).toSorted());
  });
  onFresh('says the sentiment of a film where there is one', async (recommender) => {
    recommender.index(films);
    const known = films[2]?.tmdbId;
    const sentimentOf = (tmdbId: number) => (tmdbId === known ? sampleSummary : null);
    for (const { tmdbId, sentiment } of await recommender.recommend(seed, { limit: 100, sentimentOf })) {
      assert.equal(sentiment, tmdbId === known ? sampleSummary.averageSentiment : null);
    }
  });
  onFresh('hears a signal that has aborted', async (recommender) => {
    recommender.index(films);
    await hearsAnAbortedSignal((signal) => recommender.recommend(seed, { limit: 5, signal }));
  });
  onFresh('hears a signal that aborts under way', async (recommender) => {
    recommender.index(films);
    await hearsAnAbortInFlight((signal) => recommender.recommend(seed, { limit: 5, signal }));
  });
}

const seed = sampleMovie().tmdbId;

/** The seed and films that share more or less with it. */
const films: readonly Movie[] = [
  sampleMovie(),
  sampleMovie({ tmdbId: 1, title: 'Much alike', originalTitle: '' }),
  sampleMovie({ tmdbId: 2, title: 'Same people', originalTitle: '', genres: ['Comedy'], keywords: [] }),
  listedMovie({ tmdbId: 3, title: 'Known from a list', originalTitle: '', posterPath: null }),
  ...Array.from({ length: 8 }, (_, index) =>
    listedMovie({ tmdbId: 10 + index, title: `Film ${'ABCDEFGH'[index]}`, originalTitle: '', genres: ['Drama'] }),
  ),
];

const idsOf = (recommendations: readonly Recommendation[]): number[] => recommendations.map(({ tmdbId }) => tmdbId);

function isRecommendation(recommendation: Recommendation): void {
  const { tmdbId, title, releaseDate, rating, posterUrl, score, sentiment, reasons, explanation } = recommendation;
  const film = films.find((one) => one.tmdbId === tmdbId) ?? assert.fail(`nobody showed it the film ${tmdbId}`);
  assert.deepEqual([title, releaseDate, rating], [film.title, film.releaseDate, film.rating]);
  assert.ok(score >= 0 && score <= 1, `a score of ${score}`);
  assert.equal(sentiment, null);
  assert.ok(posterUrl === null || (film.posterPath !== null && URL.canParse(posterUrl)), `a poster at ${posterUrl}`);
  assert.equal(typeof explanation, 'string');
  const shares = reasons.map(({ share }) => share);
  assert.ok(shares.every((share) => share >= 0 && share <= 1));
  if (shares.length === 0) return;
  const sum = shares.reduce((total, share) => total + share, 0);
  assert.ok(Math.abs(sum - 1) < 0.01, `the shares of the reasons add up to ${sum}`);
}
