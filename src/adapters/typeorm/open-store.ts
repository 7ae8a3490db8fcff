import type { DataSource } from 'typeorm';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { connectServer } from './connect-server.js';
import type { Dialect } from './dialect.js';
import { identityOf } from './identity.js';
import { mysqlDialect } from './mysql/mysql-dialect.js';
import type { resolveOptions } from './options.js';
import { postgresDialect } from './postgres/postgres-dialect.js';
import { tableNames } from './schema/tables.js';
import { SqlStore, type SqlStoreParts } from './sql-store.js';
import { connectSqlite } from './sqlite/connect.js';
import { HostGate } from './sqlite/host-gate.js';
import { sqliteDialect } from './sqlite/sqlite-dialect.js';

const servers = { postgres: postgresDialect, mysql: mysqlDialect, mariadb: mysqlDialect } as const;
const dialects: readonly Dialect[] = [sqliteDialect, postgresDialect, mysqlDialect];

type Target = ReturnType<typeof resolveOptions>;

/** Opens our own connection, or takes the host's, and checks that every table is there. */
export async function openStore(target: Target): Promise<SqlStore> {
  const { queryTimeoutMs } = target;
  const { writer, reader, relaxedWriter } = await connect(target);
  const dialect = dialectOf(writer.options.type);
  const owned = target.kind !== 'host';
  const tables = tableNames(target.tablePrefix, (table) => dialect.nameOf(table, writer));
  const gate = owned || !dialect.singleConnection ? null : new HostGate(writer);
  const identity = identityOf(writer, target.tablePrefix);
  const connections = { writer, reader, relaxedWriter };
  const store = new SqlStore({ ...connections, dialect, tables, identity, queryTimeoutMs, owned, gate });
  try {
    await dialect.checkSettings(writer);
    await checkTables(writer, dialect, Object.values(tableNames(target.tablePrefix)));
    return store;
  } catch (error) {
    await store.close();
    throw dialect.toError(error);
  }
}

async function connect(target: Target): Promise<Pick<SqlStoreParts, 'writer' | 'reader' | 'relaxedWriter'>> {
  if (target.kind === 'sqlite') return connectSqlite(target);
  const writer = target.kind === 'host' ? target.dataSource : await connectServer(target, servers[target.server.type]);
  const { singleConnection } = dialectOf(writer.options.type);
  return { writer, reader: singleConnection ? null : writer, relaxedWriter: null };
}

function dialectOf(type: string): Dialect {
  const dialect = dialects.find(({ drivers }) => drivers.includes(type));
  if (dialect !== undefined) return dialect;
  const known = dialects.flatMap(({ drivers }) => drivers).map((driver) => `'${driver}'`);
  throw new ReelflowError('INVALID_OPTIONS', `dataSource has type '${type}'; this version knows ${known.join(', ')}`);
}

async function checkTables(dataSource: DataSource, dialect: Dialect, wanted: readonly string[]): Promise<void> {
  const existing = await dialect.existingTables(dataSource, wanted);
  const missing = wanted.filter((table) => !existing.has(table));
  if (missing.length === 0) return;
  const message =
    `the database has no table ${missing.join(', ')}: run reelflowMigrations, ` +
    'or add reelflowEntities to a dataSource that makes its tables itself';
  throw new ReelflowError('INVALID_OPTIONS', message, { details: { missing } });
}
