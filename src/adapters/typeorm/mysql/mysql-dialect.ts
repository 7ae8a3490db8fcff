import type { DataSource } from 'typeorm';
import { isReelflowError, ReelflowError } from '../../../errors/reelflow-error.js';
import type { BeginOptions, ServerDialect } from '../dialect.js';
import { longestIdleMs } from '../longest-idle.js';
import type { SqlConnection, SqlRow } from '../sql-connection.js';
import { like, list, type SameInAll, type SqlFragment } from '../sql-fragment.js';
import { waitFor } from '../wait-for.js';
import { mysqlError } from './mysql-error.js';

/** The row of the markers' table that a writer holds; no spool has this name. */
const lockRow = 'reelflow:write-lock';

/** MySQL 8 and MariaDB from 10.3 on (`NOWAIT` in a locking read). */
export const mysqlDialect: ServerDialect = {
  drivers: ['mysql', 'mariadb'],
  singleConnection: false,
  maxParameters: 65_535,
  mostBytes: 16_000_000,
  mostRows: 900, // MariaDB makes a subquery of a list of a thousand
  nowMs: "TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', UTC_TIMESTAMP(3)) DIV 1000", // in no zone that has a summer
  holding: like,
  // mysql2 writes a list for one parameter as 'a', 'b', and lists within it as ('a', 'b'), ('c', 'd').
  oneOf: (_column, values) => ({ sql: ' IN (?)', parameters: [values] }),
  rows: (_columns, rows) => ({ sql: ' VALUES ?', parameters: [rows] }),
  update: updateJoined,
  toDriver: (sql) => sql,
  nameOf: (table) => `\`${table}\``,
  begin,
  restore,
  checkSettings,
  toError: mysqlError,

  async lockSchema(session, tablePrefix) {
    // Named locks are the server's, not the database's, and have 64 characters.
    const [row] = await session.all('SELECT GET_LOCK(MD5(CONCAT(database(), ?)), 0) AS held', [tablePrefix]);
    return Number(row?.['held']) === 1;
  },

  async unlockSchema(session, tablePrefix) {
    await session.all('SELECT RELEASE_LOCK(MD5(CONCAT(database(), ?)))', [tablePrefix]);
  },

  replaceOnConflict(_key, columns) {
    // MariaDB has no alias for the new row, and MySQL still takes VALUES().
    const assignments = columns.map((column) => `${column} = VALUES(${column})`);
    return ` ON DUPLICATE KEY UPDATE ${assignments.join(', ')}`;
  },

  async existingTables(dataSource, wanted) {
    const rows: ReadonlyArray<{ readonly name: string; readonly folds: number }> = await dataSource.query(
      `SELECT table_name AS name, @@lower_case_table_names AS folds
       FROM information_schema.tables WHERE table_schema = database()`,
    );
    // Such as on Windows, where names are kept in small letters, or compared as if they were.
    const fold = (name: string) => (Number(rows[0]?.folds) === 0 ? name : name.toLowerCase());
    const existing = new Set(rows.map(({ name }) => fold(name)));
    return new Set(wanted.filter((name) => existing.has(fold(name))));
  },

  async cut(runner) {
    const connection: unknown = await runner.connect();
    if (isDestroyable(connection)) connection.destroy();
  },
};

/** MySQL and MariaDB have no form of VALUES in common that names its columns. */
function updateJoined(
  table: string,
  columns: readonly string[],
  rows: readonly SqlRow[],
  [same, value]: SameInAll,
): SqlFragment {
  const first = `SELECT ${columns.map((column) => `? AS ${column}`).join(', ')}`;
  const others = ` UNION ALL SELECT ${list(columns)}`.repeat(rows.length - 1);
  const [key, ...rest] = columns;
  const set = rest.map((column) => `known.${column} = given.${column}, `).join('');
  return {
    sql: `UPDATE ${table} AS known JOIN (${first}${others}) AS given ON given.${key} = known.${key} SET ${set}known.${same} = ?`,
    parameters: [...rows.flat(), value],
  };
}

/** Holds the connection's own `wait_timeout` while a transaction of ours is open. */
const waitTimeoutBefore = '@reelflow_wait_timeout';

/**
 * The lock is a row, so that it ends with the transaction and with a connection that breaks. It is asked for without
 * waiting in the server, where the signal would not be heard. READ COMMITTED: what is read after the lock is what the
 * last writer left. When the network between us goes silent, the server ends the transaction by itself, by the one
 * setting for it that MySQL and MariaDB share: else the lock would stand for `wait_timeout`, by default eight hours.
 */
async function begin(session: SqlConnection, options: BeginOptions): Promise<void> {
  const { lockTable } = options;
  const idleSeconds = Math.ceil(longestIdleMs(options) / 1000);
  await session.run(
    `SET ${waitTimeoutBefore} = @@SESSION.wait_timeout, SESSION wait_timeout = LEAST(@@SESSION.wait_timeout, ${idleSeconds})`,
  );
  await session.run('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
  await session.run('START TRANSACTION');
  await waitFor(async () => {
    try {
      const ask = `SELECT position FROM ${lockTable} WHERE source = ? FOR UPDATE NOWAIT`;
      if ((await session.all(ask, [lockRow])).length > 0) return true;
      await session.run(`INSERT IGNORE INTO ${lockTable} (source, position) VALUES (?, 0)`, [lockRow]);
    } catch (error) {
      if (!isReelflowError(error) || error.code !== 'DB_CONFLICT') throw error;
    }
    return false;
  }, options);
}

/** Where `begin` came to nothing, there is nothing to take back. */
async function restore(session: SqlConnection): Promise<void> {
  await session.run(`SET SESSION wait_timeout = COALESCE(${waitTimeoutBefore}, @@SESSION.wait_timeout)`);
}

/** The default of MariaDB; that of MySQL is larger. */
const smallestPacket = 16 * 1024 * 1024;

interface Settings {
  readonly mode: string;
  readonly charset: string;
  readonly packet: string | number;
}

async function checkSettings(dataSource: DataSource): Promise<void> {
  const [row]: readonly Settings[] = await dataSource.query(
    `SELECT @@session.sql_mode AS mode, @@session.character_set_connection AS charset,
            @@session.max_allowed_packet AS packet`,
  );
  const modes = (row?.mode ?? '').split(',');
  if (!modes.includes('STRICT_TRANS_TABLES') && !modes.includes('STRICT_ALL_TABLES')) {
    throw refuse('sql_mode lacks STRICT_TRANS_TABLES: values that do not fit would be cut without a word');
  }
  if (modes.includes('NO_BACKSLASH_ESCAPES')) {
    throw refuse('sql_mode has NO_BACKSLASH_ESCAPES, under which the driver cannot quote texts safely');
  }
  if (row?.charset !== 'utf8mb4') {
    throw refuse(`the connection's character set is ${row?.charset}: set charset to 'utf8mb4' in the DataSource`);
  }
  if (Number(row.packet) < smallestPacket) {
    throw refuse(`max_allowed_packet is ${row.packet}, and would break off large writes: set it to 16M or more`);
  }
}

const refuse = (why: string): ReelflowError => new ReelflowError('INVALID_OPTIONS', `MySQL: ${why}`);

const isDestroyable = (value: unknown): value is { destroy(): void } =>
  typeof value === 'object' && value !== null && 'destroy' in value && typeof value.destroy === 'function';
