import type { SandboxLimit } from './sandbox-options.js';

/** A sliding window at the door: what arrives above the limit is refused and does not count. */
export class ArrivalWindow {
  readonly #limit: SandboxLimit;
  #arrivals: number[] = [];

  constructor(limit: SandboxLimit) {
    this.#limit = limit;
  }

  /** @returns what the rate-limit headers say after this arrival, and whether it was one too many */
  arrive(nowMs: number): {
    readonly refused: boolean;
    readonly limit: number;
    readonly remaining: number;
    readonly resetAtMs: number;
  } {
    const { calls, windowMs } = this.#limit;
    this.#arrivals = this.#arrivals.filter((atMs) => atMs > nowMs - windowMs);
    const refused = this.#arrivals.length >= calls;
    if (!refused) this.#arrivals.push(nowMs);
    const resetAtMs = (this.#arrivals[0] ?? nowMs) + windowMs;
    return { refused, limit: calls, remaining: calls - this.#arrivals.length, resetAtMs };
  }
}
