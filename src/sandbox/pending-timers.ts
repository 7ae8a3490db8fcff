import type { ServerResponse } from 'node:http';

/** Timers of answers that are under way. Each ends with its connection, and all with the sandbox. */
export class PendingTimers {
  readonly #ends = new Set<() => void>();

  after(ms: number, response: ServerResponse, act: () => void): void {
    const end = () => {
      clearTimeout(timer);
      response.off('close', end);
      this.#ends.delete(end);
    };
    const timer = setTimeout(() => {
      end();
      if (!response.destroyed) act();
    }, ms);
    response.once('close', end);
    this.#ends.add(end);
  }

  clear(): void {
    for (const end of this.#ends) end();
  }
}
