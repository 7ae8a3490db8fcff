import type { ApiPolicy, BreakerPolicy, Jitter, RateLimit, RetryPolicy } from '../ports/api-policy.js';
import type { BackoffPolicy } from '../resilience/backoff.js';
import type { BreakerSettings } from '../resilience/circuit-breaker.js';
import type { Pace } from '../resilience/pacer.js';

/** A policy in which nothing is optional any more. */
export interface ResolvedPolicy {
  readonly limits: readonly RateLimit[];
  readonly pace: Pace | null;
  readonly concurrency: number;
  /** Infinity: attempts have no timeout. */
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly backoff: BackoffPolicy;
  readonly breaker: BreakerSettings | false;
}

const longestStandardWindowMs = 600_000;

/** What the host set by option or accessor; undefined where it left the default. */
export interface HostSettings {
  readonly maxRetries: number | undefined;
  readonly retryDelayMs: number | undefined;
  readonly exponentialBackoff: boolean | undefined;
  readonly maxRetryDelayMs: number | undefined;
  readonly jitter: Jitter | undefined;
  readonly rateLimitWindowMs: number | undefined;
  readonly maxCallsPerWindow: number | undefined;
  readonly timeoutMs: number | undefined;
}

export const builtIn = {
  maxRetries: 3,
  retryDelayMs: 2000,
  exponentialBackoff: true,
  maxRetryDelayMs: 60_000,
  jitter: 'none',
  rateLimitWindowMs: 60_000,
  maxCallsPerWindow: 15,
  timeoutMs: 10_000,
} as const satisfies HostSettings;

const builtInBreaker: BreakerSettings = {
  failureRate: 0.5,
  minimumAttempts: 20,
  windowMs: 30_000,
  halfOpenAfterMs: 30_000,
};

/**
 * The policy of one API, field by field: `configureApi`, then the host's options, then the client's own, then what is
 * built in. The host's one limit is for APIs that bring none of their own.
 */
export function resolveApiPolicy(configured: ApiPolicy, host: HostSettings, client: ApiPolicy): ResolvedPolicy {
  const hostLimit = {
    calls: host.maxCallsPerWindow ?? builtIn.maxCallsPerWindow,
    windowMs: host.rateLimitWindowMs ?? builtIn.rateLimitWindowMs,
  };
  const limits = configured.limits ?? client.limits ?? [hostLimit];
  return {
    limits,
    pace: configured.pace ?? client.pace ?? null,
    concurrency: configured.concurrency ?? client.concurrency ?? Number.POSITIVE_INFINITY,
    timeoutMs: configured.timeoutMs ?? host.timeoutMs ?? client.timeoutMs ?? builtIn.timeoutMs,
    ...resolveRetry(configured.retry ?? {}, host, client.retry ?? {}),
    breaker: resolveBreaker(configured.breaker, client.breaker, limits),
  };
}

/** Database operations: the host's retries, no limits, no timeout of ours (a running transaction can't be taken back). */
export function resolveDatabasePolicy(host: HostSettings): ResolvedPolicy {
  return {
    limits: [],
    pace: null,
    concurrency: Number.POSITIVE_INFINITY,
    timeoutMs: Number.POSITIVE_INFINITY,
    ...resolveRetry({}, host, {}),
    breaker: { ...builtInBreaker, halfOpenAfterMs: 5000 },
  };
}

function resolveRetry(
  configured: RetryPolicy,
  host: HostSettings,
  client: RetryPolicy,
): Pick<ResolvedPolicy, 'maxRetries' | 'backoff'> {
  return {
    maxRetries: configured.maxRetries ?? host.maxRetries ?? client.maxRetries ?? builtIn.maxRetries,
    backoff: {
      delayMs: configured.delayMs ?? host.retryDelayMs ?? client.delayMs ?? builtIn.retryDelayMs,
      maxDelayMs: configured.maxDelayMs ?? host.maxRetryDelayMs ?? client.maxDelayMs ?? builtIn.maxRetryDelayMs,
      exponential:
        configured.exponential ?? host.exponentialBackoff ?? client.exponential ?? builtIn.exponentialBackoff,
      jitter: configured.jitter ?? host.jitter ?? client.jitter ?? builtIn.jitter,
    },
  };
}

function resolveBreaker(
  configured: ApiPolicy['breaker'],
  client: ApiPolicy['breaker'],
  limits: readonly RateLimit[],
): ResolvedPolicy['breaker'] {
  const chosen = configured ?? client;
  if (chosen === false) return false;
  const fallback = client === false || client === undefined ? {} : client;
  const asked = { ...definedOf(fallback), ...definedOf(chosen ?? {}) };
  const { minimumAttempts } = { ...builtInBreaker, ...asked };
  return { ...builtInBreaker, windowMs: standardWindowMs(minimumAttempts, limits), ...asked };
}

/** Long enough for as many attempts as the breaker wants to see: under a limit of 15 a minute, 30 s never hold 20. */
function standardWindowMs(attempts: number, limits: readonly RateLimit[]): number {
  const needed = limits
    .filter(({ calls }) => calls < attempts)
    .map(({ calls, windowMs }) => Math.ceil(attempts / calls) * windowMs);
  return Math.min(longestStandardWindowMs, Math.max(builtInBreaker.windowMs, ...needed));
}

const definedOf = (policy: BreakerPolicy): Partial<BreakerSettings> =>
  Object.fromEntries(Object.entries(policy).filter(([, value]) => value !== undefined));
