/** What the sessions of a store know of prepared statements. */
export interface PreparedStatements {
  /** By their text; we have some ten. */
  readonly names: Map<string, string>;
  /** One has failed that went well unprepared. */
  refused: boolean;
}

export interface SessionLimits {
  /** For one statement, in milliseconds. */
  readonly timeoutMs: number;
  /** Aborted, it stops the session before its next statement. */
  readonly signal?: AbortSignal | undefined;
  /** For sessions outside transactions. */
  readonly prepared?: PreparedStatements;
}
