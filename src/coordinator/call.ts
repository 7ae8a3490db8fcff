import { AsyncResource } from 'node:async_hooks';
import pRetry from 'p-retry';
import { toReelflowError } from '../errors/classify-error.js';
import type { ReelflowError } from '../errors/reelflow-error.js';
import { serializeError } from '../errors/serialized-error.js';
import type { CallContext } from '../ports/call-context.js';
import { backoffMs } from '../resilience/backoff.js';
import { Alarm, nowMs } from '../resilience/clock.js';
import type { SpendBudget } from '../resilience/spend-budget.js';
import type { Timetable } from '../resilience/timetable.js';
import { Attempt, type AttemptEnd, type AttemptOwner } from './attempt.js';
import { cancelled } from './call-errors.js';
import type { ApiCallOptions } from './call-options.js';
import type { Channel } from './channel.js';
import type { CoordinatorListener } from './coordinator-event.js';
import type { GuardedCall } from './guarded-instrumentation.js';
import type { ResolvedPolicy } from './resolved-policy.js';

/** Nobody listens for its end, which would cost more than all the rest of it. */
const ownedByUs = { requireManualDestroy: true };

export interface CallEnvironment {
  readonly budget: SpendBudget;
  readonly timetable: Timetable;
  readonly random: () => number;
  readonly emit: CoordinatorListener;
}

export type CallOutcome<T> =
  | { readonly success: true; readonly result: T; readonly attempts: number; readonly durationMs: number }
  | { readonly success: false; readonly error: ReelflowError; readonly attempts: number; readonly durationMs: number };

/** One coordinated call: its attempts, the waits between them, and whatever ends it early. */
export class Call<T> implements AttemptOwner<T>, AttemptEnd<T> {
  readonly channel: Channel;
  readonly fn: (context: CallContext) => Promise<T> | T;
  readonly options: ApiCallOptions;
  readonly environment: CallEnvironment;
  readonly scope: GuardedCall | undefined;
  /** As it was when the call began: changes act from the next call on. */
  readonly policy: ResolvedPolicy;
  readonly deadlineAtMs: number;
  /** Attempts that were started. */
  attempts = 0;
  readonly #onEnd: (outcome: CallOutcome<T>) => void;
  readonly #startedAtMs = nowMs();
  #invalidAnswers = 0;
  #nextDelayMs: number | null = null;
  #stopped: ReelflowError | undefined;
  /** What is under way now: an attempt or the wait before the next. */
  #underWay: { interrupt(error: ReelflowError): void } | undefined;
  #abort: (() => void) | undefined;
  #context: AsyncResource | undefined;

  /** @param onEnd - hears once how it ended, perhaps while it starts. It must not throw. */
  constructor(
    channel: Channel,
    fn: (context: CallContext) => Promise<T> | T,
    options: ApiCallOptions,
    environment: CallEnvironment,
    scope: GuardedCall | undefined,
    onEnd: (outcome: CallOutcome<T>) => void,
  ) {
    this.channel = channel;
    this.fn = fn;
    this.options = options;
    this.environment = environment;
    this.scope = scope;
    this.#onEnd = onEnd;
    this.policy = channel.policy;
    this.deadlineAtMs = this.#startedAtMs + (options.deadlineMs ?? Number.POSITIVE_INFINITY);
  }

