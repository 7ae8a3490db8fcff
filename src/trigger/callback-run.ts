import { toReelflowError } from '../errors/classify-error.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import { nowMs } from '../resilience/clock.js';
import type { TriggerOutcome } from './trigger-outcome.js';

export interface TriggerContext<Event = string> {
  readonly event: Event;
  /** Aborts when the trigger is aborted and when the callback's time is up. */
  readonly signal: AbortSignal;
}

/** One registered callback. */
export interface Registration {
  /** Grows with each registration: outcomes come in this order. */
  readonly order: number;
  readonly name: string;
  readonly timeoutMs: number;
  readonly callback: (data: unknown, context: TriggerContext) => unknown;
}

/** What the calls of one event's callbacks share. */
export interface CallbackFiring {
  /** A moment of `performance.now()` for a promise that has settled. */
  settledAtMs(): number;
  ended(outcome: TriggerOutcome): void;
}

/** One call of one callback. It ends once: by what the callback does, when its time is up, or when it is aborted. */
export class CallbackRun {
  readonly registration: Registration;
  readonly #event: string;
  readonly #firing: CallbackFiring;
  readonly #startedAtMs = nowMs();
  #outcome: TriggerOutcome | undefined;
  #tell: ((outcome: TriggerOutcome) => void) | undefined;
  #controller: AbortController | undefined;
  #abortedBy: { readonly reason: unknown } | undefined;

  constructor(registration: Registration, event: string, firing: CallbackFiring) {
    this.registration = registration;
    this.#event = event;
    this.#firing = firing;
  }

  get hasEnded(): boolean {
    return this.#outcome !== undefined;
  }

  /** Moment of `performance.now()`; Infinity: never. */
  get deadlineAtMs(): number {
    return this.#startedAtMs + this.registration.timeoutMs;
  }

  /** How it ends. Never rejects. */
  get outcome(): Promise<TriggerOutcome> {
    if (this.#outcome !== undefined) return Promise.resolve(this.#outcome);
    return new Promise((resolve) => {
      this.#tell = resolve;
    });
  }

  /** How it has ended. */
  get ended(): TriggerOutcome {
    if (this.#outcome === undefined)
      throw new ReelflowError('UNEXPECTED', `'${this.registration.name}' is still running`);
    return this.#outcome;
  }

  /** Calls the callback in this turn. Throws nothing. */
  start(data: unknown): void {
    try {
      const returned = this.registration.callback(data, new Context(this.#event, this));
      if (!isThenable(returned)) {
        this.#succeed(returned, nowMs());
        return;
      }
      Promise.resolve(returned).then(
        (result) => this.#succeed(result, this.#firing.settledAtMs()),
        (thrown: unknown) => this.#fail(thrown, this.#firing.settledAtMs()),
      );
    } catch (thrown) {
      this.#fail(thrown, nowMs());
    }
  }

  timeUp(): void {
    const { name, timeoutMs } = this.registration;
    this.#stop(
      new ReelflowError('UNEXPECTED', `the callback '${name}' of '${this.#event}' did not end within ${timeoutMs} ms`),
    );
  }

  abort(reason: unknown): void {
    const { name } = this.registration;
    this.#stop(
      new ReelflowError('CANCELLED', `the callback '${name}' of '${this.#event}' was aborted`, { cause: reason }),
      reason,
    );
  }

  #stop(error: ReelflowError, reason: unknown = error): void {
    if (this.hasEnded) return;
    this.#fail(error, nowMs());
    this.#abortedBy = { reason };
    this.#controller?.abort(reason);
  }

  /** Its controller is made when somebody looks at it: most callbacks never do. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#abortedBy !== undefined) this.#controller.abort(this.#abortedBy.reason);
    }
    return this.#controller.signal;
  }

  #succeed(result: unknown, atMs: number): void {
    const { name } = this.registration;
    this.#end({ callback: name, success: true, result, durationMs: atMs - this.#startedAtMs });
  }

  #fail(thrown: unknown, atMs: number): void {
    const { name } = this.registration;
    const error = thrown instanceof Error ? thrown : toReelflowError(thrown, 'api');
    this.#end({ callback: name, success: false, error, durationMs: atMs - this.#startedAtMs });
  }

  #end(outcome: TriggerOutcome): void {
    if (this.#outcome !== undefined) return; // what comes after its time is up counts nowhere
    this.#outcome = outcome;
    this.#tell?.(outcome);
    this.#firing.ended(outcome);
  }
}

/** A class: an object literal with a getter of its own would have a hidden class of its own, and cost ten times as much. */
class Context implements TriggerContext {
  readonly event: string;
  readonly #run: CallbackRun;

  constructor(event: string, run: CallbackRun) {
    this.event = event;
    this.#run = run;
  }

  get signal(): AbortSignal {
    return this.#run.signal;
  }
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  ((typeof value === 'object' && value !== null) || typeof value === 'function') && 'then' in value;
