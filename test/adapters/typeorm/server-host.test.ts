import { EntitySchema } from 'typeorm';
import { expect, test } from 'vitest';
import { createEntities, createMigrations, TypeOrmRepository } from '../../../src/adapters/typeorm/index.js';
import { postgresDialect } from '../../../src/adapters/typeorm/postgres/postgres-dialect.js';
import { SqlSession } from '../../../src/adapters/typeorm/sql-session.js';
import { hour, sampleMovie, sampleReview, sampleReviews } from '../../../src/testing/repository/sample-records.js';
import { describeOnServers } from '../../support/databases.js';
import { failure, open } from './helpers.js';
import { connectHost, withoutTables } from './server-tables.js';

const film = { movie: sampleMovie(), relatedIds: [], fetchedAt: hour(1) };
const kindOf = (type: string) => (type === 'postgres' ? 'postgres' : 'mariadb');

describeOnServers("database coordination: a host's own DataSource", ({ options }) => {
  const kind = kindOf(options.type);

  test('migrations and entities describe the same tables', async () => {
    const host = await connectHost(options);
    const tablePrefix = await withoutTables(host, 'same_');
    const migrations = createMigrations(tablePrefix);
    const dataSource = await connectHost(options, {
      entities: createEntities(tablePrefix, kind),
      migrations,
      migrationsTableName: 'same_migrations',
    });
    await dataSource.runMigrations();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
    await dataSource.undoLastMigration();
    expect((await failure(TypeOrmRepository.open({ dataSource, tablePrefix }))).message).toContain(
      'no table same_movies',
    );
  });

  test('is shared with the entities of the host, made by either, and never closed by us', async () => {
    const cleaner = await connectHost(options);
    const tablePrefix = await withoutTables(cleaner, 'shared_');
    const notes = new EntitySchema<{ id: number; text: string }>({
      name: 'Note',
      tableName: 'shared_quarantine_notes',
      columns: { id: { type: 'int', primary: true, generated: true }, text: { type: 'text' } },
    });
    const dataSource = await connectHost(options, {
      entities: [...createEntities(tablePrefix, kind), notes],
      synchronize: true,
    });
    const repository = await open({ dataSource, tablePrefix });
    await Promise.all([
      repository.apply({ film, reviews: { reviews: [sampleReview(1)], fetchedAt: hour(1) } }),
      dataSource.getRepository(notes).save({ text: 'mine' }),
    ]);
    await expect(
      dataSource.transaction(async (manager) => {
        await manager.getRepository(notes).save({ text: 'undone' });
        await repository.apply({ film: { ...film, fetchedAt: hour(2) } }); // on another connection
        throw new Error('the host rolls back');
      }),
    ).rejects.toThrow('the host rolls back');
    await repository.close();
    expect(dataSource.isInitialized).toBe(true);
    expect(await dataSource.getRepository(notes).count()).toBe(1);
    const movies = await dataSource.getRepository('ReelflowMovie').find();
    expect(movies).toMatchObject([{ title: 'RRR', fetched_at: hour(2) }]);
    await dataSource.query('DROP TABLE shared_quarantine_notes');
  });

  test('closed by the host, it is reported as closed', async () => {
    const cleaner = await connectHost(options);
    const tablePrefix = await withoutTables(cleaner, 'gone_');
    const dataSource = await connectHost(options, { entities: createEntities(tablePrefix, kind), synchronize: true });
    const repository = await open({ dataSource, tablePrefix });
    await dataSource.destroy();
    expect((await failure(repository.apply({ film }))).code).toBe('CLOSED');
    expect((await repository.health()).error?.code).toBe('CLOSED');
  });

  test('without our tables it is refused by their names, and stays open', async () => {
    const dataSource = await connectHost(options);
    const error = await failure(TypeOrmRepository.open({ dataSource, tablePrefix: 'nowhere_' }));
    expect([error.code, error.message]).toEqual(['INVALID_OPTIONS', expect.stringContaining('nowhere_movies')]);
    expect(dataSource.isInitialized).toBe(true);
  });

  if (kind === 'postgres') {
    test('keeps its tables in the schema that it names', async () => {
      const cleaner = await connectHost(options);
      await cleaner.query('DROP SCHEMA IF EXISTS reelflow_apart CASCADE');
      await cleaner.query('CREATE SCHEMA reelflow_apart');
      const repository = await open({ ...options, schema: 'reelflow_apart', tablePrefix: 'Apart_' });
      expect((await repository.apply({ film })).movies.inserted).toBe(1);
      expect((await repository.findMovie({ title: 'rrr' }))?.tmdbId).toBe(579974);
      expect(await cleaner.query('SELECT title FROM reelflow_apart."Apart_movies"')).toEqual([{ title: 'RRR' }]);
      await repository.close();
      await cleaner.query('DROP SCHEMA reelflow_apart CASCADE');
    });

    test('writers that name the schema and writers that do not keep each other out', async () => {
      const tablePrefix = await withoutTables(await connectHost(options), 'named_');
      const named = await open({ ...options, tablePrefix, schema: 'public' });
      const unnamed = await open({ ...options, tablePrefix });
      const batch = { reviews: { reviews: sampleReviews(0, 3000), fetchedAt: hour(1) } };
      const reports = await Promise.all([named.apply(batch), unnamed.apply(batch)]);
      expect(reports.map(({ reviews }) => reviews.inserted).sort()).toEqual([0, 3000]);
    });

    test('the lock for migrations is that of a transaction, so that no pool in between keeps it', async () => {
      const host = await connectHost(options);
      const runners = [host.createQueryRunner(), host.createQueryRunner()];
      const [one, other] = runners.map((runner) => new SqlSession(runner, postgresDialect, { timeoutMs: 10_000 }));
      if (one === undefined || other === undefined) throw new Error('two were made');
      expect(await postgresDialect.lockSchema(one, 'locked_')).toBe(true);
      expect(await postgresDialect.lockSchema(other, 'locked_')).toBe(false);
      await one.run('ROLLBACK'); // as a pool in between would, when the client is gone
      expect(await postgresDialect.lockSchema(other, 'locked_')).toBe(true);
      await postgresDialect.unlockSchema(other, 'locked_');
      expect(await postgresDialect.lockSchema(one, 'locked_')).toBe(true);
      await postgresDialect.unlockSchema(one, 'locked_');
      for (const runner of runners) await runner.release();
    });

    test('is refused on a database that is not UTF-8', async () => {
      const cleaner = await connectHost(options);
      await cleaner.query('DROP DATABASE IF EXISTS reelflow_latin');
      await cleaner.query(
        `CREATE DATABASE reelflow_latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`,
      );
      const error = await failure(TypeOrmRepository.open({ ...options, database: 'reelflow_latin' }));
      expect([error.code, error.message]).toEqual(['INVALID_OPTIONS', expect.stringContaining("ENCODING 'UTF8'")]);
      await cleaner.query('DROP DATABASE reelflow_latin');
    });
  } else {
    test('is refused with a character set that loses titles, and in a mode that cuts values', async () => {
      const latin = await connectHost(options, { charset: 'latin1' });
      const charset = await failure(TypeOrmRepository.open({ dataSource: latin, tablePrefix: 'x_' }));
      expect([charset.code, charset.message]).toEqual(['INVALID_OPTIONS', expect.stringContaining('utf8mb4')]);
      for (const [mode, named] of [
        ['', 'STRICT_TRANS_TABLES'],
        ['STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES', 'NO_BACKSLASH_ESCAPES'],
      ]) {
        const lax = await connectHost(options, { poolSize: 1 });
        await lax.query(`SET SESSION sql_mode = '${mode}'`);
        const error = await failure(TypeOrmRepository.open({ dataSource: lax, tablePrefix: 'x_' }));
        expect([error.code, error.message]).toEqual(['INVALID_OPTIONS', expect.stringContaining(named ?? '')]);
      }
    });
  }
});
