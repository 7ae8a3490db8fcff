import type { DataSource, QueryRunner } from 'typeorm';
import { ReelflowError } from '../../errors/reelflow-error.js';
import { acquire } from './acquire.js';
import type { BeginOptions, Dialect } from './dialect.js';
import { isVolatile } from './identity.js';
import { LoneSession } from './lone-session.js';
import { retrySacrificed, sacrificed } from './retry-sacrificed.js';
import type { Tables } from './schema/tables.js';
import type { KnownStatements } from './session-limits.js';
import { SqlSession } from './sql-session.js';
import type { HostGate } from './sqlite/host-gate.js';
import { WriteQueue } from './write-queue.js';

export interface SqlStoreParts {
  readonly writer: DataSource;
  /** Connections for reads beside a transaction, or null when the writer's is the only one. */
  readonly reader: DataSource | null;
  /** For relaxed writes, where that is a matter of the connection; null: they go through `writer`. */
  readonly relaxedWriter: DataSource | null;
  readonly dialect: Dialect;
  /** As SQL names them. */
  readonly tables: Tables;
  /** Names these tables among all databases. */
  readonly identity: string;
  /** Wait for the write lock, and for one statement, in milliseconds. */
  readonly queryTimeoutMs: number;
  /** false: the connections are the host's and stay open. */
  readonly owned: boolean;
  /** On a connection that is shared with the host. */
  readonly gate: HostGate | null;
}

interface WriteOptions<Result> {
  readonly signal?: AbortSignal | undefined;
  /** As in `ApplyOptions`. */
  readonly relaxed?: boolean | undefined;
  /**
   * The same work in one statement that is a transaction by itself, to be tried first; it can come again after it was
   * done. Undefined when it did nothing.
   */
  readonly alone?: ((session: LoneSession) => Promise<Result | undefined>) | undefined;
}

interface BegunWrite {
  readonly signal: AbortSignal | undefined;
  readonly relaxed: boolean;
}

/** Transactions, one at a time, and reads beside them. */
export class SqlStore {
  readonly #parts: SqlStoreParts;
  readonly #queue = new WriteQueue();
  readonly #known: KnownStatements = { statements: new Map(), preparedRefused: false };
  #mayWriteAlone = true;
  #closing: Promise<void> | undefined;

  constructor(parts: SqlStoreParts) {
    this.#parts = parts;
  }

  get isVolatile(): boolean {
    return isVolatile(this.#parts.writer);
  }

  get identity(): string {
    return this.#parts.identity;
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
    const { reader, writer, dialect, queryTimeoutMs } = this.#parts;
    const limits = { timeoutMs: queryTimeoutMs, known: this.#known };
    const run = (runner: QueryRunner) => work(new SqlSession(runner, dialect, limits));
    if (reader !== null) return this.#withRunner(reader, run);
    // On one connection a read would see what a transaction has not committed yet.
    return this.#queue.run(() => this.#withRunner(writer, run));
  }

  /** Runs the work in one transaction; whatever it throws rolls all of it back. The work may be run again. */
  async write<Result>(
    work: (session: SqlSession) => Promise<Result>,
    { signal, relaxed = false, alone }: WriteOptions<Result> = {},
  ): Promise<Result> {
    this.#throwIfClosed();
    const { writer, relaxedWriter } = this.#parts;
    const connection = relaxed && relaxedWriter !== null ? relaxedWriter : writer;
    const transaction = () =>
      this.#withRunner(connection, (runner) => this.#transaction(runner, work, { signal, relaxed }), signal);
    return this.#queue.run(async () => {
      const result = alone === undefined ? undefined : await this.#writeAlone(connection, alone, { signal, relaxed });
      return result ?? retrySacrificed(transaction, signal);
    }, signal);
  }

  /** Lets the writes that were asked for finish, then closes what is ours. Again: the same promise. */
  close(): Promise<void> {
    this.#closing ??= this.#queue.run(() => this.#disconnect());
    return this.#closing;
  }

