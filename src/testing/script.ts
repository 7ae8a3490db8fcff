import { throwIfAborted } from '../errors/throw-if-aborted.js';
import { wait } from './wait.js';

/** What a fake does at one call; parts may be combined: first the delay, then the error or the answer. */
export interface FakeStep<Answer> {
  /** Before anything else, in milliseconds, by setTimeout: fake timers move it. It hears the signal. */
  readonly delayMs?: number;
  /** Never answers; only the signal ends it. */
  readonly hang?: boolean;
  readonly error?: unknown;
  readonly answer?: Answer;
}

/** Steps that are used up, one at each call; then the standard answer. */
export class Script<Answer> {
  readonly #steps: Array<FakeStep<Answer>> = [];

  add(steps: readonly FakeStep<Answer>[]): void {
    this.#steps.push(...steps);
  }

  async play(signal: AbortSignal | undefined, standard: () => Answer): Promise<Answer> {
    throwIfAborted(signal, 'the call');
    const step = this.#steps.shift() ?? {};
    if (step.hang === true) await wait(undefined, signal);
    if (step.delayMs !== undefined) await wait(step.delayMs, signal);
    if (step.error !== undefined) throw step.error;
    return step.answer ?? standard();
  }
}
