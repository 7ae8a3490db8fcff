import type { Priority } from '../domain/workflow-run.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import type { RateLimit } from '../ports/api-policy.js';
import type { QuotaSeen } from '../ports/call-context.js';
import type { RateLimitPlace } from '../ports/rate-limiter.js';
import { Alarm, nowMs, toEpochMs } from './clock.js';
import { Lanes } from './lanes.js';
import type { Queueable } from './linked-queue.js';
import { type Pace, Pacer } from './pacer.js';
import { ProviderQuota } from './provider-quota.js';
import { SlidingLog, type SlidingLogOptions } from './sliding-log.js';

/** A day: what asks for longer is no pause. The adapters' own bound, for everybody's clients. */
const longestPauseMs = 86_400_000;

/** What a waiter holds while its attempt is under way. */
export interface GatePass {
  /**
   * Call it once.
   * @param isAnswer - false: it was left, and may still be on its way to the provider. @default true
   */
  end(isAnswer?: boolean): void;
}

export interface GateWaiter extends Queueable<GateWaiter> {
  readonly priority: Priority;
  /** Moment of `performance.now()` by which it must have started; Infinity: whenever. */
  readonly deadlineAtMs: number;
  /** Called in the turn in which the start is stamped. It must not throw. */
  start(pass: GatePass): void;
  /** Called instead of `start` when the gate cannot let it through. It must not throw. */
  refuse(error: ReelflowError): void;
  /** Asked right before the start; an error refuses this waiter alone. */
  admit(): ReelflowError | null;
  /** Told once, when a limit or a pause makes it wait. */
  onWait(waitMs: number): void;
}

export interface GateRules {
  readonly limits: readonly RateLimit[];
  readonly pace: Pace | null;
  /** Infinity: no cap. */
  readonly concurrency: number;
}

/**
 * The one place where calls to an API wait. Limits, pauses, the provider's own quota, the concurrency cap and the pace
 * are held together, and a start is stamped when all of them allow it: one held outside another would let starts bunch up.
 */
export class Gate {
  readonly #name: string;
  readonly #log: SlidingLog;
  readonly #lanes = new Lanes<GateWaiter>();
  readonly #told = new WeakSet<GateWaiter>();
  readonly #alarm = new Alarm(() => this.#pump());
  readonly #provider = new ProviderQuota();
  #rules: GateRules;
  #pacer: Pacer | null;
  #active = 0;
  #pausedUntilMs = Number.NEGATIVE_INFINITY;
  #pumping = false;

  constructor(name: string, rules: GateRules, options: SlidingLogOptions = {}) {
    this.#name = name;
    this.#rules = rules;
    this.#log = new SlidingLog(rules.limits, options);
    this.#pacer = this.#newPacer(rules.pace);
  }

  get waiting(): number {
    return this.#lanes.size;
  }

  get active(): number {
    return this.#active;
  }

