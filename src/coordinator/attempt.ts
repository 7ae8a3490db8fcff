import type { Priority } from '../domain/workflow-run.js';
import { toReelflowError } from '../errors/classify-error.js';
import { isReelflowError, type ReelflowError } from '../errors/reelflow-error.js';
import type { CallContext, QuotaSeen, Spend } from '../ports/call-context.js';
import type { BreakerPass, CircuitBreaker } from '../resilience/circuit-breaker.js';
import { nowMs, toEpochMs } from '../resilience/clock.js';
import type { GatePass, GateWaiter } from '../resilience/gate.js';
import { isSpend, type Reservation, type SpendBudget } from '../resilience/spend-budget.js';
import type { Timed, Timetable } from '../resilience/timetable.js';
import { AttemptContext, type AttemptReports } from './attempt-context.js';
import { mayHaveCost, outcomeOf } from './attempt-outcome.js';
import { circuitOpen, timedOut } from './call-errors.js';
import type { ApiCallOptions } from './call-options.js';
import type { Channel } from './channel.js';
import type { CoordinatorListener } from './coordinator-event.js';
import type { GuardedCall, GuardedScope } from './guarded-instrumentation.js';
import type { ResolvedPolicy } from './resolved-policy.js';

/** Less is no wait: a call made by a function that is just being started begins when that one has returned. */
const shortestWaitMs = 1;

/** The call that an attempt belongs to. */
export interface AttemptOwner<T> {
  readonly channel: Channel;
  readonly fn: (context: CallContext) => Promise<T> | T;
  readonly options: ApiCallOptions;
  readonly policy: Pick<ResolvedPolicy, 'timeoutMs'>;
  readonly deadlineAtMs: number;
  readonly environment: {
    readonly budget: SpendBudget;
    readonly emit: CoordinatorListener;
    readonly timetable: Timetable;
  };
  /** Of the call; undefined: nobody watches. */
  readonly scope: GuardedCall | undefined;
  /** Attempts that were started: each sets it to its number. */
  attempts: number;
}

/** Hears once how an attempt ended. */
export interface AttemptEnd<T> {
  succeed(value: T): void;
  fail(error: ReelflowError): void;
}

/** One attempt: it waits in the gate, runs once, and ends by its answer, its timeout or an interruption, whichever is first. */
export class Attempt<T> implements GateWaiter, Timed, AttemptReports {
  queue: object | undefined;
  before: GateWaiter | undefined;
  after: GateWaiter | undefined;
  timeUpAtMs = Number.POSITIVE_INFINITY;
  timetablePlace = -1;
  readonly #number: number;
  readonly #call: AttemptOwner<T>;
  readonly #ends: AttemptEnd<T>;
  readonly #enteredAtMs = nowMs();
  #state: 'entering' | 'waiting' | 'running' | 'done' = 'entering';
  #startedAtMs = 0;
  // Made when they are needed, since thousands may wait.
  #context: AttemptContext | undefined;
  #pass: GatePass | undefined;
  #breaker: CircuitBreaker | null = null;
  #breakerPass: BreakerPass = 'normal';
  #reservation: Reservation | undefined;
  #spent: Spend | undefined;
  #scope: GuardedScope | undefined;

  constructor(number: number, call: AttemptOwner<T>, ends: AttemptEnd<T>) {
    this.#number = number;
    this.#call = call;
    this.#ends = ends;
  }

  get priority(): Priority {
    return this.#call.options.priority ?? 'interactive';
  }

  get deadlineAtMs(): number {
    return this.#call.deadlineAtMs;
  }

