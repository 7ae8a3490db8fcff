import type { QueryRunner } from 'typeorm';
import type { Dialect } from './dialect.js';
import { throwIfCancelled } from './write-queue.js';

export type SqlValue = string | number | null;
export type Row = Readonly<Record<string, unknown>>;

/** Runs statements on one connection. Its errors are ReelflowErrors; an aborted signal stops it before the next one. */
export class SqlSession {
  readonly #runner: QueryRunner;
  readonly #dialect: Dialect;
  readonly #signal: AbortSignal | undefined;

  constructor(runner: QueryRunner, dialect: Dialect, signal?: AbortSignal) {
    this.#runner = runner;
    this.#dialect = dialect;
    this.#signal = signal;
  }

  get dialect(): Dialect {
    return this.#dialect;
  }

  /** The rows of a query. */
  async all(sql: string, parameters: readonly SqlValue[] = []): Promise<readonly Row[]> {
    return (await this.#query(sql, parameters)).records;
  }

  /** How many rows a statement touched. */
  async run(sql: string, parameters: readonly SqlValue[] = []): Promise<number> {
    return (await this.#query(sql, parameters)).affected ?? 0;
  }

  async #query(sql: string, parameters: readonly SqlValue[]) {
    throwIfCancelled(this.#signal);
    try {
      return await this.#runner.query(sql, [...parameters], true);
    } catch (error) {
      throw this.#dialect.toError(error);
    }
  }
}
