import { isReelflowError, ReelflowError } from '../../errors/reelflow-error.js';

/** Runs tasks one after another, in the order they came. One that is aborted while it waits leaves at once. */
export class WriteQueue {
  readonly #waiting = new Set<() => void>();
  #busy = false;

  /** @throws CANCELLED when the signal aborts before the task has started; a task that runs is not interrupted */
  async run<Result>(task: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    throwIfCancelled(signal);
    if (this.#busy) await this.#turn(signal);
    this.#busy = true;
    try {
      return await task();
    } finally {
      this.#next();
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.#waiting.delete(start);
        reject(cancelled(signal));
      };
      this.#waiting.add(start);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  #next(): void {
    const [start] = this.#waiting;
    if (start === undefined) {
      this.#busy = false;
      return;
    }
    this.#waiting.delete(start); // stays busy: the place is handed over
    start();
  }
}

export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw cancelled(signal);
}

/** What a wait rejects with: the caller's own reason when it is one of our errors. */
export function cancelled(signal: AbortSignal | undefined): ReelflowError {
  const reason: unknown = signal?.reason;
  if (isReelflowError(reason)) return reason;
  return new ReelflowError('CANCELLED', 'the database operation was cancelled', { cause: reason });
}
