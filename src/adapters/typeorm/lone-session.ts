import type { DataSource } from 'typeorm';
import type { Dialect, LoneStatements } from './dialect.js';
import type { PreparedSql } from './prepared-sql.js';
import type { SessionLimits } from './session-limits.js';
import type { SqlValue } from './sql-connection.js';
import { throwIfCancelled } from './write-queue.js';

export interface LoneSessionParts {
  readonly dataSource: DataSource;
  readonly dialect: Dialect;
  readonly lone: LoneStatements;
  readonly limits: SessionLimits;
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
