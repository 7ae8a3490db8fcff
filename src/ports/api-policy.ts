/** `calls` attempts may start in any window of `windowMs`. */
export interface RateLimit {
  readonly calls: number;
  readonly windowMs: number;
}

export type Jitter = 'none' | 'full' | 'equal';

export interface RetryPolicy {
  /** Attempts after the first. @default 3 */
  readonly maxRetries?: number;
  /** @default 2000 */
  readonly delayMs?: number;
  /** @default 60000 */
  readonly maxDelayMs?: number;
  /** Doubles the wait after each attempt. @default true */
  readonly exponential?: boolean;
  /** @default 'none' */
  readonly jitter?: Jitter;
}

export interface BreakerPolicy {
  /** Share of failed attempts that opens, 0 to 1. @default 0.5 */
  readonly failureRate?: number;
  /** Attempts in the window before it may open. @default 20 */
  readonly minimumAttempts?: number;
  /** @default 30000 */
  readonly windowMs?: number;
  /** Time until one probe is let through. @default 30000; 5000 for databases */
  readonly halfOpenAfterMs?: number;
}

/** How calls to one API are made. Every field has a default; several limits hold at once. */
export interface ApiPolicy {
  /** `[]` means no limit. @default one of 15 calls in 60000 ms */
  readonly limits?: readonly RateLimit[];
  /** Spreads bursts: about `calls` starts per `perMs`. Not exact; a quota belongs into `limits`. */
  readonly pace?: { readonly calls: number; readonly perMs: number };
  /** Attempts under way at once. @default no cap */
  readonly concurrency?: number;
  /** Time for one attempt, in milliseconds. @default 10000 */
  readonly timeoutMs?: number;
  readonly retry?: RetryPolicy;
  /** false switches the breaker off. */
  readonly breaker?: BreakerPolicy | false;
}
