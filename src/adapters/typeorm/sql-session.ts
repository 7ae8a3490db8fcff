import type { QueryRunner } from 'typeorm';
import { bounded } from './bounded.js';
import type { Dialect } from './dialect.js';
import { throwIfCancelled } from './write-queue.js';

export type SqlValue = string | number | null;
export type Row = Readonly<Record<string, unknown>>;

export interface SessionLimits {
  /** For one statement, in milliseconds. */
  readonly timeoutMs: number;
  /** Aborted, it stops the session before its next statement. */
  readonly signal?: AbortSignal | undefined;
}

/** Runs statements on one connection. Its errors are ReelflowErrors. */
export class SqlSession {
  readonly #runner: QueryRunner;
  readonly #dialect: Dialect;
  readonly #limits: SessionLimits;

  constructor(runner: QueryRunner, dialect: Dialect, limits: SessionLimits) {
    this.#runner = runner;
    this.#dialect = dialect;
    this.#limits = limits;
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
    const { timeoutMs, signal } = this.#limits;
    throwIfCancelled(signal);
    try {
      const answer = this.#runner.query(this.#dialect.toDriver(sql), [...parameters], true);
      // A statement on a single connection runs in this process: a timer could not fire meanwhile.
      if (this.#dialect.singleConnection) return await answer;
      return await bounded(answer, { timeoutMs }, () => this.#dialect.cut(this.#runner));
    } catch (error) {
      throw this.#dialect.toError(error);
    }
  }
}
