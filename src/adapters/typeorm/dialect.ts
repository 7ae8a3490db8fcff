import type { DataSource, QueryRunner } from 'typeorm';
import type { ReelflowError } from '../../errors/reelflow-error.js';
import type { SessionLimits } from './session-limits.js';
import type { PreparedSql, Row, SqlConnection, SqlParameter, SqlRow, SqlValue } from './sql-connection.js';
import type { Holding, SameInAll, SqlFragment } from './sql-fragment.js';

/** How a transaction of ours gets its lock. */
export interface BeginOptions {
  /** How long to wait for other writers, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** The table whose writers keep each other out, as SQL names it. */
  readonly lockTable: string;
  /** The commit need not wait for the disk, where the database can do so for one transaction. */
  readonly relaxed?: boolean;
}

/** Statements that are transactions by themselves. */
export interface LoneStatements {
  /**
   * Follows the conditions of a SELECT from the runs `AS run`, so that the row stays as it was read, or the statement
   * fails.
   * @param statement - how long it may take, and how long its parameters are
   */
  lockRun(statement: { readonly timeoutMs: number; readonly characters: number }): string;
  /** Follows the tables of a FROM whose statement need not wait for the disk. Absent: that is a matter of the connection. */
  readonly relaxed?: string;
  /** A WITH may write, and `json_to_recordset` makes rows of a list. */
  readonly writesInWith?: boolean;
  /** Runs a statement on a connection of its own; resolves with how many rows it touched. */
  run(
    dataSource: DataSource,
    sql: PreparedSql,
    parameters: readonly SqlValue[],
    limits: SessionLimits,
  ): Promise<number>;
}

/** What differs from one kind of database to the next. Our SQL is otherwise the same, with `?` for parameters. */
export interface Dialect {
  /** The `type` options of TypeORM. */
  readonly drivers: readonly string[];
  /** A DataSource has one connection for everything, so that transactions and reads of all its users meet there. */
  readonly singleConnection: boolean;
  /** Parameters that one statement can hold. */
  readonly maxParameters: number;
  /** Bytes of the values of one statement: at a longer one the server breaks the connection. Absent: there is no such end. */
  readonly mostBytes?: number;
  /** Rows to a statement: with more of them nothing is gained. */
  readonly mostRows: number;
  /** The database's clock in epoch milliseconds, for a SELECT. Absent: it runs on this machine, by the same clock. */
  readonly nowMs?: string;
  /** A statement of ours as the driver takes it. */
  toDriver(sql: string): string;
  /** A table's name for SQL, in the schema of the DataSource when it has one. */
  nameOf(table: string, dataSource: DataSource): string;
  /** Opens a transaction that keeps every other writer of ours out until it ends, in this process and in others. */
  begin(session: SqlConnection, options: BeginOptions): Promise<void>;
  /** Takes back what `begin` has set on the connection beyond the transaction, which has ended. */
  restore?(session: SqlConnection): Promise<void>;
  /** Absent: a statement that is a transaction by itself would not be safe. */
  readonly lone?: LoneStatements;
  /** Runs several statements in one exchange. Absent: the driver takes one at a time. */
  readonly runScript?: (runner: QueryRunner, statements: readonly string[]) => Promise<readonly Row[]>;
  /** The rows of a statement that the connection keeps prepared. Absent: the driver keeps them all, or none. */
  readonly allPrepared?: (
    runner: QueryRunner,
    sql: PreparedSql,
    parameters: readonly SqlParameter[],
  ) => Promise<readonly Row[]>;
  /** How a condition is written that a text holds another one, letter by letter. */
  readonly holding: Holding;
  /** What follows the name of a column that is to have one of the values. */
  oneOf(column: string, values: readonly SqlValue[]): SqlFragment;
  /** What follows `INSERT INTO table (columns)`. */
  rows(columns: readonly string[], rows: readonly SqlRow[]): SqlFragment;
  /** Writes columns of the rows that are named by a number in the first of them, and one more, in all the same. */
  update(table: string, columns: readonly string[], rows: readonly SqlRow[], same: SameInAll): SqlFragment;
  /** What follows `INSERT ... VALUES ...` so that a row with a known key is replaced in these columns. */
  replaceOnConflict(key: readonly string[], columns: readonly string[]): string;
  /** Names of the tables that exist, as `wanted` spells them where the database takes several spellings for one. */
  existingTables(dataSource: DataSource, wanted: readonly string[]): Promise<ReadonlySet<string>>;
  /** Settings of the server under which data would be lost or bent. @throws INVALID_OPTIONS that names the setting */
  checkSettings(dataSource: DataSource): Promise<void>;
  /** Cuts the connection of a statement that does not end, so that no pool hands it out again. */
  cut(runner: QueryRunner): Promise<void>;
  /** Turns a driver's error into one of ours; the SQL and its parameters stay out of it. */
  toError(thrown: unknown): ReelflowError;
}

/** A database behind a socket, in which transactions of several connections go side by side. */
export interface ServerDialect extends Dialect {
  /** Tries to become the only one who changes the tables of a prefix, for as long as the connection is held. */
  lockSchema(session: SqlConnection, tablePrefix: string): Promise<boolean>;
  unlockSchema(session: SqlConnection, tablePrefix: string): Promise<void>;
}
