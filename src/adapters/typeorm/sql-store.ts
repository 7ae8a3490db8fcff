import type { DataSource, QueryRunner } from 'typeorm';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { Dialect } from './dialect.js';
import type { Tables } from './schema/tables.js';
import { SqlSession } from './sql-session.js';
import type { HostGate } from './sqlite/host-gate.js';
import { WriteQueue } from './write-queue.js';

export interface SqlStoreParts {
  readonly writer: DataSource;
  /** A second connection for reads, or null when the writer's is the only one. */
  readonly reader: DataSource | null;
  readonly dialect: Dialect;
  readonly tables: Tables;
  /** Wait for the write lock, in milliseconds. */
  readonly queryTimeoutMs: number;
  /** false: the connection is the host's and stays open. */
  readonly owned: boolean;
  /** On a connection that is shared with the host. */
  readonly gate: HostGate | null;
}

/** Transactions, one at a time, and reads beside them. */
export class SqlStore {
  readonly #parts: SqlStoreParts;
  readonly #queue = new WriteQueue();
  #closing: Promise<void> | undefined;

  constructor(parts: SqlStoreParts) {
    this.#parts = parts;
  }

  get tables(): Tables {
    return this.#parts.tables;
  }

  /** Whatever a read or a write threw, as one of our errors. */
  toError(thrown: unknown): ReelflowError {
    return this.#parts.dialect.toError(thrown);
  }

  async read<Result>(work: (session: SqlSession) => Promise<Result>): Promise<Result> {
    this.#throwIfClosed();
    const { reader, dialect } = this.#parts;
    if (reader !== null) return work(new SqlSession(reader.createQueryRunner(), dialect));
    // On one connection a read would see what a transaction has not committed yet.
    return this.#queue.run(() => this.#withRunner((runner) => work(new SqlSession(runner, dialect))));
  }

  /** Runs the work in one transaction; whatever it throws rolls all of it back. */
  async write<Result>(work: (session: SqlSession) => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    this.#throwIfClosed();
    return this.#queue.run(() => this.#withRunner((runner) => this.#transaction(runner, work, signal)), signal);
  }

  /** Lets the writes that were asked for finish, then closes what is ours. Again: the same promise. */
  close(): Promise<void> {
    this.#closing ??= this.#queue.run(() => this.#disconnect());
    return this.#closing;
  }

  async #transaction<Result>(
    runner: QueryRunner,
    work: (session: SqlSession) => Promise<Result>,
    signal: AbortSignal | undefined,
  ): Promise<Result> {
    const { dialect, queryTimeoutMs, gate } = this.#parts;
    const options = { timeoutMs: queryTimeoutMs, signal };
    await gate?.enter(runner, options);
    try {
      await dialect.begin(runner, options);
      return await this.#commit(runner, work, signal);
    } finally {
      gate?.leave();
    }
  }

  async #commit<Result>(
    runner: QueryRunner,
    work: (session: SqlSession) => Promise<Result>,
    signal: AbortSignal | undefined,
  ): Promise<Result> {
    const { dialect } = this.#parts;
    try {
      const result = await work(new SqlSession(runner, dialect, signal));
      await runner.query('COMMIT');
      return result;
    } catch (error) {
      await runner.query('ROLLBACK').catch(ignoreRollback);
      throw dialect.toError(error);
    }
  }

  async #withRunner<Result>(work: (runner: QueryRunner) => Promise<Result>): Promise<Result> {
    const runner = this.#parts.writer.createQueryRunner();
    try {
      return await work(runner);
    } finally {
      await runner.release();
    }
  }

  async #disconnect(): Promise<void> {
    const { writer, reader, owned, dialect, gate } = this.#parts;
    gate?.dispose();
    if (!owned) return;
    try {
      await reader?.destroy();
      await writer.destroy();
    } catch (error) {
      throw dialect.toError(error);
    }
  }

  #throwIfClosed(): void {
    if (this.#closing !== undefined) throw new ReelflowError('CLOSED', 'the repository is closed');
  }
}

/** A full disk or a lost connection has rolled back already, and the error that led here says more. */
const ignoreRollback = (): undefined => undefined;
