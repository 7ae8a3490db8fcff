import type { DataSource } from 'typeorm';
import { acquire } from './acquire.js';
import type { ServerDialect } from './dialect.js';
import type { ServerTarget } from './options.js';
import { SqlSession } from './sql-session.js';
import { waitFor } from './wait-for.js';

/**
 * Runs the migrations while every other process that opens the same tables waits: TypeORM itself would make its own
 * table, and then ours, in all of them at once.
 */
export async function migrateAlone(
  dataSource: DataSource,
  dialect: ServerDialect,
  { tablePrefix, queryTimeoutMs: timeoutMs }: ServerTarget,
): Promise<void> {
  const runner = await acquire(dataSource, dialect, { timeoutMs });
  const session = new SqlSession(runner, dialect, { timeoutMs });
  try {
    await waitFor(() => dialect.lockSchema(session, tablePrefix), { timeoutMs, signal: undefined });
    try {
      await dataSource.runMigrations({ transaction: 'all' });
    } finally {
      await dialect.unlockSchema(session, tablePrefix);
    }
  } finally {
    await runner.release();
  }
}
