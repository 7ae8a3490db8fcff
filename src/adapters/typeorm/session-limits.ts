export interface SessionLimits {
  /** For one statement, in milliseconds. */
  readonly timeoutMs: number;
  /** Aborted, it stops the session before its next statement. */
  readonly signal?: AbortSignal | undefined;
}
