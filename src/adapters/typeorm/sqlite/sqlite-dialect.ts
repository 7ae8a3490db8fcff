import type { DataSource, QueryRunner } from 'typeorm';
import { nowMs } from '../../../resilience/clock.js';
import type { BeginOptions, Dialect } from '../dialect.js';
import { pause } from '../pause.js';
import { sqliteError } from './sqlite-error.js';

const retryLockAfterMs = 10;

export const sqliteDialect: Dialect = {
  driver: 'better-sqlite3',
  singleConnection: true,
  maxParameters: 32_766,
  begin,

  replaceOnConflict(key, columns) {
    const assignments = columns.map((column) => `${column} = excluded.${column}`);
    return ` ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${assignments.join(', ')}`;
  },

  updateEach(table, key, columns, rows) {
    const row = `(${['?', ...columns.map(() => '?')].join(', ')})`;
    const assignments = columns.map((column, index) => `${column} = given.column${index + 2}`);
    const values = Array.from({ length: rows }, () => row).join(', ');
    return `UPDATE ${table} SET ${assignments.join(', ')} FROM (VALUES ${values}) AS given WHERE ${table}.${key} = given.column1`;
  },

  async existingTables(dataSource: DataSource) {
    const rows: ReadonlyArray<{ readonly name: string }> = await dataSource.query(
      `SELECT name FROM sqlite_master WHERE type = 'table'`,
    );
    return new Set(rows.map(({ name }) => name));
  },

  toError: sqliteError,
};

/**
 * BEGIN IMMEDIATE, so that the write lock is there from the start: a deferred transaction can fail half-way. The lock
 * is asked for again and again, since a busy timeout would hold up the event loop, and with it the other writer when
 * that is in this process.
 */
async function begin(runner: QueryRunner, { timeoutMs, signal }: BeginOptions): Promise<void> {
  const untilMs = nowMs() + timeoutMs;
  for (;;) {
    const failure = await tryToBegin(runner);
    if (failure === undefined) return;
    if (failure.code !== 'DB_CONFLICT' || nowMs() >= untilMs) throw failure;
    await pause(retryLockAfterMs, signal);
  }
}

async function tryToBegin(runner: QueryRunner) {
  try {
    await runner.query('BEGIN IMMEDIATE');
    return undefined;
  } catch (error) {
    return sqliteError(error);
  }
}
