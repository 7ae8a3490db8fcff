import { Alarm, nowMs } from '../resilience/clock.js';
import { CallbackRun, type Registration } from './callback-run.js';
import type { TriggerOutcome } from './trigger-outcome.js';

/** One event on its way to its callbacks: they run side by side under one timer and one listener of the signal. */
export class Firing {
  readonly #event: string;
  readonly #data: unknown;
  readonly #signal: AbortSignal | undefined;
  readonly #onEnd: ((outcome: TriggerOutcome) => void) | undefined;
  readonly #alarm = new Alarm(() => this.#timeUp());
  #runs: CallbackRun[] = [];
  #running = 0;
  #endsAtMs: number | undefined;
  #tell: ((outcomes: TriggerOutcome[]) => void) | undefined;

  /** @param onEnd - hears of each callback as it ends */
  constructor(
    event: string,
    data: unknown,
    signal: AbortSignal | undefined,
    onEnd?: (outcome: TriggerOutcome) => void,
  ) {
    this.#event = event;
    this.#data = data;
    this.#signal = signal;
    this.#onEnd = onEnd;
    if (signal !== undefined && !signal.aborted) signal.addEventListener('abort', this.#abort);
  }

  /** The runs in order of registration; complete once {@link started} was called. */
  get runs(): readonly CallbackRun[] {
    return this.#runs;
  }

  call(registration: Registration): void {
    const run = new CallbackRun(registration, this.#event, this);
    this.#runs.push(run);
    this.#running += 1;
    if (this.#signal?.aborted === true) run.abort(this.#signal.reason);
    else run.start(this.#data);
  }

  /** All callbacks have been called. @param isMixed - they came from more than one list */
  started(isMixed: boolean): void {
    if (isMixed) this.#runs = this.#runs.toSorted((one, other) => one.registration.order - other.registration.order);
    if (this.#running === 0) this.#rest();
    else this.#setAlarm();
  }

  /** Once all have ended. In order of registration. */
  outcomes(): Promise<TriggerOutcome[]> {
    if (this.#running === 0) return Promise.resolve(this.#all());
    return new Promise((resolve) => {
      this.#tell = resolve;
    });
  }

  #all(): TriggerOutcome[] {
    return this.#runs.map(({ ended }) => ended);
  }

  readonly #abort = (): void => {
    for (const run of this.#runs) run.abort(this.#signal?.reason);
  };

  /**
   * The moment for a promise that has settled. One reading serves all that are told of in this turn before the next
   * microtask of ours: they had settled when it was read.
   */
  settledAtMs(): number {
    if (this.#running === 1) return this.#endsAtMs ?? nowMs();
    if (this.#endsAtMs === undefined) {
      this.#endsAtMs = nowMs();
      queueMicrotask(this.#forgetMoment);
    }
    return this.#endsAtMs;
  }

  readonly #forgetMoment = (): void => {
    this.#endsAtMs = undefined;
  };

  ended(outcome: TriggerOutcome): void {
    this.#onEnd?.(outcome);
    this.#running -= 1;
    if (this.#running > 0) return;
    this.#rest();
    this.#tell?.(this.#all());
  }

  #rest(): void {
    this.#alarm.clear();
    this.#signal?.removeEventListener('abort', this.#abort);
  }

  #timeUp(): void {
    const now = nowMs();
    for (const run of this.#runs) if (!run.hasEnded && run.deadlineAtMs <= now) run.timeUp();
    if (this.#running > 0) this.#setAlarm();
  }

  #setAlarm(): void {
    let earliestMs = Number.POSITIVE_INFINITY;
    for (const run of this.#runs) if (!run.hasEnded && run.deadlineAtMs < earliestMs) earliestMs = run.deadlineAtMs;
    this.#alarm.set(earliestMs);
  }
}
