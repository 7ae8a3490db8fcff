import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { TypeOrmRepository } from '../../src/adapters/typeorm/index.js';
import { MovieRecommender, type Repository, type SentimentAnalysis } from '../../src/index.js';
import { film } from '../workflow/setup.js';
import { posts } from './posts.js';

/** What a process knows of the database: it reads what has changed since it last looked. */
class Reader {
  readonly #recommender = new MovieRecommender();
  readonly #sentiments = new Map<number, SentimentAnalysis>();
  #changedAfter: string | undefined;
  readonly repository: Repository;

  constructor(repository: Repository) {
    this.repository = repository;
  }

  async refresh(): Promise<void> {
    const since = this.#changedAfter === undefined ? {} : { changedAfter: this.#changedAfter };
    for await (const movie of this.repository.catalogue(since)) {
      this.#recommender.index([movie]);
      if (movie.sentiment !== null) this.#sentiments.set(movie.tmdbId, movie.sentiment);
      this.#changedAfter = movie.changedAt;
    }
  }

  answer = () =>
    this.#recommender.recommend(1, { limit: 10, sentimentOf: (tmdbId) => this.#sentiments.get(tmdbId) ?? null });
}

test('two readers of one database agree after a refresh, whenever each began and whoever stored what', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'reelflow-recommend-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const open = async () => {
    const repository = await TypeOrmRepository.open({ type: 'sqlite', database: join(directory, 'films.db') });
    onTestFinished(() => repository.close());
    return new Reader(repository);
  };
  const [early, late] = [await open(), await open()];
  let minute = 0;
  const store = async ({ repository }: Reader, ...films: Array<ReturnType<typeof film>>) => {
    for (const movie of films) {
      const fetchedAt = new Date(Date.UTC(2024, 0, 1, 0, minute++)).toISOString();
      await repository.apply({ film: { movie, relatedIds: [], fetchedAt } });
    }
  };
  await store(early, film(1, 'Seed'), film(2, 'Two', { genres: ['War'] }), film(3, 'Three', { cast: [] }));
  await early.refresh();
  await store(late, film(5, 'Five', { directors: ['Another'] }), film(4, 'Four', { voteCount: 9000 }));
  await store(early, film(2, 'Two', { genres: ['Drama'], keywords: ['friendship', 'war'] }));
  await late.repository.apply({
    analysis: { tmdbId: 5, analyzer: 'test', scores: [], summary: posts(0.9), analyzedAt: '2024-01-01T02:00:00.000Z' },
  });
  await late.refresh();
  await early.refresh();
  const answer = await early.answer();
  expect(answer.map(({ tmdbId }) => tmdbId).toSorted()).toEqual([2, 3, 4, 5]);
  expect(answer.find(({ tmdbId }) => tmdbId === 5)?.sentiment).toBe(0.9);
  expect(await late.answer()).toEqual(answer);
});
