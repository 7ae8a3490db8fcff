import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  createEntities,
  createMigrations,
  reelflowEntities,
  reelflowMigrations,
  TypeOrmRepository,
} from '../../../src/adapters/typeorm/index.js';
import { arrayOf } from '../../../src/adapters/typeorm/postgres/unnested.js';
import { sampleMovie, sampleReviews } from '../../../src/testing/repository/sample-records.js';
import { failure, hostDataSource, open, temporaryDirectory, temporaryFile } from './helpers.js';

const tables = [
  'reelflow_forgotten',
  'reelflow_markers',
  'reelflow_movie_titles',
  'reelflow_movies',
  'reelflow_quarantine',
  'reelflow_recommendations',
  'reelflow_reviews',
  'reelflow_run_steps',
  'reelflow_runs',
];
const film = { movie: sampleMovie(), relatedIds: [], fetchedAt: '2024-01-01T00:00:00.000Z' };

describe('database coordination: tables', () => {
  test('migrations and entities describe the same tables', async () => {
    const dataSource = await hostDataSource(':memory:', { entities: reelflowEntities, migrations: reelflowMigrations });
    await dataSource.runMigrations();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  test('columns of one name hold the same in every table, so that arrays of them have one type', () => {
    for (const { options } of createEntities('any_', 'postgres')) {
      for (const [name, column] of Object.entries(options.columns)) {
        const type = column?.type === 'varchar' ? 'text' : column?.type;
        expect([options.tableName, name, arrayOf(name)]).toEqual([options.tableName, name, `${String(type)}[]`]);
      }
    }
  });

  test('the migration can be taken back', async () => {
    const dataSource = await hostDataSource(':memory:', { migrations: reelflowMigrations });
    await dataSource.runMigrations();
    await dataSource.undoLastMigration();
    const left = await dataSource.query(`SELECT name FROM sqlite_master WHERE name LIKE 'reelflow%'`);
    expect(left).toEqual([]);
  });

  test('migrations of several prefixes go together in one DataSource', async () => {
    const migrations = [...reelflowMigrations, ...createMigrations('a_')];
    const dataSource = await hostDataSource(':memory:', { migrations, migrationsRun: true });
    for (const tablePrefix of ['reelflow_', 'a_']) await open({ dataSource, tablePrefix });
  });

  test('opening makes the file, its directories and the tables, once', async () => {
    const file = join(await temporaryDirectory(), 'not', 'there', 'yet.db');
    const first = await TypeOrmRepository.open({ type: 'sqlite', database: file });
    await first.apply({ film });
    await first.close();
    const again = await open({ type: 'sqlite', database: file });
    expect((await again.findMovie({ title: 'rrr' }))?.tmdbId).toBe(579974);
    const host = await hostDataSource(file);
    const names = await host.query(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'reelflow%' ORDER BY name`,
    );
    expect(names.map(({ name }: { name: string }) => name)).toEqual([...tables, 'reelflow_migrations'].sort());
    expect(await host.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  });

  test('two prefixes live in one file', async () => {
    const database = await temporaryFile();
    const one = await open({ type: 'sqlite', database, tablePrefix: 'one_' });
    const two = await open({ type: 'sqlite', database, tablePrefix: 'Two' });
    await one.apply({ film });
    expect(await two.findMovie({ tmdbId: 579974 })).toBeNull();
    expect(await one.findMovie({ tmdbId: 579974 })).not.toBeNull();
  });

  test('entities and migrations for another prefix fit a host', async () => {
    const migrations = createMigrations('shop_');
    const dataSource = await hostDataSource(':memory:', {
      entities: createEntities('shop_'),
      migrations,
      migrationsRun: true,
    });
    const repository = await open({ dataSource, tablePrefix: 'shop_' });
    expect((await repository.apply({ film })).movies.inserted).toBe(1);
  });

  test('without migrate, the missing tables are named', async () => {
    const database = await temporaryFile();
    const error = await failure(TypeOrmRepository.open({ type: 'sqlite', database, migrate: false }));
    expect(error.code).toBe('INVALID_OPTIONS');
    for (const table of tables) expect(error.message).toContain(table);
    await open({ type: 'sqlite', database });
    const repository = await open({ type: 'sqlite', database, migrate: false });
    expect(await repository.health()).toEqual({ ok: true });
  });

  test('many openings of one fresh file at once give one set of tables', async () => {
    const database = await temporaryFile();
    const repositories = await Promise.all(Array.from({ length: 8 }, () => open({ type: 'sqlite', database })));
    const fetchedAt = '2024-01-01T00:00:00.000Z';
    const reviews = { reviews: sampleReviews(0, 200), fetchedAt };
    const reports = await Promise.all(repositories.map((repository) => repository.apply({ reviews })));
    expect(reports.map((report) => report.reviews.inserted).sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 200]);
    expect(reports.every((report) => report.reviews.inserted + report.reviews.unchanged === 200)).toBe(true);
    const migrations = await (await hostDataSource(database)).query('SELECT name FROM reelflow_migrations');
    expect(migrations).toHaveLength(1);
  });
});
