import type { Jitter } from '../ports/api-policy.js';

export interface BackoffPolicy {
  readonly delayMs: number;
  readonly maxDelayMs: number;
  readonly exponential: boolean;
  readonly jitter: Jitter;
}

/**
 * The wait after a failed attempt, in whole milliseconds: `delayMs`, doubled after each further attempt when
 * exponential, at most `maxDelayMs`. Full jitter takes any part of it, equal jitter half of it and any part of the rest.
 */
export function backoffMs(policy: BackoffPolicy, attempt: number, random: () => number): number {
  const grown = policy.exponential ? policy.delayMs * 2 ** (attempt - 1) : policy.delayMs;
  const waitMs = Math.min(grown, policy.maxDelayMs);
  if (policy.jitter === 'full') return Math.ceil(waitMs * random());
  if (policy.jitter === 'equal') return Math.ceil(waitMs / 2 + (waitMs / 2) * random());
  return Math.ceil(waitMs);
}
