import type { DataSource } from 'typeorm';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { refuseUnknown } from '../../errors/refuse-unknown.js';
import { defaultTablePrefix } from './schema/tables.js';

interface CommonOptions {
  /** Begins every table's name: letters, digits and underscores, at most 30. @default 'reelflow_' */
  readonly tablePrefix?: string | undefined;
  /**
   * Longest wait for another writer's lock (then DB_CONFLICT) and, on a server, for one statement or a connection of
   * the pool (then DB_TIMEOUT), in milliseconds. @default 10000
   */
  readonly queryTimeoutMs?: number | undefined;
}

interface OwnedOptions extends CommonOptions {
  /** Brings the tables up to date while opening; several processes may open at once. @default true */
  readonly migrate?: boolean | undefined;
}

export interface SqliteOptions extends OwnedOptions {
  readonly type: 'sqlite';
  /** A file, made with its directories when it is missing, or ':memory:'. */
  readonly database: string;
}

export interface ServerOptions extends OwnedOptions {
  /** PostgreSQL needs the package pg, MySQL and MariaDB need mysql2. */
  readonly type: 'postgres' | 'mysql' | 'mariadb';
  /** Everything in one, such as 'postgres://user:password@host/database'; single options win over it. */
  readonly url?: string | undefined;
  readonly database?: string | undefined;
  /** @default 'localhost' */
  readonly host?: string | undefined;
  /** @default the server's usual port */
  readonly port?: number | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** A PostgreSQL schema that exists. @default the first one of the search path */
  readonly schema?: string | undefined;
  /** true, or what the driver takes: `{ ca, cert, key, rejectUnauthorized }`. @default no TLS */
  readonly ssl?: boolean | Readonly<Record<string, unknown>> | undefined;
  /** Connections at most: 2 or more, since reads go beside the one transaction. @default 10 */
  readonly poolSize?: number | undefined;
}

export interface DataSourceOptions extends CommonOptions {
  /**
   * Yours, initialized, with our tables: add `reelflowEntities` or `reelflowMigrations` to it. It is never closed
   * here. On SQLite it has one connection: our transactions and yours wait for each other, but a bare query of yours
   * joins whatever transaction is open, so give it to one repository only and write in transactions.
   */
  readonly dataSource: DataSource;
}

export type TypeOrmRepositoryOptions = SqliteOptions | ServerOptions | DataSourceOptions;

interface ResolvedCommon {
  readonly tablePrefix: string;
  readonly queryTimeoutMs: number;
}

export interface SqliteTarget extends ResolvedCommon {
  readonly kind: 'sqlite';
  readonly database: string;
  readonly migrate: boolean;
}

export interface ServerTarget extends ResolvedCommon {
  readonly kind: 'server';
  readonly server: Omit<ServerOptions, keyof OwnedOptions>;
  readonly migrate: boolean;
}

export interface HostTarget extends ResolvedCommon {
  readonly kind: 'host';
  readonly dataSource: DataSource;
}

const longestPrefix = 30;
/** Timers end at once beyond it. */
const longestTimeoutMs = 2_147_483_647;

const knownToAll = { tablePrefix: true, queryTimeoutMs: true } as const;
const knownToOwned = { ...knownToAll, migrate: true, type: true, database: true } as const;
const known = {
  sqlite: knownToOwned,
  server: {
    ...knownToOwned,
    url: true,
    host: true,
    port: true,
    username: true,
    password: true,
    schema: true,
    ssl: true,
    poolSize: true,
  },
  host: { ...knownToAll, migrate: true, dataSource: true },
} as const;

