import { describe, expect, test } from 'vitest';
import { TypeOrmRepository, type TypeOrmRepositoryOptions } from '../../../src/adapters/typeorm/index.js';
import { tableNames } from '../../../src/adapters/typeorm/schema/tables.js';
import type { Counts } from '../../../src/index.js';
import { runProgram } from '../../support/child-process.js';
import { describeOnServers } from '../../support/databases.js';
import { hostDataSource, temporaryFile } from './helpers.js';
import { connectHost, withoutTables } from './server-tables.js';

const program = new URL('programs/store-posts.ts', import.meta.url);
const run = (processes: number, options: TypeOrmRepositoryOptions, posts: number) =>
  Promise.all(Array.from({ length: processes }, () => runProgram<Counts>(program, { options, posts, batch: 1000 })));
const sum = (counts: readonly Counts[], key: keyof Counts) => counts.reduce((total, one) => total + one[key], 0);

async function storedPosts(options: TypeOrmRepositoryOptions): Promise<number> {
  const repository = await TypeOrmRepository.open(options);
  const { length } = await repository.findReviews(579974, { limit: 100_000 });
  await repository.close();
  return length;
}

describe('database coordination: many processes, SQLite', () => {
  test('eight open one fresh file at once', { timeout: 60_000 }, async () => {
    const database = await temporaryFile();
    await run(8, { type: 'sqlite', database }, 0);
    const host = await hostDataSource(database);
    const tables = await host.query(`SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'reelflow%'`);
    expect(tables).toHaveLength(10);
    expect(await host.query('SELECT name FROM reelflow_migrations')).toHaveLength(1);
  });

  test('four store the same 5,000 posts at once', { timeout: 60_000 }, async () => {
    const options = { type: 'sqlite', database: await temporaryFile(), queryTimeoutMs: 60_000 } as const;
    const counts = await run(4, options, 5000);
    expect([sum(counts, 'inserted'), sum(counts, 'updated'), sum(counts, 'unchanged')]).toEqual([5000, 0, 15_000]);
    expect(await storedPosts(options)).toBe(5000);
  });
});

describeOnServers('database coordination: many processes', ({ options }) => {
  test('eight open one fresh database at once', { timeout: 60_000 }, async () => {
    const host = await connectHost(options);
    const tablePrefix = await withoutTables(host, 'eight_');
    await run(8, { ...options, tablePrefix }, 0);
    const tables: ReadonlyArray<{ name: string }> = await host.query(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_name LIKE 'eight~_%' ESCAPE '~'`,
    );
    expect(tables.map(({ name }) => name).sort()).toEqual(
      [...Object.values(tableNames(tablePrefix)), 'eight_migrations'].sort(),
    );
    expect(await host.query('SELECT name FROM eight_migrations')).toHaveLength(1);
  });

  test('four store the same 5,000 posts at once', { timeout: 60_000 }, async () => {
    const tablePrefix = await withoutTables(await connectHost(options), 'four_');
    const target = { ...options, tablePrefix, queryTimeoutMs: 60_000 };
    const counts = await run(4, target, 5000);
    expect([sum(counts, 'inserted'), sum(counts, 'updated'), sum(counts, 'unchanged')]).toEqual([5000, 0, 15_000]);
    expect(await storedPosts(target)).toBe(5000);
  });
});
