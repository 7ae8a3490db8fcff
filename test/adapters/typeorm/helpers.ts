import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource, type DataSourceOptions, type Logger } from 'typeorm';
import { onTestFinished } from 'vitest';
import {
  loadNodeSqlite,
  TypeOrmRepository,
  type TypeOrmRepositoryOptions,
} from '../../../src/adapters/typeorm/index.js';
import { isReelflowError, type ReelflowError } from '../../../src/errors/reelflow-error.js';

/** A directory that goes with the test. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'reelflow-typeorm-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

export async function temporaryFile(): Promise<string> {
  return join(await temporaryDirectory(), 'reelflow.db');
}

/** A repository that is closed with the test. */
export async function open(options: TypeOrmRepositoryOptions): Promise<TypeOrmRepository> {
  const repository = await TypeOrmRepository.open(options);
  onTestFinished(() => repository.close());
  return repository;
}

type HostOptions = Partial<Pick<DataSourceOptions, 'entities' | 'migrations' | 'synchronize' | 'migrationsRun'>>;

/** A host's own DataSource, closed with the test. */
export async function hostDataSource(
  database: string,
  options: HostOptions & { readonly readonly?: boolean; readonly logger?: Logger } = {},
): Promise<DataSource> {
  const driver = await loadNodeSqlite();
  const dataSource = new DataSource({ type: 'better-sqlite3', driver, database, timeout: 0, ...options });
  await dataSource.initialize();
  onTestFinished(async () => {
    if (dataSource.isInitialized) await dataSource.destroy();
  });
  return dataSource;
}

/** The error that a call fails with. */
export async function failure(call: Promise<unknown>): Promise<ReelflowError> {
  const error: unknown = await call.then(
    () => new Error('the call succeeded'),
    (thrown: unknown) => thrown,
  );
  if (isReelflowError(error)) return error;
  throw error;
}
