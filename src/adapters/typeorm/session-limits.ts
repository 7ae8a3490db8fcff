import type { PreparedSql } from './sql-connection.js';

/** What the sessions of a store that are outside transactions know together. */
export interface KnownStatements {
  /** Prepared ones by their text; we have some ten. */
  readonly statements: Map<string, PreparedSql>;
  /** One has failed that went well unprepared. */
  preparedRefused: boolean;
}

export interface SessionLimits {
  /** For one statement, in milliseconds. */
  readonly timeoutMs: number;
  /** Aborted, it stops the session before its next statement. */
  readonly signal?: AbortSignal | undefined;
  readonly known?: KnownStatements;
}