  enter(): void {
    this.#call.channel.gate.enter(this);
    if (this.#state !== 'entering') return;
    this.#state = 'waiting';
    this.#call.environment.timetable.set(this, this.deadlineAtMs);
  }

  /** Ends it now, wherever it is. */
  interrupt(error: ReelflowError): void {
    if (this.#state === 'running') this.#fail(error, error.code);
    else this.#leave(error);
  }

  admit(): ReelflowError | null {
    const { channel, options, environment } = this.#call;
    const { spend } = options;
    const now = nowMs();
    const readyAtMs = channel.breaker?.readyAtMs(now) ?? now;
    if (readyAtMs > now) return circuitOpen(channel.target, Number.isFinite(readyAtMs) ? readyAtMs - now : null);
    if (spend !== undefined) {
      const reserved = environment.budget.reserve(spend);
      if (isReelflowError(reserved)) return reserved;
      this.#reservation = reserved;
    }
    this.#breaker = channel.breaker;
    this.#breakerPass = this.#breaker?.enter() ?? 'normal';
    return null;
  }

  start(pass: GatePass): void {
    const { channel, fn, policy, environment, scope: call } = this.#call;
    const number = this.#number;
    this.#call.attempts = number;
    this.#pass = pass;
    this.#state = 'running';
    this.#startedAtMs = nowMs();
    channel.counters.attempted(number);
    const waitedMs = this.#startedAtMs - this.#enteredAtMs;
    if (waitedMs >= shortestWaitMs) channel.counters.waited(waitedMs);
    environment.timetable.set(this, Math.min(this.deadlineAtMs, this.#startedAtMs + policy.timeoutMs));
    const context = new AttemptContext(number, this);
    this.#context = context; // before anybody hears of the attempt, who may end it
    const scope = call?.startAttempt(number);
    this.#scope = scope;
    let answer: Promise<T> | T;
    try {
      answer = scope === undefined ? fn(context) : scope.run(() => fn(context));
    } catch (thrown) {
      this.#thrown(thrown);
      return;
    }
    Promise.resolve(answer).then(
      (value) => this.#succeed(value),
      (thrown: unknown) => this.#thrown(thrown),
    );
  }

  refuse(error: ReelflowError): void {
    this.#done();
    this.#ends.fail(error);
  }

  onWait(waitMs: number): void {
    const { channel, environment, options, scope } = this.#call;
    const { workflowId } = options;
    const resetAtMs = Math.ceil(toEpochMs(nowMs() + waitMs));
    scope?.waiting({ waitMs, resetAtMs });
    environment.emit({
      type: 'rate_limit_wait',
      api: channel.name,
      waitMs: Math.ceil(waitMs),
      resetAtMs,
      ...(workflowId === undefined ? {} : { workflowId }),
    });
  }

  quota(seen: QuotaSeen): void {
    this.#call.channel.gate.observe(seen);
  }

  spend(spent: Spend): void {
    if (isSpend(spent)) this.#spent = spent;
  }

  timeUp(): void {
    const { channel, policy } = this.#call;
    const { timeoutMs } = policy;
    if (this.#state !== 'running') {
      this.#leave(channel.gate.tooLate());
      return;
    }
    const byDeadline = this.deadlineAtMs <= this.#startedAtMs + timeoutMs;
    const error = timedOut(channel.target, channel.kind, timeoutMs, byDeadline);
    this.#fail(error, byDeadline ? 'CANCELLED' : error.code); // the caller's impatience is no sign of ill health
  }

  #leave(error: ReelflowError): void {
    if (this.#state === 'done') return;
    this.#call.channel.gate.leave(this);
    this.refuse(error);
  }

  #succeed(value: T): void {
    if (this.#state !== 'running') return; // came after its timeout: it counts nowhere
    this.#done();
    this.#end('success');
    this.#reservation?.settle(this.#spent);
    this.#scope?.succeed();
    this.#ends.succeed(value);
  }

  #thrown(thrown: unknown): void {
    const error = toReelflowError(thrown, this.#call.channel.kind);
    this.#fail(error, error.code);
  }

  #fail(error: ReelflowError, healthCode: ReelflowError['code']): void {
    if (this.#state !== 'running') return;
    this.#done(); // before the abort below, which may set off another one of this call
    const { gate } = this.#call.channel;
    if (error.retryAfterMs !== undefined && error.retryAfterMs > 0) gate.pause(nowMs() + error.retryAfterMs);
    if (this.#context !== undefined) AttemptContext.abort(this.#context, error);
    if (mayHaveCost(error.code)) this.#reservation?.settle(this.#spent);
    else this.#reservation?.release();
    this.#end(outcomeOf(healthCode));
    this.#scope?.fail(error);
    this.#ends.fail(error);
  }

  /** The breaker hears of it before the place is given on: the next waiter must meet the new state. */
  #end(outcome: Parameters<CircuitBreaker['record']>[1]): void {
    const { counters, breaker } = this.#call.channel;
    const now = nowMs();
    counters.took(now - this.#startedAtMs);
    if (this.#breaker === breaker) breaker?.record(this.#breakerPass, outcome, now); // else it was replaced meanwhile
    this.#pass?.end();
  }

  #done(): void {
    this.#state = 'done';
    this.#call.environment.timetable.delete(this);
  }
}
