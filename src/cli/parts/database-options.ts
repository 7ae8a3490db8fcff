import { resolve } from 'node:path';
import type { TypeOrmRepositoryOptions } from '../../adapters/typeorm/index.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { Settings } from '../settings/settings.js';
import { isSandboxed } from './is-sandboxed.js';

export type DatabaseOptions = Exclude<TypeOrmRepositoryOptions, { readonly dataSource: unknown }>;

const schemes = {
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
  'mysql:': 'mysql',
  'mariadb:': 'mariadb',
} as const;
const isScheme = (protocol: string): protocol is keyof typeof schemes => protocol in schemes;

/** Invented posts never get into the file of real ones unasked. */
const defaultDatabase = (settings: Settings): string => (isSandboxed(settings) ? 'reelflow-sandbox.db' : 'reelflow.db');

/** The database of the settings: a URL of a server, or the path of an SQLite file. @throws INVALID_OPTIONS */
export function databaseOptions(settings: Settings, cwd: string): DatabaseOptions {
  const { database = defaultDatabase(settings), tablePrefix } = settings;
  if (database === ':memory:') return { type: 'sqlite', database, tablePrefix };
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(database))
    return { type: 'sqlite', database: resolve(cwd, database.replace(/^sqlite:/, '')), tablePrefix };
  const protocol = /^[^:]+:/.exec(database.toLowerCase())?.[0] ?? '';
  if (isScheme(protocol)) return { type: schemes[protocol], url: database, tablePrefix };
  throw new ReelflowError(
    'INVALID_OPTIONS',
    'database must be the path of an SQLite file, or a URL with postgres://, mysql:// or mariadb://',
  );
}

/** How messages name the database: without user and password, and as its scheme alone where it is not clear where they end. */
export function databaseName(settings: Settings): string {
  const { database = defaultDatabase(settings) } = settings;
  const [scheme, rest] = database.split('://', 2);
  if (rest === undefined) return database;
  const ats = database.split('@').length - 1; // a password with @, /, ? or # that was not encoded ends too early, or is read as something else
  const url = URL.canParse(database) ? new URL(database) : null;
  if (url === null || ats > 1 || (ats === 1 && url.username === '')) return `${scheme}://...`;
  return `${url.protocol}//${url.host}${url.pathname}`;
}
