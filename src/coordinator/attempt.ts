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
  /** Runs it as the caller would: with its AsyncLocalStorage, not that of whoever made room. It must not throw. */
  inItsContext(run: () => void): void;
}

/** Hears once how an attempt ended. */
export interface AttemptEnd<T> {
  succeed(value: T): void;
  fail(error: ReelflowError): void;
}

/** What an attempt holds from its admission on: made then, since thousands may wait. */
interface Held {
  readonly breaker: CircuitBreaker | null;
  readonly breakerPass: BreakerPass;
  readonly reservation: Reservation | undefined;
  startedAtMs: number;
  pass: GatePass | undefined;
  context: AttemptContext | undefined;
  scope: GuardedScope | undefined;
  spent: Spend | undefined;
}

interface Failure {
  readonly healthCode?: ReelflowError['code'];
  readonly isAnswer?: boolean;
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
  #held: Held | undefined;

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
    if (this.#state === 'running') this.#fail(error);
    else this.#leave(error);
  }

  admit(): ReelflowError | null {
    const { channel, options, environment } = this.#call;
    const { spend } = options;
    const now = nowMs();
    const readyAtMs = channel.breaker?.readyAtMs(now) ?? now;
    if (readyAtMs > now) return circuitOpen(channel.target, Number.isFinite(readyAtMs) ? readyAtMs - now : null);
    const reservation = spend === undefined ? undefined : environment.budget.reserve(spend);
    if (isReelflowError(reservation)) return reservation;
    const { breaker } = channel;
    const breakerPass = breaker?.enter() ?? 'normal';
    this.#held = {
      breaker,
      breakerPass,
      reservation,
      startedAtMs: now,
      pass: undefined,
      context: undefined,
      scope: undefined,
      spent: undefined,
    };
    return null;
  }

  start(pass: GatePass): void {
    const held = this.#held;
    if (held === undefined) return; // never: it was admitted in this turn
    const { channel, policy, environment } = this.#call;
    const isFirstTurn = this.#state === 'entering';
    this.#call.attempts = this.#number;
    this.#state = 'running';
    held.pass = pass;
    held.startedAtMs = nowMs();
    channel.counters.attempted(this.#number);
    const waitedMs = held.startedAtMs - this.#enteredAtMs;
    if (waitedMs >= shortestWaitMs) channel.counters.waited(waitedMs);
    environment.timetable.set(this, Math.min(this.deadlineAtMs, held.startedAtMs + policy.timeoutMs));
    if (isFirstTurn) this.#run(held);
    else this.#call.inItsContext(() => this.#run(held));
  }

  #run(held: Held): void {
    const { fn, scope: call } = this.#call;
    const context = new AttemptContext(this.#number, this);
    held.context = context; // before anybody hears of the attempt, who may end it
    const scope = call?.startAttempt(this.#number);
    held.scope = scope;
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

  /** Does nothing when it has ended: who hears of its admission may have ended it. */
  refuse(error: ReelflowError): void {
    if (this.#state === 'done') return;
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
    if (this.#held !== undefined && isSpend(spent)) this.#held.spent = spent;
  }

  timeUp(): void {
    const { channel, policy } = this.#call;
    const { timeoutMs } = policy;
    if (this.#state !== 'running' || this.#held === undefined) {
      this.#leave(channel.gate.tooLate());
      return;
    }
    const byDeadline = this.deadlineAtMs <= this.#held.startedAtMs + timeoutMs;
    const error = timedOut(channel.target, channel.kind, timeoutMs, byDeadline);
    this.#fail(error, { healthCode: byDeadline ? 'CANCELLED' : error.code }); // the caller's impatience is no sign of ill health
  }

  #leave(error: ReelflowError): void {
    this.#call.channel.gate.leave(this);
    this.refuse(error);
  }

  #succeed(value: T): void {
    const held = this.#running();
    if (held === undefined) return; // came after its timeout: it counts nowhere
    this.#done();
    this.#end(held, 'success', true);
    held.reservation?.settle(held.spent);
    held.scope?.succeed();
    this.#ends.succeed(value);
  }

  #thrown(thrown: unknown): void {
    this.#fail(toReelflowError(thrown, this.#call.channel.kind), { isAnswer: true });
  }

  /** @param failure - `isAnswer`: the function ended, and was not left. `healthCode`: the error's own unless told. */
  #fail(error: ReelflowError, { healthCode = error.code, isAnswer = false }: Failure = {}): void {
    const held = this.#running();
    if (held === undefined) return;
    this.#done(); // before the abort below, which may set off another one of this call
    const { gate } = this.#call.channel;
    if (error.retryAfterMs !== undefined && error.retryAfterMs > 0) gate.pause(nowMs() + error.retryAfterMs);
    if (held.context !== undefined) AttemptContext.abort(held.context, error);
    if (mayHaveCost(error.code)) held.reservation?.settle(held.spent);
    else held.reservation?.release();
    this.#end(held, outcomeOf(healthCode), isAnswer);
    held.scope?.fail(error);
    this.#ends.fail(error);
  }

  #running(): Held | undefined {
    return this.#state === 'running' ? this.#held : undefined;
  }

  /** The breaker hears of it before the place is given on: the next waiter must meet the new state. */
  #end(held: Held, outcome: Parameters<CircuitBreaker['record']>[1], isAnswer: boolean): void {
    const { counters, breaker } = this.#call.channel;
    const now = nowMs();
    counters.took(now - held.startedAtMs);
    if (held.breaker === breaker) breaker?.record(held.breakerPass, outcome, now); // else it was replaced meanwhile
    held.pass?.end(isAnswer);
  }

  #done(): void {
    this.#state = 'done';
    this.#call.environment.timetable.delete(this);
  }
}
