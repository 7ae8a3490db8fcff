import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reelflowMigrations, TypeOrmRepository } from '../../../src/adapters/typeorm/index.js';
import { sampleMovie, sampleReviews, sampleRun } from '../../../src/testing/repository/sample-records.js';
import { failure, hostDataSource, open, temporaryDirectory, temporaryFile } from './helpers.js';

const fetchedAt = '2024-01-01T00:00:00.000Z';
const film = { movie: sampleMovie({ title: 'A secret title' }), relatedIds: [], fetchedAt };

describe('error handling: SQLite', () => {
  test('a file that is no database is reported and left as it is', async () => {
    const file = await temporaryFile();
    await writeFile(file, 'precious text of somebody, which is no database at all '.repeat(20));
    const before = await readFile(file);
    const error = await failure(TypeOrmRepository.open({ type: 'sqlite', database: file }));
    expect([error.code, error.retryable]).toEqual(['DB_CONNECTION', false]);
    expect(error.message).toContain(file);
    expect(error.message).toContain('no SQLite database');
    expect(await readFile(file)).toEqual(before);
  });

  test('a path that cannot be opened is named', async () => {
    const directory = await temporaryDirectory();
    await mkdir(join(directory, 'taken.db'));
    const error = await failure(TypeOrmRepository.open({ type: 'sqlite', database: join(directory, 'taken.db') }));
    expect(error.code).toBe('DB_CONNECTION');
    expect(error.message).toContain('taken.db');
    await writeFile(join(directory, 'file'), '');
    const below = await failure(TypeOrmRepository.open({ type: 'sqlite', database: join(directory, 'file', 'x.db') }));
    expect(below.code).toBe('DB_CONNECTION');
  });

  test('a full database rolls back the whole batch', async () => {
    const dataSource = await hostDataSource(':memory:', { migrations: reelflowMigrations, migrationsRun: true });
    const repository = await open({ dataSource });
    await dataSource.query('PRAGMA max_page_count = 60');
    const error = await failure(repository.apply({ film, reviews: { reviews: sampleReviews(0, 5000), fetchedAt } }));
    expect([error.code, error.retryable]).toEqual(['DB_STORAGE_FULL', false]);
    expect(await repository.findMovie({ tmdbId: 579974 })).toBeNull();
    expect((await repository.apply({ film })).movies.inserted).toBe(1);
  });

  test('a read-only database refuses writes and still reads', async () => {
    const database = await temporaryFile();
    const writer = await open({ type: 'sqlite', database });
    await writer.apply({ film });
    const repository = await open({ dataSource: await hostDataSource(database, { readonly: true }) });
    const error = await failure(repository.apply({ film }));
    expect([error.code, error.retryable]).toEqual(['DB_READ_ONLY', false]);
    expect((await repository.findMovie({ tmdbId: 579974 }))?.title).toBe('A secret title');
  });

  test('another writer is waited for, up to the timeout', async () => {
    const database = await temporaryFile();
    const repository = await open({ type: 'sqlite', database, queryTimeoutMs: 0 });
    const patient = await open({ type: 'sqlite', database, queryTimeoutMs: 60_000 });
    const other = await hostDataSource(database);
    await other.query('BEGIN IMMEDIATE');
    const error = await failure(repository.apply({ film }));
    expect([error.code, error.retryable]).toEqual(['DB_CONFLICT', true]);
    expect(await repository.findMovie({ tmdbId: 579974 })).toBeNull(); // reads go beside a write
    const waiting = patient.apply({ film });
    await other.query('COMMIT');
    expect((await waiting).movies.inserted).toBe(1);
    await patient.createRun(sampleRun('w1'));
    await other.query('BEGIN IMMEDIATE');
    const reports = [{ name: 'collect', status: 'ok', attempts: 1, durationMs: 1 }] as const;
    const recording = patient.apply({ steps: { workflowId: 'w1', reports } });
    expect((await patient.findRun('w1'))?.steps).toEqual([]);
    await other.query('COMMIT');
    await recording;
    expect((await patient.findRun('w1'))?.steps).toEqual(reports);
  });

  test('an abort ends the wait for another writer', async () => {
    const database = await temporaryFile();
    const repository = await open({ type: 'sqlite', database, queryTimeoutMs: 60_000 });
    const other = await hostDataSource(database);
    await other.query('BEGIN IMMEDIATE');
    const controller = new AbortController();
    const first = failure(repository.apply({ film }, { signal: controller.signal }));
    await repository.health(); // by then the first one waits for the lock
    const queued = failure(repository.apply({ film }, { signal: controller.signal }));
    const patient = repository.apply({ film });
    controller.abort(new Error('enough'));
    expect((await queued).code).toBe('CANCELLED');
    expect((await first).cause).toEqual(new Error('enough'));
    await other.query('COMMIT');
    expect((await patient).movies.inserted).toBe(1);
  });

  test('neither message nor cause holds the values of a statement', async () => {
    const dataSource = await hostDataSource(':memory:', { migrations: reelflowMigrations, migrationsRun: true });
    const repository = await open({ dataSource });
    await dataSource.query('DROP TABLE reelflow_movie_titles');
    const error = await failure(repository.apply({ film }));
    expect(error.message).toMatch(/no such table: reelflow_movie_titles/);
    expect(JSON.stringify([error, error.cause, Object.entries(error.cause as Error)])).not.toContain('A secret title');
  });

  test('a post of the wrong shape is isolated', async () => {
    const repository = await open({ type: 'sqlite', database: ':memory:' });
    const [good, bad] = sampleReviews(0, 2);
    const reviews = [good, { ...bad, text: { nested: true } }] as (typeof good)[] as never[];
    const report = await repository.apply({ reviews: { reviews, fetchedAt } });
    expect(report.reviews.inserted).toBe(1);
    expect(report.rejected.map(({ reason }) => reason.code)).toEqual(['DATA_INVALID_FORMAT']);
  });

  test('a film that cannot even be made a row is isolated', async () => {
    const repository = await open({ type: 'sqlite', database: ':memory:' });
    const movies = [sampleMovie(), { ...sampleMovie({ tmdbId: 2 }), title: undefined }] as ReturnType<
      typeof sampleMovie
    >[];
    const report = await repository.apply({ related: { movies, fetchedAt } });
    expect(report.movies.inserted).toBe(1);
    // Up to Node 24 the driver refuses undefined; from 26 on it binds it as NULL, and the column refuses that.
    const codes = ['DATA_INVALID_FORMAT', 'DB_CONSTRAINT'];
    expect(report.rejected.map(({ kind, reason }) => [kind, codes.includes(reason.code)])).toEqual([['movie', true]]);
  });

  test('a row that was changed by hand is reported, not guessed at', async () => {
    const dataSource = await hostDataSource(':memory:', { migrations: reelflowMigrations, migrationsRun: true });
    const repository = await open({ dataSource });
    await repository.apply({ film });
    await dataSource.query(`UPDATE reelflow_movies SET genres = 'no JSON'`);
    expect((await failure(repository.findMovie({ tmdbId: 579974 }))).code).toBe('DATA_PARSE');
    await dataSource.query(`UPDATE reelflow_movies SET genres = '[]', rating = x'00'`);
    const error = await failure(repository.findMovie({ tmdbId: 579974 }));
    expect([error.code, error.message]).toEqual(['DATA_INVALID_FORMAT', 'column rating holds a value of type object']);
  });

  test('a migration that fails leaves the database as it was', async () => {
    const database = await temporaryFile();
    const host = await hostDataSource(database);
    await host.query('CREATE TABLE reelflow_reviews (mine TEXT)');
    const error = await failure(TypeOrmRepository.open({ type: 'sqlite', database }));
    expect(error.message).toMatch(/reelflow_reviews.*already exists/);
    const names = await host.query(`SELECT name FROM sqlite_master WHERE type = 'table'`);
    expect(names).toEqual([{ name: 'reelflow_reviews' }]);
  });
});
