import type { SandboxLimit } from './sandbox-options.js';

/** How a window stands. */
export interface WindowState {
  readonly limit: number;
  readonly remaining: number;
  readonly resetAtMs: number;
}

/** A sliding window at the door: what arrives above the limit is refused and does not count. */
export class ArrivalWindow {
  readonly #limit: SandboxLimit;
  #arrivals: number[] = [];

  constructor(limit: SandboxLimit) {
    this.#limit = limit;
  }

  /** @returns what the rate-limit headers say after this arrival, and whether it was one too many */
  arrive(nowMs: number): WindowState & { readonly refused: boolean } {
    const { calls, windowMs } = this.#limit;
    this.#arrivals = this.#arrivals.filter((atMs) => atMs > nowMs - windowMs);
    const refused = this.#arrivals.length >= calls;
    if (!refused) this.#arrivals.push(nowMs);
    const resetAtMs = (this.#arrivals[0] ?? nowMs) + windowMs;
    return { refused, limit: calls, remaining: calls - this.#arrivals.length, resetAtMs };
  }
}

/** X's headers; TMDB has none. */
export const rateHeaders = ({ limit, remaining, resetAtMs }: WindowState): Record<string, string> => ({
  'x-rate-limit-limit': String(limit),
  'x-rate-limit-remaining': String(remaining),
  'x-rate-limit-reset': String(Math.ceil(resetAtMs / 1000)),
});