  async #writeAlone<Result>(
    dataSource: DataSource,
    alone: (session: LoneSession) => Promise<Result | undefined>,
    { signal, relaxed }: BegunWrite,
  ): Promise<Result | undefined> {
    const { dialect, queryTimeoutMs: timeoutMs, gate } = this.#parts;
    const { lone } = dialect;
    // On a connection shared with the host a statement would join the host's transaction.
    if (lone === undefined || gate !== null || !this.#mayWriteAlone) return undefined;
    try {
      return await alone(new LoneSession({ dataSource, dialect, lone, relaxed, limits: { timeoutMs, signal } }));
    } catch (thrown) {
      const { code } = dialect.toError(thrown);
      if (code === 'CANCELLED' || code === 'DB_TIMEOUT') throw thrown;
      // What a server does not know, it does not know the next time either.
      if (code === 'UNEXPECTED') this.#mayWriteAlone = false;
      return undefined;
    }
  }

  async #transaction<Result>(
    runner: QueryRunner,
    work: (session: SqlSession) => Promise<Result>,
    { signal, relaxed }: BegunWrite,
  ): Promise<Result> {
    const { queryTimeoutMs, gate, tables } = this.#parts;
    const options = { timeoutMs: queryTimeoutMs, signal, lockTable: tables.markers, relaxed };
    await gate?.enter(runner, options);
    try {
      await this.#begin(runner, options);
      return await this.#commit(runner, work, signal);
    } finally {
      gate?.leave();
    }
  }

  async #begin(runner: QueryRunner, options: BeginOptions): Promise<void> {
    const { dialect } = this.#parts;
    try {
      await dialect.begin(new SqlSession(runner, dialect, options), options);
    } catch (thrown) {
      if (dialect.singleConnection) throw thrown; // what is open there is not ours
      await this.#rollBack(runner);
      const error = dialect.toError(thrown);
      // The pool gave a connection that had broken before: another one may be whole, and nothing has happened yet.
      throw error.code === 'DB_CONNECTION' ? sacrificed(error) : error;
    }
  }

  async #commit<Result>(
    runner: QueryRunner,
    work: (session: SqlSession) => Promise<Result>,
    signal: AbortSignal | undefined,
  ): Promise<Result> {
    const { dialect, queryTimeoutMs: timeoutMs } = this.#parts;
    try {
      const result = await work(new SqlSession(runner, dialect, { timeoutMs, signal }));
      await this.#end(runner, 'COMMIT');
      return result;
    } catch (error) {
      await this.#rollBack(runner);
      throw dialect.toError(error);
    }
  }

  /** Without the signal: an abort must not come between what is written and what is known to be. */
  async #end(runner: QueryRunner, statement: 'COMMIT' | 'ROLLBACK'): Promise<void> {
    const { dialect, queryTimeoutMs: timeoutMs } = this.#parts;
    const session = new SqlSession(runner, dialect, { timeoutMs });
    await session.run(statement);
    // What has ended stays ended; a connection that cannot be given back as it was is given up.
    await dialect.restore?.(session).catch(() => dialect.cut(runner).catch(() => undefined));
  }

  /** A full disk or a lost connection has rolled back already, and the error that led here says more than this one's. */
  async #rollBack(runner: QueryRunner): Promise<void> {
    const { dialect } = this.#parts;
    try {
      await this.#end(runner, 'ROLLBACK');
    } catch {
      await dialect.cut(runner).catch(() => undefined); // it must not go back to the pool with a transaction open
    }
  }

  async #withRunner<Result>(
    dataSource: DataSource,
    work: (runner: QueryRunner) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    const { dialect, queryTimeoutMs } = this.#parts;
    const runner = await acquire(dataSource, dialect, { timeoutMs: queryTimeoutMs, signal });
    try {
      return await work(runner);
    } finally {
      await runner.release();
    }
  }

  async #disconnect(): Promise<void> {
    const { writer, reader, relaxedWriter, owned, dialect, gate } = this.#parts;
    gate?.dispose();
    if (!owned) return;
    const failures: ReelflowError[] = [];
    for (const dataSource of new Set([reader ?? writer, relaxedWriter ?? writer, writer])) {
      await dataSource.destroy().catch((error: unknown) => failures.push(dialect.toError(error)));
    }
    // What had broken before is closed all the same.
    const failed = failures.find(({ code }) => code !== 'DB_CONNECTION');
    if (failed !== undefined) throw failed;
  }

  #throwIfClosed(): void {
    if (this.#closing !== undefined) throw new ReelflowError('CLOSED', 'the repository is closed');
  }
}
