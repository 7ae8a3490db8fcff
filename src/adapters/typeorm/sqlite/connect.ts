import { DataSource } from 'typeorm';
import { ReelflowError } from '../../../errors/reelflow-error.js';
import { nowMs } from '../../../resilience/clock.js';
import type { SqliteTarget } from '../options.js';
import { pause } from '../pause.js';
import { createMigrations } from '../schema/migrations.js';
import { silentLogger } from '../silent-logger.js';
import { SqlSession } from '../sql-session.js';
import { loadNodeSqlite } from './load-node-sqlite.js';
import { beginImmediate, sqliteDialect } from './sqlite-dialect.js';
import { sqliteError } from './sqlite-error.js';

export interface SqliteConnections {
  readonly writer: DataSource;
  /** null for ':memory:': a second connection would be an empty database. */
  readonly reader: DataSource | null;
  /** For writes that need not wait for the disk; null as for `reader`. */
  readonly relaxedWriter: DataSource | null;
}

/** How long a statement may hold up the event loop for another process's lock, in milliseconds. */
const busyTimeoutMs = 50;
const retryAfterMs = 20;

/** Opens the file in WAL mode and brings its tables up to date; several processes may do so at once. */
export async function connectSqlite(target: SqliteTarget): Promise<SqliteConnections> {
  const untilMs = nowMs() + target.queryTimeoutMs;
  const writer = await patiently(() => connect(target, 'journal_mode = WAL'), untilMs);
  try {
    if (target.migrate) await migrate(writer, target.queryTimeoutMs);
    if (target.database === ':memory:') return { writer, reader: null, relaxedWriter: null };
    return { writer, ...(await connectBeside(target, untilMs)) };
  } catch (error) {
    await writer.destroy();
    throw error;
  }
}

async function connectBeside(target: SqliteTarget, untilMs: number) {
  const reader = await patiently(() => connect(target), untilMs);
  try {
    // In WAL mode a commit without a sync outlives the process, and the next one with a sync takes it along.
    return { reader, relaxedWriter: await patiently(() => connect(target, 'synchronous = NORMAL'), untilMs) };
  } catch (error) {
    await reader.destroy();
    throw error;
  }
}

async function connect({ database, tablePrefix }: SqliteTarget, pragma?: string): Promise<DataSource> {
  const NodeSqlite = await loadNodeSqlite();
  const dataSource = new DataSource({
    type: 'better-sqlite3',
    driver: NodeSqlite,
    database,
    timeout: busyTimeoutMs,
    migrations: [...createMigrations(tablePrefix)],
    migrationsTableName: `${tablePrefix}migrations`,
    logger: silentLogger,
  });
  try {
    await dataSource.initialize();
    if (pragma !== undefined) await dataSource.query(`PRAGMA ${pragma}`);
    return dataSource;
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    throw withPath(sqliteError(error), database);
  }
}

/** Under the write lock, so that the process that comes second finds the tables there. */
async function migrate(writer: DataSource, timeoutMs: number): Promise<void> {
  const runner = writer.createQueryRunner();
  const session = new SqlSession(runner, sqliteDialect, { timeoutMs });
  await beginImmediate(session, { timeoutMs, signal: undefined });
  try {
    await writer.runMigrations({ transaction: 'none' });
    await session.run('COMMIT');
  } catch (error) {
    await session.run('ROLLBACK').catch(() => undefined); // the failure above says more than that of its undoing
    throw sqliteError(error);
  }
}

/** Switching a fresh file to WAL wants it alone, whatever the busy timeout is. */
async function patiently<Result>(attempt: () => Promise<Result>, untilMs: number): Promise<Result> {
  for (;;) {
    const result = await attempt().catch((error: unknown) => sqliteError(error));
    if (!(result instanceof ReelflowError)) return result;
    if (result.code !== 'DB_CONFLICT' || nowMs() >= untilMs) throw result;
    await pause(retryAfterMs, undefined);
  }
}

/** The driver's message does not say which file. */
function withPath(error: ReelflowError, database: string): ReelflowError {
  const { code, message, retryable, cause, details } = error;
  return new ReelflowError(code, `cannot open ${database}: ${message}`, { cause, retryable, details });
}
