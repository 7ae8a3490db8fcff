import { DataSource, EntitySchema, type Logger } from 'typeorm';
import { describe, expect, test } from 'vitest';
import { loadNodeSqlite, reelflowEntities, TypeOrmRepository } from '../../../src/adapters/typeorm/index.js';
import { sampleMovie, sampleReviews, sampleRun } from '../../../src/testing/repository/sample-records.js';
import { repositoryContract } from '../../../src/testing/repository-contract.js';
import { failure, hostDataSource, open } from './helpers.js';

const notes = new EntitySchema<{ id: number; text: string }>({
  name: 'Note',
  columns: { id: { type: 'integer', primary: true, generated: true }, text: { type: 'text' } },
});
const entities = [...reelflowEntities, notes];
const film = { movie: sampleMovie(), relatedIds: [], fetchedAt: '2024-01-01T00:00:00.000Z' };

describe("database coordination: a host's own DataSource", () => {
  repositoryContract(test, async () => {
    const dataSource = await hostDataSource(':memory:', { entities, synchronize: true });
    return TypeOrmRepository.open({ dataSource });
  });

  test('stays open, and is shared with the entities of the host', async () => {
    const dataSource = await hostDataSource(':memory:', { entities, synchronize: true });
    const repository = await open({ dataSource });
    await Promise.all([repository.apply({ film }), dataSource.getRepository(notes).save({ text: 'mine' })]);
    await repository.close();
    expect(dataSource.isInitialized).toBe(true);
    expect(await dataSource.getRepository(notes).count()).toBe(1);
    const movies = await dataSource.getRepository('ReelflowMovie').find();
    expect(movies).toMatchObject([{ tmdb_id: 579974, title: 'RRR' }]);
  });

  test('a write waits for a transaction of the host', async () => {
    const dataSource = await hostDataSource(':memory:', { entities, synchronize: true });
    const repository = await open({ dataSource });
    let applied: Promise<unknown> | undefined;
    await expect(
      dataSource.transaction(async (manager) => {
        await manager.getRepository(notes).save({ text: 'undone' });
        applied = repository.apply({ film });
        await manager.getRepository(notes).save({ text: 'undone too' });
        throw new Error('the host rolls back');
      }),
    ).rejects.toThrow('the host rolls back');
    await applied;
    expect(await repository.findMovie({ tmdbId: 579974 })).not.toBeNull();
    expect(await dataSource.getRepository(notes).count()).toBe(0);
  });

  test('a recorded step takes no part in a transaction of the host', async () => {
    const dataSource = await hostDataSource(':memory:', { entities, synchronize: true });
    const repository = await open({ dataSource });
    await repository.createRun(sampleRun('w1'));
    const reports = [{ name: 'collect', status: 'ok', attempts: 1, durationMs: 1 }] as const;
    let applied: Promise<unknown> | undefined;
    await expect(
      dataSource.transaction(async (manager) => {
        applied = repository.apply({ steps: { workflowId: 'w1', reports } });
        await manager.getRepository(notes).save({ text: 'undone' });
        throw new Error('the host rolls back');
      }),
    ).rejects.toThrow('the host rolls back');
    await applied;
    expect((await repository.findRun('w1'))?.steps).toEqual(reports);
  });

  test('a transaction of the host that does not end is not waited for forever', async () => {
    const dataSource = await hostDataSource(':memory:', { entities, synchronize: true });
    const repository = await open({ dataSource, queryTimeoutMs: 0 });
    const runner = dataSource.createQueryRunner();
    await runner.startTransaction();
    const error = await failure(repository.apply({ film }));
    expect([error.code, error.retryable]).toEqual(['DB_CONFLICT', true]);
    await runner.commitTransaction();
    expect((await repository.apply({ film })).movies.inserted).toBe(1);
  });

  test('closed by the host, it is reported as closed', async () => {
    const dataSource = await hostDataSource(':memory:', { entities, synchronize: true });
    const repository = await open({ dataSource });
    await dataSource.destroy();
    expect((await failure(repository.apply({ film }))).code).toBe('CLOSED');
    expect((await repository.health()).error?.code).toBe('CLOSED');
  });

  test('gives its subscriber back when the repository closes', async () => {
    const dataSource = await hostDataSource(':memory:', { entities, synchronize: true });
    const repository = await TypeOrmRepository.open({ dataSource });
    expect(dataSource.subscribers).toHaveLength(1);
    await repository.close();
    expect(dataSource.subscribers).toHaveLength(0);
  });

  test('of a kind that this version does not know is refused', async () => {
    const dataSource = await hostDataSource(':memory:', { entities, synchronize: true });
    Object.assign(dataSource.options, { type: 'oracle' });
    const error = await failure(TypeOrmRepository.open({ dataSource }));
    expect([error.code, error.message]).toEqual(['INVALID_OPTIONS', expect.stringContaining("type 'oracle'")]);
  });

  test('must hold our tables, be initialized and be migrated by the host', async () => {
    const empty = await hostDataSource(':memory:');
    const missing = await failure(TypeOrmRepository.open({ dataSource: empty }));
    expect(missing.message).toMatch(/no table reelflow_movies.*reelflowMigrations.*reelflowEntities/);
    expect(empty.isInitialized).toBe(true);
    const migrate = await failure(TypeOrmRepository.open({ dataSource: empty, ...{ migrate: true } }));
    expect([migrate.code, migrate.message]).toEqual(['INVALID_OPTIONS', expect.stringMatching(/^migrate does not go/)]);
    const driver = await loadNodeSqlite();
    const dataSource = new DataSource({ type: 'better-sqlite3', driver, database: ':memory:' });
    expect((await failure(TypeOrmRepository.open({ dataSource }))).message).toMatch(/must be initialized/);
  });

  test('the number of statements does not grow with the number of posts', async () => {
    const statements: string[] = [];
    const logger: Logger = {
      logQuery: (sql) => statements.push(sql),
      logQueryError() {},
      logQuerySlow() {},
      logSchemaBuild() {},
      logMigration() {},
      log() {},
    };
    const dataSource = await hostDataSource(':memory:', { entities, synchronize: true, logger });
    const repository = await open({ dataSource });
    const countOf = async (posts: number, fetchedAt: string) => {
      statements.length = 0;
      await repository.apply({ reviews: { reviews: sampleReviews(0, posts), fetchedAt } });
      return statements.length;
    };
    const few = await countOf(2, '2024-01-01T00:00:00.000Z');
    expect(await countOf(400, '2024-01-02T00:00:00.000Z')).toBeLessThanOrEqual(few + 1);
    expect(await countOf(400, '2024-01-03T00:00:00.000Z')).toBeLessThanOrEqual(few);
  });
});
