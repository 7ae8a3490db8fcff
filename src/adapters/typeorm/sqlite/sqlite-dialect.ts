import type { DataSource } from 'typeorm';
import { isReelflowError } from '../../../errors/reelflow-error.js';
import type { BeginOptions, Dialect } from '../dialect.js';
import type { SqlConnection } from '../sql-connection.js';
import { inList, updateFrom, valueRows } from '../sql-fragment.js';
import { waitFor } from '../wait-for.js';
import { sqliteError } from './sqlite-error.js';

export const sqliteDialect: Dialect = {
  drivers: ['better-sqlite3'],
  singleConnection: true,
  maxParameters: 32_766,
  mostRows: 500, // the text of the statement grows with them
  // LIKE takes 'A' for 'a' here, and instr() is five times as slow.
  holding: { condition: ' GLOB ?', pattern: (part) => `*${part.replace(/[*?[]/g, '[$&]')}*` },
  oneOf: inList,
  rows: valueRows,
  update: (table, columns, rows, same) => updateFrom(table, columns, valueRows(columns, rows), same),
  toDriver: (sql) => sql,
  nameOf: (table) => `"${table}"`,
  begin: beginImmediate,
  lone: {
    lockRun: () => '', // a statement that writes has the file to itself
    async run({ driver }, { text }, parameters) {
      const runner = driver.createQueryRunner('master'); // there is one, and here it needs no entity manager
      return (await runner.query(text, [...parameters], true)).affected ?? 0;
    },
  },

  replaceOnConflict(key, columns) {
    const assignments = columns.map((column) => `${column} = excluded.${column}`);
    return ` ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${assignments.join(', ')}`;
  },

  async existingTables(dataSource: DataSource) {
    const rows: ReadonlyArray<{ readonly name: string }> = await dataSource.query(
      `SELECT name FROM sqlite_master WHERE type = 'table'`,
    );
    return new Set(rows.map(({ name }) => name));
  },

  checkSettings: async () => undefined,
  cut: async () => undefined, // a statement runs in this process and is never late
  toError: sqliteError,
};

/**
 * BEGIN IMMEDIATE, so that the write lock is there from the start: a deferred transaction can fail half-way. The lock
 * is asked for again and again, since a busy timeout would hold up the event loop, and with it the other writer when
 * that is in this process.
 */
export function beginImmediate(
  session: SqlConnection,
  options: Pick<BeginOptions, 'timeoutMs' | 'signal'>,
): Promise<void> {
  return waitFor(async () => {
    try {
      await session.run('BEGIN IMMEDIATE');
      return true;
    } catch (error) {
      if (!isReelflowError(error) || error.code !== 'DB_CONFLICT') throw error;
      return false;
    }
  }, options);
}
