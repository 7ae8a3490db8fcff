import type { QueryRunner } from 'typeorm';
import { isReelflowError } from '../../errors/reelflow-error.js';
import { bounded } from './bounded.js';
import { checkLength } from './check-length.js';
import type { Dialect } from './dialect.js';
import { prepared } from './prepared-sql.js';
import { number } from './rows/read-row.js';
import type { SessionLimits } from './session-limits.js';
import type { Row, SqlConnection, SqlParameter } from './sql-connection.js';
import { throwIfCancelled } from './write-queue.js';

/** The part of TypeORM's QueryResult that we use. */
interface Answer {
  readonly records: readonly Row[];
  readonly affected?: number | undefined;
}

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

  /** Epoch milliseconds by the clock of the database, which all who open it share. */
  async nowMs(): Promise<number> {
    const { nowMs } = this.#dialect;
    if (nowMs === undefined) return Date.now();
    const [row = {}] = await this.all(`SELECT ${nowMs} AS now_ms`);
    return number(row, 'now_ms');
  }

  async script(statements: readonly string[]): Promise<readonly Row[]> {
    const { runScript } = this.#dialect;
    if (runScript !== undefined) return this.#inTime(() => runScript(this.#runner, statements));
    let rows: readonly Row[] = [];
    for (const statement of statements) rows = await this.all(statement);
    return rows;
  }

  /** As `all`, for a statement that comes again and again in the same words, outside a transaction. */
  async allPrepared(sql: string, parameters: readonly SqlParameter[]): Promise<readonly Row[]> {
    const { allPrepared } = this.#dialect;
    const { known } = this.#limits;
    if (allPrepared === undefined || known === undefined || known.preparedRefused) return this.all(sql, parameters);
    const statement = known.statements.get(sql) ?? prepared(sql, this.#dialect);
    known.statements.set(sql, statement);
    try {
      return await this.#inTime(() => allPrepared(this.#runner, statement, parameters));
    } catch (error) {
      if (!isReelflowError(error) || error.code !== 'UNEXPECTED') throw error;
    }
    // Such as a pool between us and the server, where each transaction has another connection.
    const rows = await this.all(sql, parameters);
    known.preparedRefused = true;
    return rows;
  }

  async #query(sql: string, parameters: readonly SqlParameter[]): Promise<Answer> {
    checkLength(parameters, this.#dialect);
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
