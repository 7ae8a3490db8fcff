import type { DataSource } from 'typeorm';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { defaultTablePrefix } from './schema/tables.js';

interface CommonOptions {
  /** Begins every table's name: letters, digits and underscores, at most 30. @default 'reelflow_' */
  readonly tablePrefix?: string | undefined;
  /** Longest wait for another writer's lock, in milliseconds; then DB_CONFLICT. @default 10000 */
  readonly queryTimeoutMs?: number | undefined;
}

export interface SqliteOptions extends CommonOptions {
  readonly type: 'sqlite';
  /** A file, made with its directories when it is missing, or ':memory:'. */
  readonly database: string;
  /** Brings the tables up to date while opening. @default true */
  readonly migrate?: boolean | undefined;
}

export interface DataSourceOptions extends CommonOptions {
  /**
   * Yours, initialized, with our tables: add `reelflowEntities` or `reelflowMigrations` to it. It is never closed
   * here. On SQLite it has one connection: our transactions and yours wait for each other, but a bare query of yours
   * joins whatever transaction is open, so give it to one repository only and write in transactions.
   */
  readonly dataSource: DataSource;
}

export type TypeOrmRepositoryOptions = SqliteOptions | DataSourceOptions;

interface ResolvedCommon {
  readonly tablePrefix: string;
  readonly queryTimeoutMs: number;
}

export type ResolvedOptions =
  | (ResolvedCommon & { readonly dataSource: DataSource })
  | (ResolvedCommon & { readonly database: string; readonly migrate: boolean });

const longestPrefix = 30;

/** @throws INVALID_OPTIONS that names the option */
export function resolveOptions(options: TypeOrmRepositoryOptions): ResolvedOptions {
  if (typeof options !== 'object' || options === null) throw invalid('open needs an object of options');
  const { tablePrefix = defaultTablePrefix, queryTimeoutMs = 10_000 } = options;
  if (
    typeof tablePrefix !== 'string' ||
    tablePrefix.length > longestPrefix ||
    !/^[A-Za-z_][A-Za-z0-9_]*$/.test(tablePrefix)
  ) {
    throw invalid(`tablePrefix must be 1 to ${longestPrefix} letters, digits and underscores, no digit first`);
  }
  if (!Number.isFinite(queryTimeoutMs) || queryTimeoutMs < 0) {
    throw invalid(`queryTimeoutMs must be a number of milliseconds from 0 up, got ${String(queryTimeoutMs)}`);
  }
  const common = { tablePrefix, queryTimeoutMs };
  return 'dataSource' in options ? fromHost(options, common) : fromSqlite(options, common);
}

function fromHost(options: DataSourceOptions, common: ResolvedCommon): ResolvedOptions {
  const { dataSource } = options;
  if (typeof dataSource !== 'object' || dataSource === null || typeof dataSource.createQueryRunner !== 'function') {
    throw invalid('dataSource must be a TypeORM DataSource');
  }
  if ('migrate' in options && options.migrate === true) {
    throw invalid('migrate does not go with dataSource: add reelflowMigrations to its migrations and run them');
  }
  if (!dataSource.isInitialized)
    throw invalid('dataSource must be initialized before open: await dataSource.initialize()');
  return { ...common, dataSource };
}

function fromSqlite({ type, database, migrate = true }: SqliteOptions, common: ResolvedCommon): ResolvedOptions {
  if (type !== 'sqlite') {
    throw invalid(
      `type must be 'sqlite', the one database this version opens, or pass dataSource; got ${JSON.stringify(type)}`,
    );
  }
  if (typeof database !== 'string' || database.trim() === '' || database.includes('\0')) {
    throw invalid("database must be the path of a file or ':memory:'");
  }
  if (typeof migrate !== 'boolean') throw invalid('migrate must be true or false');
  return { ...common, database, migrate };
}

const invalid = (message: string): ReelflowError => new ReelflowError('INVALID_OPTIONS', message);
