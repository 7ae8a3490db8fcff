import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { sqliteErrorName } from './error-names.js';

type SqliteRow = Record<string, SQLOutputValue | Buffer>;

/** The part of better-sqlite3's options that has a meaning for node:sqlite. */
export interface NodeSqliteOptions {
  readonly readonly?: boolean;
  /** How long a statement waits for another connection's lock, in milliseconds; the event loop waits with it. */
  readonly timeout?: number;
}

/**
 * Gives `node:sqlite` the shape of better-sqlite3, as far as TypeORM uses it: pass it as `driver` to a DataSource of
 * type 'better-sqlite3'. Errors carry `code` by better-sqlite3's names; integers beyond 2^53 raise a RangeError.
 */
export class NodeSqlite {
  readonly #database: DatabaseSync;

  constructor(path: string, { readonly = false, timeout = 5000 }: NodeSqliteOptions = {}) {
    this.#database = named(() => new DatabaseSync(path, { readOnly: readonly, timeout }));
  }

  prepare(sql: string): NodeSqliteStatement {
    return named(() => new NodeSqliteStatement(this.#database.prepare(sql)));
  }

  pragma(sql: string): SqliteRow[] {
    return this.prepare(`PRAGMA ${sql}`).all();
  }

  close(): void {
    if (this.#database.isOpen) named(() => this.#database.close());
  }
}

class NodeSqliteStatement {
  /** Whether the statement gives rows; TypeORM chooses between `all` and `run` by it. */
  readonly reader: boolean;
  readonly #statement: StatementSync;

  constructor(statement: StatementSync) {
    this.#statement = statement;
    this.reader = statement.columns().length > 0;
  }

  all(...parameters: SQLInputValue[]): SqliteRow[] {
    const rows: SqliteRow[] = named(() => this.#statement.all(...parameters));
    for (const row of rows) {
      for (const name in row) {
        const value = row[name];
        if (value instanceof Uint8Array) row[name] = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      }
    }
    return rows;
  }

  run(...parameters: SQLInputValue[]) {
    return named(() => this.#statement.run(...parameters));
  }
}

/** Runs a call and gives its error the `code` that better-sqlite3 would. */
function named<Result>(call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && typeof error.errcode === 'number') {
      throw Object.assign(error, { code: sqliteErrorName(error.errcode) });
    }
    throw error;
  }
}
