import { ReelflowError } from '../errors/reelflow-error.js';
import { refuseUnknown } from '../errors/refuse-unknown.js';
import { shown } from '../errors/shown.js';
import type { ApiPolicy, Jitter } from '../ports/api-policy.js';
import type { Instrumentation } from '../ports/instrumentation.js';
import { isSpend, type SpendLimits } from '../resilience/spend-budget.js';
import type { ApiCallOptions } from './call-options.js';
import type { CoordinatorOptions } from './coordinator-options.js';

const longestMs = 2 ** 31 - 1;
const jitters: readonly Jitter[] = ['none', 'full', 'equal'];

const levels = ['debug', 'info', 'warn', 'error'] as const;
const known = {
  budget: { usdPerDay: true, usdPerMonth: true, postsPerMonth: true },
  policy: { limits: true, pace: true, concurrency: true, timeoutMs: true, retry: true, breaker: true },
  retry: { maxRetries: true, delayMs: true, maxDelayMs: true, exponential: true, jitter: true },
  call: { signal: true, deadlineMs: true, priority: true, workflowId: true, spend: true },
  breaker: { failureRate: true, minimumAttempts: true, windowMs: true, halfOpenAfterMs: true },
  coordinator: {
    maxRetries: true,
    retryDelayMs: true,
    exponentialBackoff: true,
    maxRetryDelayMs: true,
    jitter: true,
    rateLimitWindowMs: true,
    maxCallsPerWindow: true,
    timeoutMs: true,
    guardMs: true,
    skewMs: true,
    random: true,
    logger: true,
    budget: true,
    instrumentation: true,
  },
} as const;
const hooks = ['startSearch', 'startRun', 'startStep', 'startCall'] as const;

const refuse = (name: string, allowed: string, got: unknown): never => {
  throw new ReelflowError('INVALID_OPTIONS', `${name} must be ${allowed}, got ${shown(got)}`);
};

function whole(name: string, value: unknown, from: number, to: number): void {
  if (value === undefined) return;
  const fits = typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;
  if (!fits) refuse(name, `a whole number from ${from} to ${to}`, value);
}

function duration(name: string, value: unknown, from: number): void {
  if (value === undefined) return;
  const fits = typeof value === 'number' && value >= from && value <= longestMs;
  if (!fits) refuse(name, `a number of milliseconds from ${from} to ${longestMs}`, value);
}

function choice(name: string, value: unknown, allowed: readonly unknown[]): void {
  if (value !== undefined && !allowed.includes(value)) refuse(name, `one of ${allowed.map(shown).join(', ')}`, value);
}

function record(name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(name, 'an object', value);
}

/** The checks of the coordinator's options; each throws INVALID_OPTIONS that says what is allowed. */
export const checkOption = {
  maxRetries: (value: unknown) => whole('maxRetries', value, 0, 100),
  retryDelayMs: (value: unknown) => duration('retryDelayMs', value, 0),
  exponentialBackoff: (value: unknown) => choice('exponentialBackoff', value, [true, false]),
  maxRetryDelayMs: (value: unknown) => duration('maxRetryDelayMs', value, 0),
  jitter: (value: unknown) => choice('jitter', value, jitters),
  rateLimitWindowMs: (value: unknown) => duration('rateLimitWindowMs', value, 1),
  maxCallsPerWindow: (value: unknown) => whole('maxCallsPerWindow', value, 1, 1_000_000),
  timeoutMs: (value: unknown) => duration('timeoutMs', value, 1),
} as const;

export function checkCoordinatorOptions(options: CoordinatorOptions): void {
  record('the coordinator options', options);
  refuseUnknown('the coordinator', options, known.coordinator);
  for (const [name, check] of Object.entries(checkOption)) check(options[name as keyof typeof checkOption]);
  duration('guardMs', options.guardMs, 0);
  duration('skewMs', options.skewMs, 0);
  if (options.random !== undefined && typeof options.random !== 'function')
    refuse('random', 'a function', options.random);
  const { logger } = options;
  if (logger !== undefined && !levels.every((level) => typeof logger?.[level] === 'function')) {
    refuse('logger', 'an object with the methods debug, info, warn and error', logger);
  }
  if (options.budget !== undefined) checkBudget(options.budget);
  if (options.instrumentation !== undefined) checkInstrumentation(options.instrumentation);
}

/** Throws INVALID_OPTIONS for a spending limit that is not a number above 0. */
export function checkBudget(budget: SpendLimits): void {
  record('budget', budget);
  refuseUnknown('the budget', budget, known.budget);
  for (const name of ['usdPerDay', 'usdPerMonth'] as const) {
    const limit = budget[name];
    if (limit !== undefined && !(Number.isFinite(limit) && limit > 0))
      refuse(`budget.${name}`, 'a number above 0', limit);
  }
  whole('budget.postsPerMonth', budget.postsPerMonth, 1, Number.MAX_SAFE_INTEGER);
}

