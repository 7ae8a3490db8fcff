import type { DataSource, QueryRunner } from 'typeorm';
import type { ReelflowError } from '../../errors/reelflow-error.js';

/** How a transaction of ours gets its lock. */
export interface BeginOptions {
  /** How long to wait for other writers, in milliseconds. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** What differs from one kind of database to the next. Our SQL is otherwise the same, with `?` for parameters. */
export interface Dialect {
  /** The `type` option of TypeORM. */
  readonly driver: string;
  /** A DataSource has one connection for everything, so that transactions and reads of all its users meet there. */
  readonly singleConnection: boolean;
  /** Parameters that one statement can hold. */
  readonly maxParameters: number;
  /** Opens a transaction that keeps every other writer of ours out until it ends, in this process and in others. */
  begin(runner: QueryRunner, options: BeginOptions): Promise<void>;
  /** What follows `INSERT ... VALUES ...` so that a row with a known key is replaced in these columns. */
  replaceOnConflict(key: readonly string[], columns: readonly string[]): string;
  /** Sets columns of many rows to values of their own; parameters are the key and then the columns, row by row. */
  updateEach(table: string, key: string, columns: readonly string[], rows: number): string;
  /** Names of the tables that exist. */
  existingTables(dataSource: DataSource): Promise<ReadonlySet<string>>;
  /** Turns a driver's error into one of ours; the SQL and its parameters stay out of it. */
  toError(thrown: unknown): ReelflowError;
}
