import { expect, test } from 'vitest';
import { type Movie, MovieRecommender } from '../../src/index.js';
import { film } from '../workflow/setup.js';

const films = 250_000;
const genres = ['Action', 'Drama', 'Comedy', 'War', 'Music', 'Horror', 'History', 'Crime'];

function* synthetic(): Generator<Movie> {
  for (let id = 1; id <= films; id += 1) {
    const pick = (salt: number, of: number) => Math.imul(id + salt, 2_654_435_761) % of;
    yield film(id, `Film ${id} x`, {
      originalLanguage: ['en', 'te', 'hi', 'fr'][Math.abs(pick(1, 4))] ?? 'en',
      releaseDate: `${1950 + Math.abs(pick(2, 75))}-06-01`,
      genres: [genres[Math.abs(pick(3, 8))] ?? 'War', genres[Math.abs(pick(4, 8))] ?? 'War'],
      keywords: [`k${Math.abs(pick(5, 5000))}`, `k${Math.abs(pick(6, 5000))}`],
      cast: [`Actor ${Math.abs(pick(7, 80_000))}`],
      directors: [`Director ${Math.abs(pick(8, 40_000))}`],
      voteCount: Math.abs(pick(9, 20_000)),
    });
  }
}

test('a quarter of a million films are indexed and asked in bounded time', async () => {
  const recommender = new MovieRecommender();
  recommender.index(synthetic());
  const times: number[] = [];
  for (let run = 1; run <= 25; run += 1) {
    const start = performance.now();
    const found = await recommender.recommend(run * 9973, { limit: 10 });
    times.push(performance.now() - start);
    expect(found).toHaveLength(10);
  }
  const median = times.toSorted((one, other) => one - other)[12];
  expect(median).toBeLessThan(200); // about 10 ms on an idle core
}, 120_000);
