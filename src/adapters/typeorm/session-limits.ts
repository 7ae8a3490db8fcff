export interface SessionLimits {
  /** For one statement, in milliseconds. */
  readonly timeoutMs: number;
  /** Aborted, it stops the session before its next statement. */
  readonly signal?: AbortSignal | undefined;
  /** What is known of the connections: set when a prepared statement fails that goes well unprepared. */
  readonly connections?: { preparedRefused: boolean };
}
