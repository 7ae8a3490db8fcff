import type { DataSource } from 'typeorm';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { Dialect } from './dialect.js';
import type { ResolvedOptions } from './options.js';
import { tableNames } from './schema/tables.js';
import { SqlStore } from './sql-store.js';
import { connectSqlite } from './sqlite/connect.js';
import { HostGate } from './sqlite/host-gate.js';
import { sqliteDialect } from './sqlite/sqlite-dialect.js';

const dialects: readonly Dialect[] = [sqliteDialect];

/** Opens our own connection, or takes the host's, and checks that every table is there. */
export async function openStore(options: ResolvedOptions): Promise<SqlStore> {
  const { tablePrefix, queryTimeoutMs } = options;
  const owned = !('dataSource' in options);
  const connections = owned ? await connectSqlite(options) : { writer: options.dataSource, reader: null };
  const dialect = dialectOf(connections.writer);
  const tables = tableNames(tablePrefix);
  const gate = owned || !dialect.singleConnection ? null : new HostGate(connections.writer);
  const store = new SqlStore({ ...connections, dialect, tables, queryTimeoutMs, owned, gate });
  try {
    await checkTables(connections.writer, dialect, Object.values(tables));
    return store;
  } catch (error) {
    await store.close();
    throw dialect.toError(error);
  }
}

function dialectOf(dataSource: DataSource): Dialect {
  const dialect = dialects.find(({ driver }) => driver === dataSource.options.type);
  if (dialect !== undefined) return dialect;
  const known = dialects.map(({ driver }) => `'${driver}'`).join(', ');
  throw new ReelflowError(
    'INVALID_OPTIONS',
    `dataSource has type '${dataSource.options.type}'; this version knows ${known}`,
  );
}

async function checkTables(dataSource: DataSource, dialect: Dialect, wanted: readonly string[]): Promise<void> {
  const existing = await dialect.existingTables(dataSource);
  const missing = wanted.filter((table) => !existing.has(table));
  if (missing.length === 0) return;
  const message =
    `the database has no table ${missing.join(', ')}: run reelflowMigrations, ` +
    'or add reelflowEntities to a dataSource that makes its tables itself';
  throw new ReelflowError('INVALID_OPTIONS', message, { details: { missing } });
}
