import type { QueryRunner } from 'typeorm';
import { bounded } from './bounded.js';
import type { Dialect } from './dialect.js';
import type { SessionLimits } from './session-limits.js';
import type { Row, SqlConnection, SqlParameter } from './sql-connection.js';
import { throwIfCancelled } from './write-queue.js';

/** Runs statements on one connection. Its errors are ReelflowErrors. */
export class SqlSession implements SqlConnection {
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

  async all(sql: string, parameters: readonly SqlParameter[] = []): Promise<readonly Row[]> {
    return (await this.#query(sql, parameters)).records;
  }

  async run(sql: string, parameters: readonly SqlParameter[] = []): Promise<number> {
    return (await this.#query(sql, parameters)).affected ?? 0;
  }

  async script(statements: readonly string[]): Promise<readonly Row[]> {
    const { runScript } = this.#dialect;
    if (runScript !== undefined) return this.#inTime(() => runScript(this.#runner, statements));
    let rows: readonly Row[] = [];
    for (const statement of statements) rows = await this.all(statement);
    return rows;
  }

  #query(sql: string, parameters: readonly SqlParameter[]) {
    return this.#inTime(() => this.#runner.query(this.#dialect.toDriver(sql), [...parameters], true));
  }

  async #inTime<Result>(statement: () => Promise<Result>): Promise<Result> {
    const { timeoutMs, signal } = this.#limits;
    throwIfCancelled(signal);
    try {
      const answer = statement();
      // A statement on a single connection runs in this process: a timer could not fire meanwhile.
      if (this.#dialect.singleConnection) return await answer;
      // Cut before anybody releases the runner: a pool would take the connection back for a whole one.
      return await bounded(answer, { timeoutMs }, () => this.#dialect.cut(this.#runner).catch(() => undefined));
    } catch (error) {
      throw this.#dialect.toError(error);
    }
  }
}