  /** The first attempt goes without p-retry: most calls need no second one, and its machinery would be half of their time. */
  start(): void {
    this.#context = new AsyncResource('reelflow.call', ownedByUs);
    const { signal } = this.options;
    if (signal !== undefined) {
      this.#abort = () => this.stop(cancelled(this.channel.target, signal.reason));
      if (signal.aborted) this.#abort();
      else signal.addEventListener('abort', this.#abort, { once: true });
    }
    this.#attempt(1, this);
  }

  /** Ends the call at once with this error; nothing happens when it has ended. */
  stop(error: ReelflowError): void {
    this.#stopped ??= error;
    this.#underWay?.interrupt(this.#stopped);
  }

  /** An attempt succeeded: the first one says so itself. */
  succeed(result: T): void {
    this.#end({ success: true, result, ...this.#took() });
  }

  /** The first attempt failed, perhaps at the timer's or another call's hands. */
  fail(error: ReelflowError): void {
    this.inItsContext(() => void this.#tryAgain(error));
  }

  inItsContext(run: () => void): void {
    if (this.#context === undefined) run();
    else this.#context.runInAsyncScope(run);
  }

  /** Never rejects. */
  async #tryAgain(first: ReelflowError): Promise<void> {
    await null; // of calls that fail in one turn, the last may open the breaker: all of them should know
    try {
      this.#plan(first, 1, this.policy.maxRetries);
      if (!(await this.#mayTryAgain())) throw first;
      const result = await pRetry((number) => this.#attemptAgain(number + 1), {
        retries: this.policy.maxRetries - 1,
        minTimeout: 0, // the wait is ours, in mayTryAgain: abortable, seedable, and moved by the provider's word
        onFailedAttempt: ({ error, attemptNumber, retriesLeft }) => {
          this.#plan(toReelflowError(error, this.channel.kind), attemptNumber + 1, retriesLeft);
        },
        shouldRetry: () => this.#mayTryAgain(),
      });
      this.succeed(result);
    } catch (thrown) {
      this.#failed(toReelflowError(thrown, this.channel.kind));
    }
  }

  /** Waits as it was planned. */
  async #mayTryAgain(): Promise<boolean> {
    if (this.#stopped !== undefined) throw this.#stopped; // while it was told that the attempt failed
    if (this.#nextDelayMs === null) return false;
    await this.#sleep(this.#nextDelayMs);
    return true;
  }

  #attemptAgain(number: number): Promise<T> {
    return new Promise<T>((succeed, fail) => this.#attempt(number, { succeed, fail }));
  }

  #attempt(number: number, end: AttemptEnd<T>): void {
    if (this.#stopped !== undefined) {
      end.fail(this.#stopped);
      return;
    }
    const attempt = new Attempt<T>(number, this, end);
    this.#underWay = attempt;
    attempt.enter();
  }

  #failed(error: ReelflowError): void {
    this.#end({ success: false, error, ...this.#took() });
  }

  #end(outcome: CallOutcome<T>): void {
    this.#underWay = undefined;
    if (this.#abort !== undefined) this.options.signal?.removeEventListener('abort', this.#abort);
    this.#onEnd(outcome);
  }

  /** Decides what follows a failed attempt, and says so. */
  #plan(error: ReelflowError, attempt: number, retriesLeft: number): void {
    this.#nextDelayMs = this.#delayAfter(error, attempt, retriesLeft);
    if (this.attempts < attempt) return; // it never started: nothing of the other side failed
    const { emit } = this.environment;
    const { target, gate } = this.channel;
    const delayMs = this.#nextDelayMs === null ? null : Math.ceil(Math.max(this.#nextDelayMs, gate.pausedForMs()));
    const seen = serializeError(error, target.api === undefined ? {} : { api: target.api });
    const where = { ...target, ...ofRun(this.options) };
    emit({
      type: 'attempt_failed',
      attempt,
      maxAttempts: this.policy.maxRetries + 1,
      error: seen,
      nextDelayMs: delayMs,
      ...where,
    });
    if (delayMs === null) return;
    this.scope?.retrying({ attempt, delayMs, error });
    emit({ type: 'retry_scheduled', attempt, delayMs, error: seen, ...where });
  }

  #delayAfter(error: ReelflowError, attempt: number, retriesLeft: number): number | null {
    if (retriesLeft === 0 || !error.retryable || this.#stopped !== undefined) return null;
    if (error.code === 'API_INVALID_RESPONSE') this.#invalidAnswers += 1;
    if (this.#invalidAnswers > 1) return null;
    const delayMs = backoffMs(this.policy.backoff, attempt, this.environment.random);
    const nextAtMs = nowMs() + delayMs;
    const closedUntilMs = this.channel.breaker?.readyAtMs(nextAtMs) ?? nextAtMs; // no use in waiting for an open breaker
    if (nextAtMs >= this.deadlineAtMs || closedUntilMs > nextAtMs) return null;
    const { gate } = this.channel;
    if (nowMs() + gate.pausedForMs() < this.deadlineAtMs) return delayMs;
    this.#stopped = gate.tooLate();
    return null;
  }

  #sleep(delayMs: number): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const alarm = new Alarm(resolve);
      this.#underWay = {
        interrupt: (error) => {
          alarm.clear();
          reject(error);
        },
      };
      alarm.set(nowMs() + delayMs);
    });
  }

  #took(): { readonly attempts: number; readonly durationMs: number } {
    return { attempts: this.attempts, durationMs: nowMs() - this.#startedAtMs };
  }
}

const ofRun = ({ workflowId }: ApiCallOptions): { readonly workflowId?: string } =>
  workflowId === undefined ? {} : { workflowId };
