import type { Jitter } from '../ports/api-policy.js';
import type { Instrumentation } from '../ports/instrumentation.js';
import type { Logger } from '../ports/logger.js';
import type { SpendLimits } from '../resilience/spend-budget.js';

/** The fields up to `timeoutMs` have accessors of the same names on the coordinator; they act from the next call on. */
export interface CoordinatorOptions {
  /** Attempts after the first: a whole number, 0 to 100. @default 3 */
  readonly maxRetries?: number | undefined;
  /** Wait before the first retry, in milliseconds. @default 2000 */
  readonly retryDelayMs?: number | undefined;
  /** Doubles the wait after each attempt: 2, 4, 8 s. @default true */
  readonly exponentialBackoff?: boolean | undefined;
  /** @default 60000 */
  readonly maxRetryDelayMs?: number | undefined;
  /** @default 'none' */
  readonly jitter?: Jitter | undefined;
  /** The window of an API without limits of its own, in milliseconds. @default 60000 */
  readonly rateLimitWindowMs?: number | undefined;
  /** Starts in that window. @default 15 */
  readonly maxCallsPerWindow?: number | undefined;
  /** Time for one attempt, in milliseconds. @default 10000 */
  readonly timeoutMs?: number | undefined;
  /** Added to each window, so that the provider's clock may differ a little. @default 1 */
  readonly guardMs?: number | undefined;
  /** Longest time between a start here and its arrival at the provider that is allowed for. @default 250 */
  readonly skewMs?: number | undefined;
  /** Chance for the jitter, in [0, 1). @default Math.random */
  readonly random?: (() => number) | undefined;
  /** One line for each failed attempt and each wait. @default silent */
  readonly logger?: Logger | undefined;
  /** Hears each call and attempt, such as `createInstrumentation()` of reelflow/otel. @default none */
  readonly instrumentation?: Instrumentation | undefined;
  /** @default none */
  readonly budget?: SpendLimits | undefined;
}