  /** New rules act from the next start on; earlier starts count under the new limits. */
  configure(rules: GateRules): void {
    const { pace } = this.#rules;
    const samePace = pace?.calls === rules.pace?.calls && pace?.perMs === rules.pace?.perMs;
    this.#rules = rules;
    this.#log.setLimits(rules.limits);
    if (!samePace) {
      this.#pacer?.stop();
      this.#pacer = this.#newPacer(rules.pace);
    }
    this.#pump();
    for (const waiter of this.#lanes.all()) this.#checkWait(waiter, 0);
  }

  enter(waiter: GateWaiter): void {
    const ahead = this.#lanes.add(waiter, waiter.priority);
    if (this.#lanes.size === 1) this.#pump();
    if (this.#lanes.has(waiter)) this.#checkWait(waiter, ahead);
  }

  /** An aborted waiter leaves at once and uses no place: the alarm that is set serves whoever is first now. */
  leave(waiter: GateWaiter): void {
    this.#drop(waiter);
  }

  /** The provider asked for a pause: it holds for every caller of this API, for a day at most. */
  pause(untilMs: number): void {
    if (!Number.isFinite(untilMs) || untilMs <= this.#pausedUntilMs) return;
    this.#pausedUntilMs = Math.min(untilMs, nowMs() + longestPauseMs);
    for (const waiter of this.#lanes.all()) this.#checkWait(waiter, 0);
  }

  pausedForMs(): number {
    return Math.max(0, this.#pausedUntilMs - nowMs());
  }

  /** What the provider's headers said of its quota. */
  observe(seen: QuotaSeen): void {
    this.#provider.observe(seen);
    if (this.#provider.readyAtMs(nowMs()) > nowMs()) this.pause(this.#provider.readyAtMs(nowMs()));
  }

  /** Refuses all who wait: the breaker opened, or the coordinator closes. */
  refuseAll(error: (waiter: GateWaiter) => ReelflowError): void {
    for (const waiter of this.#lanes.all()) {
      if (this.#drop(waiter)) waiter.refuse(error(waiter));
    }
  }

  /** Keeps no timer once nobody waits; nobody may enter afterwards. */
  close(): void {
    this.#pacer?.stop();
  }

  /** Places left under the tightest of the limits, the provider's own included; null when there is none. */
  remaining(): { remaining: number; limit: number; nextFreeAtMs: number } | null {
    const now = nowMs();
    const ours = this.#log.remaining(now);
    const theirs = this.#provider.remaining(now);
    const tightest = theirs !== null && (ours === null || theirs.remaining < ours.remaining) ? theirs : ours;
    if (tightest === null || this.#pausedUntilMs <= now) return tightest;
    return { ...tightest, remaining: 0, nextFreeAtMs: Math.max(tightest.nextFreeAtMs, this.#pausedUntilMs) };
  }

  #pump(): void {
    if (this.#pumping) return; // a started function called us: the loop below goes on
    this.#pumping = true;
    while (this.#startNext());
    this.#pumping = false;
    if (this.#lanes.size === 0) {
      this.#alarm.clear();
      this.#pacer?.drop();
    }
  }

  #startNext(): boolean {
    const waiter = this.#lanes.first();
    if (waiter === undefined || this.#active >= this.#rules.concurrency) return false;
    const now = nowMs();
    const readyAtMs = this.#readyAtMs(now, 0);
    if (readyAtMs > now) {
      this.#alarm.set(readyAtMs);
      return false;
    }
    if (waiter.deadlineAtMs <= now) {
      // The event loop was held up: this timer rang before the waiter's own.
      this.leave(waiter);
      waiter.refuse(this.tooLate());
      return true;
    }
    if (this.#pacer !== null && !this.#pacer.take()) {
      this.#alarm.set(this.#pacer.retryAtMs);
      return false;
    }
    this.#lanes.takeFirst();
    const refusal = waiter.admit();
    if (refusal === null) this.#start(waiter, now);
    else waiter.refuse(refusal);
    return true;
  }

  #start(waiter: GateWaiter, now: number): void {
    this.#active += 1;
    this.#provider.take();
    waiter.start(new Pass(this.#log.start(now), this.#released));
  }

  readonly #released = (): void => {
    this.#active -= 1;
    if (this.#lanes.size > 0) this.#pump();
  };

  /** @returns whether it was waiting */
  #drop(waiter: GateWaiter): boolean {
    const waited = this.#lanes.delete(waiter);
    if (this.#lanes.size === 0) this.#alarm.clear();
    return waited;
  }

  #readyAtMs(now: number, ahead: number): number {
    return Math.max(this.#pausedUntilMs, this.#provider.readyAtMs(now), this.#log.readyAtMs(now, ahead));
  }

  /** Tells a waiter that it waits, or refuses it at once when its wait cannot end before its deadline. */
  #checkWait(waiter: GateWaiter, ahead: number): void {
    const now = nowMs();
    const readyAtMs = this.#readyAtMs(now, ahead);
    if (readyAtMs <= now) return;
    if (readyAtMs >= waiter.deadlineAtMs) {
      if (this.#drop(waiter)) waiter.refuse(this.tooLate(readyAtMs));
    } else if (!this.#told.has(waiter)) {
      this.#told.add(waiter);
      waiter.onWait(readyAtMs - now);
    }
  }

  /** The error of a waiter whose deadline ends before a place is free. */
  tooLate(readyAtMs = this.#readyAtMs(nowMs(), 0)): ReelflowError {
    const retryAtMs = Math.ceil(toEpochMs(Math.max(readyAtMs, nowMs())));
    return new ReelflowError(
      'API_RATE_LIMITED',
      `${this.#name} has no free place before the deadline; the next one is free at ${new Date(retryAtMs).toISOString()}`,
      { retryable: false, details: { api: this.#name, retryAtMs } },
    );
  }

  #newPacer(pace: Pace | null): Pacer | null {
    return pace === null ? null : new Pacer(pace, () => this.#pump());
  }
}

class Pass implements GatePass {
  readonly #place: RateLimitPlace;
  readonly #released: () => void;

  constructor(place: RateLimitPlace, released: () => void) {
    this.#place = place;
    this.#released = released;
  }

  end(isAnswer = true): void {
    if (isAnswer) this.#place.end(); // else it counts from the moment by which the provider has seen it
    this.#released();
  }
}