/** @throws INVALID_OPTIONS that names the option */
export function resolveOptions(options: TypeOrmRepositoryOptions): SqliteTarget | ServerTarget | HostTarget {
  if (typeof options !== 'object' || options === null) throw invalid('open needs an object of options');
  const { tablePrefix = defaultTablePrefix, queryTimeoutMs = 10_000 } = options;
  if (
    typeof tablePrefix !== 'string' ||
    tablePrefix.length > longestPrefix ||
    !/^[A-Za-z_][A-Za-z0-9_]*$/.test(tablePrefix)
  ) {
    throw invalid(`tablePrefix must be 1 to ${longestPrefix} letters, digits and underscores, no digit first`);
  }
  if (!(queryTimeoutMs >= 0 && queryTimeoutMs <= longestTimeoutMs)) {
    throw invalid(
      `queryTimeoutMs must be a number of milliseconds from 0 to ${longestTimeoutMs}, got ${String(queryTimeoutMs)}`,
    );
  }
  const common = { tablePrefix, queryTimeoutMs };
  if ('dataSource' in options) return fromHost(options, common);
  const { type, migrate = true } = options;
  if (typeof migrate !== 'boolean') throw invalid('migrate must be true or false');
  if (type === 'sqlite') return fromSqlite(options, { ...common, migrate });
  if (type === 'postgres' || type === 'mysql' || type === 'mariadb') return fromServer(options, { ...common, migrate });
  throw invalid(
    `type must be 'sqlite', 'postgres', 'mysql' or 'mariadb', or pass dataSource; got ${JSON.stringify(type)}`,
  );
}

function fromHost(options: DataSourceOptions, rest: ResolvedCommon): HostTarget {
  refuseUnknown('a repository with a dataSource', options, known.host);
  const { dataSource } = options;
  if (typeof dataSource !== 'object' || dataSource === null || typeof dataSource.createQueryRunner !== 'function') {
    throw invalid('dataSource must be a TypeORM DataSource');
  }
  if ('migrate' in options && options.migrate === true) {
    throw invalid('migrate does not go with dataSource: add reelflowMigrations to its migrations and run them');
  }
  if (!dataSource.isInitialized)
    throw invalid('dataSource must be initialized before open: await dataSource.initialize()');
  return { kind: 'host', ...rest, dataSource };
}

type Owned = ResolvedCommon & { readonly migrate: boolean };

function fromSqlite(options: SqliteOptions, rest: Owned): SqliteTarget {
  refuseUnknown('a repository in SQLite', options, known.sqlite);
  const { database } = options;
  if (typeof database !== 'string' || database.trim() === '' || database.includes('\0')) {
    throw invalid("database must be the path of a file or ':memory:'");
  }
  return { kind: 'sqlite', ...rest, database };
}

function fromServer(options: ServerOptions, rest: Owned): ServerTarget {
  refuseUnknown('a repository on a server', options, known.server);
  const { type, url, database, host, port, username, password, schema, ssl, poolSize = 10 } = options;
  for (const [name, value] of Object.entries({ url, database, host, username, password, schema })) {
    if (value !== undefined && typeof value !== 'string') throw invalid(`${name} must be a text`);
  }
  if (url === undefined && (database === undefined || database.trim() === ''))
    throw invalid('database must be the name of a database, or give a url that holds it');
  if (url !== undefined && !URL.canParse(url)) throw invalid(`url must be like ${type}://user:password@host/database`);
  if (url !== undefined && isMisread(new URL(url)))
    throw invalid(
      'url must have special characters percent-encoded: / as %2F, ? as %3F and # as %23 in a password, @ as %40, % as %25',
    );
  if (url !== undefined && type !== 'postgres' && new URL(url).search !== '')
    throw invalid(`url of ${type} must hold no query, which would not be heard: give ssl and the like as options`);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
    throw invalid(`port must be a whole number from 1 to 65535, got ${String(port)}`);
  if (!Number.isInteger(poolSize) || poolSize < 2)
    throw invalid(`poolSize must be a whole number from 2 up, got ${String(poolSize)}`);
  if (schema !== undefined && (type !== 'postgres' || !/^[A-Za-z_][A-Za-z0-9_]{0,62}$/.test(schema)))
    throw invalid('schema must be the name of a PostgreSQL schema: letters, digits and underscores');
  if (rest.queryTimeoutMs === 0) throw invalid('queryTimeoutMs must be above 0 for a server');
  const server = { type, url, database, host, port, username, password, schema, ssl, poolSize };
  return { kind: 'server', ...rest, server };
}

/** A password that ends the host too early, so that its rest would be shown as the name of the database; or a bare %. */
const isMisread = ({ username, password, pathname, search, hash }: URL): boolean =>
  `${pathname}${search}${hash}`.includes('@') || !isEncoded(`${username}:${password}`);

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

const invalid = (message: string): ReelflowError => new ReelflowError('INVALID_OPTIONS', message);
