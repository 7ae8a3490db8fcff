import assert from 'node:assert/strict';
import { searchKey } from '../../domain/fold-title.js';
import type { Movie } from '../../domain/movie.js';
import type { Repository } from '../../ports/repository.js';
import { catalogueOf, failsWith, type RepositoryTest } from './repository-test.js';
import { hour, listedMovie, sampleMovie } from './sample-records.js';

const film = (movie: Movie, ...searchKeys: string[]) => ({
  film: { movie, relatedIds: [], fetchedAt: hour(1), searchKeys },
});

async function found(repository: Repository, title: string, year?: number): Promise<number | undefined> {
  return (await repository.findMovie(year === undefined ? { title } : { title, year }))?.tmdbId;
}

export function lookupContract(test: RepositoryTest): void {
  test('finds nothing in an empty store', async (repository) => {
    assert.equal(await repository.findMovie({ tmdbId: 1 }), null);
    assert.equal(await found(repository, 'RRR'), undefined);
    assert.equal(await found(repository, '???'), undefined);
    assert.deepEqual(await repository.findReviews(1, { limit: 5 }), []);
    assert.deepEqual(await catalogueOf(repository), []);
  });

  test('finds nothing by texts that no store holds', async (repository) => {
    assert.equal(await repository.findRun('w\0'), null);
    assert.deepEqual(await repository.listRuns?.({ before: 'w\0' }), []);
    assert.equal(await repository.forgetReviews(['1\0']), 0);
  });

  test('finds a film by title and original title, whatever accents, case and punctuation', async (repository) => {
    await repository.apply(film(sampleMovie()));
    await repository.apply(film(sampleMovie({ tmdbId: 194, title: 'Amélie', originalTitle: 'Le Fabuleux Destin' })));
    assert.equal(await found(repository, ' rrr! '), 579974);
    assert.equal(await found(repository, 'రౌద్రం రణం రుధిరం'), 579974);
    assert.equal(await found(repository, 'AMELIE'), 194);
    assert.equal(await found(repository, 'le fabuleux-destin'), 194);
    assert.equal(await found(repository, 'Ameli'), undefined);
  });

  test('finds a film within one year of its release, and no film without a date', async (repository) => {
    await repository.apply(film(sampleMovie()));
    await repository.apply(film(sampleMovie({ tmdbId: 2, title: 'Undated', originalTitle: '', releaseDate: null })));
    const years = [2020, 2021, 2022, 2023, 2024];
    const hits = await Promise.all(years.map((year) => found(repository, 'RRR', year)));
    assert.deepEqual(hits, [undefined, 579974, 579974, 579974, undefined]);
    assert.equal(await found(repository, 'Undated', 2022), undefined);
    assert.equal(await found(repository, 'Undated'), 2);
  });

  test('prefers the most voted film of a title, of the year that was given', async (repository) => {
    const movies = [
      listedMovie({ tmdbId: 1, title: 'Don', originalTitle: 'Don', releaseDate: '1978-05-12', voteCount: 90 }),
      listedMovie({ tmdbId: 2, title: 'Don', originalTitle: 'Don', releaseDate: '2006-10-20', voteCount: 400 }),
      listedMovie({ tmdbId: 3, title: 'Don', originalTitle: 'Don', releaseDate: '2022-05-13', voteCount: 60 }),
    ];
    await repository.apply({ related: { movies, fetchedAt: hour(1) } });
    assert.equal(await found(repository, 'Don'), 2);
    assert.equal(await found(repository, 'Don', 1978), 1);
    assert.equal(await found(repository, 'Don', 2021), 3);
  });

  test('finds a film by a search of the past before any title; the newest search wins', async (repository) => {
    await repository.apply(film(sampleMovie({ tmdbId: 1, title: 'Pushpa', originalTitle: '', voteCount: 5000 })));
    await repository.apply(film(sampleMovie({ tmdbId: 2, title: 'Pushpa: The Rise', originalTitle: '' }), 'pushpa'));
    assert.equal(await found(repository, 'Pushpa'), 2);
    await repository.apply(film(sampleMovie({ tmdbId: 3, title: 'Pushpa 2', originalTitle: '' }), 'pushpa', 'rule'));
    assert.equal(await found(repository, 'PUSHPA!'), 3);
    assert.equal(await found(repository, 'Rule'), 3);
    assert.equal(await found(repository, 'Pushpa the Rise'), 2);
  });

  test('keeps searches with a year apart from those without', async (repository) => {
    await repository.apply(
      film(sampleMovie({ tmdbId: 1, title: 'A', originalTitle: '' }), searchKey('Fire Film', 2022)),
    );
    await repository.apply(film(sampleMovie({ tmdbId: 2, title: 'B', originalTitle: '' }), searchKey('Water Film')));
    assert.equal(await found(repository, 'fire film', 2022), 1);
    assert.equal(await found(repository, 'fire film'), undefined);
    assert.equal(await found(repository, 'water film', 2023), 2);
    assert.equal(await found(repository, 'water film', 1999), undefined);
  });

  test('finds only what a search of exactly this title and year led to, when nothing else will do', async (repository) => {
    await repository.apply(film(sampleMovie({ tmdbId: 437, title: 'It', originalTitle: 'It' }), searchKey('It', 1990)));
    const only = async (title: string, year?: number) =>
      (await repository.findMovie({ title, searchedOnly: true, ...(year === undefined ? {} : { year }) }))?.tmdbId;
    assert.equal(await found(repository, 'It'), 437);
    assert.equal(await only('It'), undefined);
    assert.equal(await only('It', 2017), undefined);
    assert.equal(await only('IT!', 1990), 437);
  });

  test('follows a film to its new title', async (repository) => {
    await repository.apply(film(sampleMovie({ title: 'Working Title' }), 'the search'));
    await repository.apply(film(sampleMovie({ title: 'Final Title' })));
    assert.equal(await found(repository, 'Final Title'), 579974);
    assert.equal(await found(repository, 'Working Title'), undefined);
    assert.equal(await found(repository, 'the search'), 579974);
  });

  test('lists the catalogue by the time of change, and after a cursor only what came since', async (repository) => {
    const movies = Array.from({ length: 1100 }, (_, index) =>
      listedMovie({ tmdbId: index + 1, title: `Film ${index}` }),
    );
    await repository.apply({ related: { movies: movies.slice(0, 1099), fetchedAt: hour(1) } });
    await repository.apply({ related: { movies: movies.slice(1099), fetchedAt: hour(1) } });
    const films = await catalogueOf(repository);
    assert.equal(new Set(films.map(({ tmdbId }) => tmdbId)).size, 1100);
    assert.equal(films.length, 1100);
    const times = films.map(({ changedAt }) => changedAt);
    assert.deepEqual(times, times.toSorted());
    const cursor = times.at(-1) ?? '';
    assert.deepEqual(await catalogueOf(repository, cursor), []);
    await repository.apply({
      related: { movies: [listedMovie({ tmdbId: 5, title: 'New' }), ...movies.slice(6, 9)], fetchedAt: hour(2) },
    });
    assert.deepEqual(
      (await catalogueOf(repository, cursor)).map(({ title }) => title),
      ['New'],
    );
    await failsWith('INVALID_INPUT', () => catalogueOf(repository, 'yesterday'));
  });
}