/** Throws INVALID_OPTIONS for an instrumentation without any hook, or with one that is no function. */
export function checkInstrumentation(instrumentation: Instrumentation): void {
  const given = hooks.filter((hook) => instrumentation?.[hook] !== undefined);
  if (given.length === 0 || given.some((hook) => typeof instrumentation[hook] !== 'function')) {
    refuse('instrumentation', `an object with at least one of the functions ${hooks.join(', ')}`, instrumentation);
  }
}

/** Throws INVALID_OPTIONS for a policy that cannot be followed. `where` names it in the message. */
export function checkPolicy(where: string, policy: ApiPolicy): void {
  record(where, policy);
  refuseUnknown(where, policy, known.policy);
  const { limits, pace, concurrency, timeoutMs, retry, breaker } = policy;
  if (limits !== undefined && !Array.isArray(limits)) refuse(`${where}.limits`, 'an array', limits);
  for (const [index, limit] of (limits ?? []).entries()) {
    record(`${where}.limits[${index}]`, limit);
    whole(`${where}.limits[${index}].calls`, limit.calls ?? null, 1, 1_000_000);
    duration(`${where}.limits[${index}].windowMs`, limit.windowMs ?? null, 1);
  }
  if (pace !== undefined) {
    record(`${where}.pace`, pace);
    whole(`${where}.pace.calls`, pace.calls ?? null, 1, 1_000_000);
    duration(`${where}.pace.perMs`, pace.perMs ?? null, 1);
  }
  if (concurrency !== Number.POSITIVE_INFINITY) whole(`${where}.concurrency`, concurrency, 1, 1_000_000);
  duration(`${where}.timeoutMs`, timeoutMs, 1);
  if (retry !== undefined) {
    record(`${where}.retry`, retry);
    refuseUnknown(`${where}.retry`, retry, known.retry);
    whole(`${where}.retry.maxRetries`, retry.maxRetries, 0, 100);
    duration(`${where}.retry.delayMs`, retry.delayMs, 0);
    duration(`${where}.retry.maxDelayMs`, retry.maxDelayMs, 0);
    choice(`${where}.retry.exponential`, retry.exponential, [true, false]);
    choice(`${where}.retry.jitter`, retry.jitter, jitters);
  }
  if (breaker === undefined || breaker === false) return;
  record(`${where}.breaker`, breaker);
  refuseUnknown(`${where}.breaker`, breaker, known.breaker);
  const { failureRate } = breaker;
  if (failureRate !== undefined && !(failureRate > 0 && failureRate <= 1)) {
    refuse(`${where}.breaker.failureRate`, 'above 0 and at most 1', failureRate);
  }
  whole(`${where}.breaker.minimumAttempts`, breaker.minimumAttempts, 1, 1_000_000);
  duration(`${where}.breaker.windowMs`, breaker.windowMs, 1);
  duration(`${where}.breaker.halfOpenAfterMs`, breaker.halfOpenAfterMs, 1);
}

const fail = (message: string): never => {
  throw new ReelflowError('INVALID_INPUT', message);
};

/** Throws INVALID_INPUT for what cannot be the name of an API or operation. */
export function checkName(what: 'apiName' | 'operationName', name: unknown): void {
  if (typeof name !== 'string' || name.length === 0 || name.length > 100)
    fail(`${what} must be a text of 1 to 100 characters`);
}

/** Throws INVALID_INPUT for a call that cannot be made: these are mistakes in the program, not failures of the API. */
export function checkCall(fn: unknown, options: ApiCallOptions): void {
  if (typeof fn !== 'function') fail(`the second argument must be a function, got ${shown(fn)}`);
  if (typeof options !== 'object' || options === null) fail(`the options must be an object, got ${shown(options)}`);
  refuseUnknown('a call', options, known.call, 'INVALID_INPUT');
  const { deadlineMs, priority, signal, spend, workflowId } = options;
  if (deadlineMs !== undefined && !(typeof deadlineMs === 'number' && deadlineMs > 0)) {
    fail(`deadlineMs must be a number of milliseconds above 0, got ${shown(deadlineMs)}`);
  }
  if (priority !== undefined && priority !== 'interactive' && priority !== 'background') {
    fail(`priority must be 'interactive' or 'background', got ${shown(priority)}`);
  }
  if (workflowId !== undefined && typeof workflowId !== 'string') {
    fail(`workflowId must be a text, got ${shown(workflowId)}`);
  }
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') fail('signal must be an AbortSignal');
  if (spend !== undefined && !(typeof spend === 'object' && spend !== null && isSpend(spend))) {
    fail('spend must be { usd, posts }: a number from 0 up and a whole number from 0 up');
  }
}
