import { afterEach, beforeEach, vi } from 'vitest';
import { AutomatedCoordinator } from '../../src/coordinator/automated-coordinator.js';
import type { CoordinatorEvent } from '../../src/coordinator/coordinator-event.js';
import type { CoordinatorOptions } from '../../src/coordinator/coordinator-options.js';
import type { ErrorCode } from '../../src/errors/error-code.js';
import { ReelflowError, type ReelflowErrorOptions } from '../../src/errors/reelflow-error.js';
import type { ApiPolicy } from '../../src/ports/api-policy.js';
import type { CallContext } from '../../src/ports/call-context.js';
import type { Logger } from '../../src/ports/logger.js';

/** A wall clock with room on both sides: no midnight is near. */
export const noon = Date.UTC(2026, 4, 15, 12);

export function withFakeTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: noon });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

/** Nothing but what the policy names: no limits, no breaker, no retries. */
export const bare = (policy: ApiPolicy = {}): ApiPolicy => ({
  limits: [],
  breaker: false,
  ...policy,
  retry: { maxRetries: 0, ...policy.retry },
});

export function coordinatorWith(
  policies: Readonly<Record<string, ApiPolicy>> = {},
  options: CoordinatorOptions = {},
): AutomatedCoordinator {
  const coordinator = new AutomatedCoordinator(options);
  for (const [name, policy] of Object.entries(policies)) coordinator.configureApi(name, policy);
  return coordinator;
}

/** A function that notes when each of its attempts started, in milliseconds from here on. */
export function recorded<T>(answer: (context: CallContext) => T | Promise<T>) {
  const originMs = performance.now();
  const startsMs: number[] = [];
  const fn = (context: CallContext): T | Promise<T> => {
    startsMs.push(performance.now() - originMs);
    return answer(context);
  };
  return { fn, startsMs };
}

export const failure = (code: ErrorCode, options?: ReelflowErrorOptions): ReelflowError =>
  new ReelflowError(code, `made up: ${code}`, options);

/** Throws each of the errors in turn, then answers. */
export function failsThenAnswers<T>(thrown: readonly unknown[], answer: T): () => Promise<T> {
  const left = [...thrown];
  return async () => {
    if (left.length > 0) throw left.shift();
    return answer;
  };
}

export const answersAfter = <T>(ms: number, answer: T): Promise<T> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(answer), ms);
  });

export const failsAfter = (ms: number, error: unknown): Promise<never> =>
  new Promise((_, reject) => {
    setTimeout(() => reject(error), ms);
  });

export const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** Runs the clock until nothing is planned any more. */
export async function settled<T>(work: Promise<T>): Promise<T> {
  await vi.runAllTimersAsync();
  return work;
}

/** Where a promise stands after the microtasks under way. */
export async function stateOf<T>(work: Promise<T>): Promise<'pending' | T> {
  await vi.advanceTimersByTimeAsync(0);
  return Promise.race([work, Promise.resolve('pending' as const)]);
}

export function eventsOf(coordinator: AutomatedCoordinator): CoordinatorEvent[] {
  const events: CoordinatorEvent[] = [];
  coordinator.subscribe((event) => events.push(event));
  return events;
}

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export function recordingLogger(): { readonly logger: Logger; readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: LogLine['level']) => (fields: LogLine['fields'], message: string) => {
    lines.push({ level, fields, message });
  };
  return { lines, logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } };
}

/** A repeatable stream of numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The most starts in any window of this length. */
export function mostInWindow(startsMs: readonly number[], windowMs: number): number {
  const counts = startsMs.map((end) => startsMs.filter((start) => start > end - windowMs && start <= end).length);
  return Math.max(0, ...counts);
}

/** A signal that tells how many listeners it holds. */
export function countingSignal() {
  const controller = new AbortController();
  const { signal } = controller;
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  vi.spyOn(signal, 'addEventListener').mockImplementation((...args: Parameters<typeof add>) => {
    listeners += 1;
    add(...args);
  });
  vi.spyOn(signal, 'removeEventListener').mockImplementation((...args: Parameters<typeof remove>) => {
    listeners -= 1;
    remove(...args);
  });
  return { controller, signal, listeners: () => listeners };
}
