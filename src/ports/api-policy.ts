/** `calls` attempts may start in any window of `windowMs`. */
export interface RateLimit {
  readonly calls: number;
  readonly windowMs: number;
}

export type Jitter = 'none' | 'full' | 'equal';

export interface RetryPolicy {
  /** Attempts after the first. @default 3 */
  readonly maxRetries?: number | undefined;
  /** @default 2000 */
  readonly delayMs?: number | undefined;
  /** @default 60000 */
  readonly maxDelayMs?: number | undefined;
  /** Doubles the wait after each attempt. @default true */
  readonly exponential?: boolean | undefined;
  /** @default 'none' */
  readonly jitter?: Jitter | undefined;
}

export interface BreakerPolicy {
  /** Share of failed attempts that opens, 0 to 1. @default 0.5 */
  readonly failureRate?: number | undefined;
  /** Attempts in the window before it may open. @default 20 */
  readonly minimumAttempts?: number | undefined;
  /** @default 30000; longer, up to 600000, where `limits` let fewer than `minimumAttempts` start in that time */
  readonly windowMs?: number | undefined;
  /** Time until one probe is let through. @default 30000; 5000 for databases */
  readonly halfOpenAfterMs?: number | undefined;
}

/** How calls to one API are made. Every field has a default; several limits hold at once. */
export interface ApiPolicy {
  /** `[]` means no limit. @default one of 15 calls in 60000 ms */
  readonly limits?: readonly RateLimit[] | undefined;
  /** Spreads bursts: about `calls` starts per `perMs`. Not exact; a quota belongs into `limits`. */
  readonly pace?: { readonly calls: number; readonly perMs: number } | undefined;
  /** Attempts under way at once. @default no cap */
  readonly concurrency?: number | undefined;
  /** Time for one attempt, in milliseconds. @default 10000 */
  readonly timeoutMs?: number | undefined;
  readonly retry?: RetryPolicy | undefined;
  /** false switches the breaker off. */
  readonly breaker?: BreakerPolicy | false | undefined;
}
