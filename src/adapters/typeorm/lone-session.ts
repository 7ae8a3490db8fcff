import type { DataSource } from 'typeorm';
import type { Dialect, LoneStatements } from './dialect.js';
import type { SessionLimits } from './session-limits.js';
import type { PreparedSql, SqlValue } from './sql-connection.js';
import { throwIfCancelled } from './write-queue.js';

export interface LoneSessionParts {
  readonly dataSource: DataSource;
  readonly dialect: Dialect;
  readonly lone: LoneStatements;
  readonly limits: SessionLimits;
  /** As in `ApplyOptions`. */
  readonly relaxed: boolean;
}

/** Runs statements that are transactions by themselves. Its errors are ReelflowErrors. */
export class LoneSession {
  readonly #parts: LoneSessionParts;

  constructor(parts: LoneSessionParts) {
    this.#parts = parts;
  }

  get dialect(): Dialect {
    return this.#parts.dialect;
  }

  get writesInWith(): boolean {
    return this.#parts.lone.writesInWith === true;
  }

  /** Follows the tables of a FROM; '' where the commit is to wait for the disk, or that is a matter of the connection. */
  get relaxed(): string {
    const { lone, relaxed } = this.#parts;
    return relaxed ? (lone.relaxed ?? '') : '';
  }

  /** See {@link LoneStatements.lockRun}. */
  lockRun(characters: number): string {
    const { lone, limits } = this.#parts;
    return lone.lockRun({ characters, timeoutMs: limits.timeoutMs });
  }

  /** How many rows the statement touched. */
  async run(sql: PreparedSql, parameters: readonly SqlValue[]): Promise<number> {
    const { dataSource, dialect, lone, limits } = this.#parts;
    throwIfCancelled(limits.signal);
    try {
      return await lone.run(dataSource, sql, parameters, limits);
    } catch (error) {
      throw dialect.toError(error);
    }
  }
}
