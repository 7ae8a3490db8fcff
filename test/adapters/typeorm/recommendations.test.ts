import { describe, expect, test } from 'vitest';
import { reelflowMigrations } from '../../../src/adapters/typeorm/index.js';
import type { Recommendation } from '../../../src/domain/recommendation.js';
import { sweepAll } from '../../../src/testing/repository/repository-test.js';
import { hour } from '../../../src/testing/repository/sample-records.js';
import { hostDataSource, open } from './helpers.js';

const recommendation = (tmdbId: number, score: number): Recommendation => ({
  tmdbId,
  title: `Film ${tmdbId}`,
  releaseDate: null,
  rating: 7,
  posterUrl: null,
  score,
  sentiment: null,
  reasons: [{ kind: 'genre', share: 1, values: ['Action'] }],
  explanation: 'both are Action',
});

async function setup() {
  const dataSource = await hostDataSource(':memory:', { migrations: reelflowMigrations, migrationsRun: true });
  const repository = await open({ dataSource });
  const store = (recommendations: Recommendation[], recommendedAt: string, seedTmdbId = 1) =>
    repository.apply({ recommendations: { seedTmdbId, workflowId: 'w1', recommendations, recommendedAt } });
  const stored = (seed = 1): Promise<Array<{ tmdb_id: number; score: number; workflow_id: string; content: string }>> =>
    dataSource.query('SELECT * FROM reelflow_recommendations WHERE seed_tmdb_id = ? ORDER BY place', [seed]);
  return { repository, store, stored };
}

describe('database coordination: recommendations', () => {
  test('are stored in their order, whole', async () => {
    const { store, stored } = await setup();
    const list = [recommendation(2, 0.9), recommendation(3, 0.5)];
    await store(list, hour(1));
    const rows = await stored();
    expect(rows).toMatchObject([
      { tmdb_id: 2, score: 0.9, workflow_id: 'w1' },
      { tmdb_id: 3, score: 0.5, workflow_id: 'w1' },
    ]);
    expect(rows.map(({ content }) => JSON.parse(content))).toEqual(list);
  });

  test('replace those of the same film before, but not newer ones', async () => {
    const { store, stored } = await setup();
    await store([recommendation(2, 0.9), recommendation(3, 0.5)], hour(2));
    await store([recommendation(9, 0.1)], hour(3), 7);
    await store([recommendation(4, 0.8)], hour(3));
    await store([recommendation(5, 0.7)], hour(1));
    expect((await stored()).map((row) => row.tmdb_id)).toEqual([4]);
    expect((await stored(7)).map((row) => row.tmdb_id)).toEqual([9]);
  });

  test('are swept with the films', async () => {
    const { repository, store, stored } = await setup();
    await store([recommendation(2, 0.9)], hour(1));
    await sweepAll(repository, { movieMs: 1000 });
    expect(await stored()).toEqual([]);
  });
});
