import assert from 'node:assert/strict';
import { catalogueOf, filmOf, type RepositoryTest } from './repository-test.js';
import { hour, listedMovie, sampleMovie, sampleReview, sampleReviews, sampleSummary } from './sample-records.js';

export function filmContract(test: RepositoryTest): void {
  test('gives a film back as it was stored, in any script', async (repository) => {
    const movie = sampleMovie({ overview: 'తెలుగు 日本語 🎬 𝔘𝔫𝔦 "quotes" \\ \n end', posterPath: null });
    const report = await repository.apply({ film: { movie, relatedIds: [2, 1], fetchedAt: hour(1) } });
    assert.deepEqual(report.movies, { inserted: 1, updated: 0, unchanged: 0 });
    const { id, changedAt, ...stored } = await filmOf(repository, movie.tmdbId);
    const rest = { fetchedAt: hour(1), detailed: true, relatedIds: [2, 1], collections: [], sentiment: null };
    assert.deepEqual(stored, { ...movie, ...rest });
    assert.equal(report.movieId, id);
    assert.match(id, /./);
    assert.ok(!Number.isNaN(Date.parse(changedAt)));
  });

  test('does not share its rows with the caller', async (repository) => {
    const genres = ['Action'];
    await repository.apply({ film: { movie: sampleMovie({ genres }), relatedIds: [], fetchedAt: hour(1) } });
    genres.push('changed later');
    const found = await filmOf(repository, 579974);
    assert.deepEqual(found.genres, ['Action']);
    Object.assign(found.genres, ['changed as well']);
    assert.deepEqual((await filmOf(repository, 579974)).genres, ['Action']);
  });

  test('counts a film that says the same as unchanged, and renews its age', async (repository) => {
    const film = { movie: sampleMovie(), relatedIds: [7] };
    await repository.apply({ film: { ...film, fetchedAt: hour(1) } });
    const before = await filmOf(repository, 579974);
    const report = await repository.apply({ film: { ...film, fetchedAt: hour(2) } });
    assert.deepEqual(report.movies, { inserted: 0, updated: 0, unchanged: 1 });
    assert.deepEqual(await filmOf(repository, 579974), { ...before, fetchedAt: hour(2) });
  });

  test('counts a film that differs in one field as updated, and keeps its id', async (repository) => {
    await repository.apply({ film: { movie: sampleMovie(), relatedIds: [7], fetchedAt: hour(1) } });
    const before = await filmOf(repository, 579974);
    const variants = [
      { movie: sampleMovie({ rating: 7.8 }), relatedIds: [7] },
      { movie: sampleMovie({ rating: 7.8 }), relatedIds: [8] },
      { movie: sampleMovie({ rating: 7.8, releaseDate: null }), relatedIds: [8] },
      { movie: sampleMovie({ rating: 7.8, releaseDate: null, keywords: [] }), relatedIds: [8] },
    ];
    for (const variant of variants) {
      const report = await repository.apply({ film: { ...variant, fetchedAt: hour(1) } });
      assert.deepEqual(report.movies, { inserted: 0, updated: 1, unchanged: 0 });
    }
    const after = await filmOf(repository, 579974);
    assert.equal(after.id, before.id);
    assert.deepEqual([after.rating, after.releaseDate, after.keywords, after.relatedIds], [7.8, null, [], [8]]);
    assert.ok(after.changedAt > before.changedAt);
  });

  test('never replaces a newer film', async (repository) => {
    await repository.apply({ film: { movie: sampleMovie({ title: 'New' }), relatedIds: [1], fetchedAt: hour(2) } });
    const before = await filmOf(repository, 579974);
    const old = { movie: sampleMovie({ title: 'Old' }), relatedIds: [2], fetchedAt: hour(1) };
    const report = await repository.apply({ film: old });
    assert.deepEqual(report.movies, { inserted: 0, updated: 0, unchanged: 1 });
    assert.deepEqual(await filmOf(repository, 579974), before);
  });

  test('keeps people, keywords, running time and age of a full film that a list shows again', async (repository) => {
    await repository.apply({ film: { movie: sampleMovie(), relatedIds: [7], fetchedAt: hour(1) } });
    const listed = listedMovie({ voteCount: 2000, genres: [], overview: '', posterPath: null });
    const report = await repository.apply({ related: { movies: [listed], fetchedAt: hour(2) } });
    assert.deepEqual(report.movies, { inserted: 0, updated: 1, unchanged: 0 });
    const { id: _id, changedAt: _changedAt, ...stored } = await filmOf(repository, 579974);
    const rest = { fetchedAt: hour(1), detailed: true, relatedIds: [7], collections: [], sentiment: null };
    assert.deepEqual(stored, { ...sampleMovie({ voteCount: 2000 }), ...rest });
  });

  test('takes an older list as no news of a film', async (repository) => {
    await repository.apply({ film: { movie: sampleMovie(), relatedIds: [], fetchedAt: hour(1) } });
    await repository.apply({ related: { movies: [listedMovie({ voteCount: 3000 })], fetchedAt: hour(3) } });
    const late = { movies: [listedMovie({ voteCount: 2000 })], fetchedAt: hour(2) };
    const report = await repository.apply({ related: late });
    assert.deepEqual(report.movies, { inserted: 0, updated: 0, unchanged: 1 });
    assert.equal((await filmOf(repository, 579974)).voteCount, 3000);
  });

  test('completes a film of a list by its details', async (repository) => {
    await repository.apply({ related: { movies: [listedMovie()], fetchedAt: hour(1) } });
    assert.equal((await filmOf(repository, 579974)).detailed, false);
    const report = await repository.apply({ film: { movie: sampleMovie(), relatedIds: [3], fetchedAt: hour(2) } });
    assert.deepEqual(report.movies, { inserted: 0, updated: 1, unchanged: 0 });
    const film = await filmOf(repository, 579974);
    assert.deepEqual([film.detailed, film.keywords, film.relatedIds], [true, sampleMovie().keywords, [3]]);
  });

  test('counts a film once however often a batch holds it; the last one of a list wins', async (repository) => {
    const report = await repository.apply({
      film: { movie: sampleMovie(), relatedIds: [1], fetchedAt: hour(1) },
      related: {
        movies: [listedMovie(), listedMovie({ tmdbId: 1, title: 'first' }), listedMovie({ tmdbId: 1, title: 'last' })],
        fetchedAt: hour(1),
      },
    });
    assert.deepEqual(report.movies, { inserted: 2, updated: 0, unchanged: 0 });
    assert.equal((await filmOf(repository, 1)).title, 'last');
    assert.equal((await filmOf(repository, 579974)).detailed, true);
  });

  test('remembers the newest collection of each source with the film', async (repository) => {
    const collection = { tmdbId: 579974, source: 'twitter', fetchedAt: hour(2), requested: 10, newestId: '15' };
    const other = { ...collection, source: 'letters', newestId: null };
    await repository.apply({
      film: { movie: sampleMovie(), relatedIds: [], fetchedAt: hour(1) },
      collections: [collection, other],
    });
    await repository.apply({ collections: [{ ...collection, fetchedAt: hour(1), requested: 99 }] });
    const { collections } = await filmOf(repository, 579974);
    const bySource = collections.toSorted((one, another) => (one.source < another.source ? -1 : 1));
    assert.deepEqual(bySource, [other, collection]);
  });

  test('keeps the summary of the sentiment with the film, also when the film is stored anew', async (repository) => {
    await repository.apply({ film: { movie: sampleMovie(), relatedIds: [], fetchedAt: hour(1) } });
    const cursor = (await filmOf(repository, 579974)).changedAt;
    const analysis = { tmdbId: 579974, analyzer: 'test', scores: [], summary: sampleSummary, analyzedAt: hour(1) };
    await repository.apply({ analysis });
    await repository.apply({ film: { movie: sampleMovie({ voteCount: 9 }), relatedIds: [], fetchedAt: hour(2) } });
    const [film] = await catalogueOf(repository, cursor);
    assert.deepEqual([film?.sentiment, film?.voteCount], [sampleSummary, 9]);
  });

  test('keeps a newer analysis where an older one comes late, such as from a spool', async (repository) => {
    await repository.apply({
      film: { movie: sampleMovie(), relatedIds: [], fetchedAt: hour(1) },
      reviews: { reviews: sampleReviews(0, 2), fetchedAt: hour(1) },
    });
    const scoreOf = (number: number, score: number) => ({
      tweetId: sampleReview(number).tweetId,
      score: { score, label: 'positive' as const, confidence: 0.5 },
    });
    const analysis = { tmdbId: 579974, analyzer: 'new', summary: sampleSummary, analyzedAt: hour(3) };
    await repository.apply({ analysis: { ...analysis, scores: [scoreOf(0, 0.5)] } });
    const cursor = (await filmOf(repository, 579974)).changedAt;
    const older = { ...analysis, analyzer: 'old', summary: { ...sampleSummary, reviewsAnalyzed: 1 } };
    const late = { ...older, analyzedAt: hour(2), scores: [scoreOf(0, 0.1), scoreOf(1, 0.2)] };
    await repository.apply({ analysis: late });
    const { sentiment, changedAt } = await filmOf(repository, 579974);
    assert.deepEqual([sentiment, changedAt], [sampleSummary, cursor]);
    const [second, first] = await repository.findReviews(579974, { limit: 2 });
    assert.deepEqual(
      [first, second].map((post) => [post?.sentiment?.score, post?.analyzer]),
      [
        [0.5, 'new'],
        [0.2, 'old'],
      ],
    );
    await repository.apply({ analysis: { ...older, analyzedAt: hour(3), scores: [] } });
    assert.equal((await filmOf(repository, 579974)).sentiment?.reviewsAnalyzed, 1);
  });

  test('gives each film in whole that the caller does not know as it was changed last', async (repository) => {
    const movies = Array.from({ length: 600 }, (_, index) =>
      listedMovie({ tmdbId: index + 1, title: `film ${index}` }),
    );
    await repository.apply({ related: { movies: movies.slice(0, 1), fetchedAt: hour(1) } });
    const cursor = (await filmOf(repository, 1)).changedAt;
    await repository.apply({ related: { movies: movies.slice(1), fetchedAt: hour(1) } });
    const last = await filmOf(repository, 600);
    for (const after of [undefined, cursor]) {
      const asked = await catalogueOf(repository, after, (tmdbId) => tmdbId % 2 === 1);
      const unknown = asked.filter(({ tmdbId }) => tmdbId % 2 === 0); // those that are known may come all the same
      assert.deepEqual([unknown.length, unknown.find(({ tmdbId }) => tmdbId === 600)], [300, last]);
      assert.equal((await catalogueOf(repository, after, () => false)).length, after === undefined ? 600 : 599);
      const outdated = await catalogueOf(repository, after, (_tmdbId, changedAt) => changedAt < last.changedAt);
      assert.ok(outdated.some(({ tmdbId }) => tmdbId === 600));
    }
  });
}
