import pThrottle from 'p-throttle';
import { nowMs } from './clock.js';

/** How much later than its interval a tick may come before the wall clock is taken to have been set back. */
const lateTickMs = 1000;

export interface Pace {
  readonly calls: number;
  readonly perMs: number;
}

interface Throttle {
  ask(): Promise<void>;
  stop(): void;
}

/**
 * Spreads bursts with p-throttle: a start needs a tick, and one tick is asked for at a time. Not exact (up to twice
 * `calls` may fall into one window), so a quota belongs into the limits. p-throttle reads the wall clock; when that
 * was set back and the tick stays away, the throttle is made anew.
 */
export class Pacer {
  readonly #pace: Pace;
  readonly #onTick: () => void;
  #throttle: Throttle;
  #askedAtMs: number | null = null;
  #held = false;

  constructor(pace: Pace, onTick: () => void) {
    this.#pace = pace;
    this.#onTick = onTick;
    this.#throttle = this.#newThrottle();
  }

  /** When to ask again at the latest, if {@link take} said no. */
  get retryAtMs(): number {
    return (this.#askedAtMs ?? nowMs()) + this.#pace.perMs + lateTickMs;
  }

  /** Uses a tick. When there is none, one is asked for, and `onTick` is called when it comes, which may be at once. */
  take(): boolean {
    if (!this.#held) this.#request();
    const taken = this.#held;
    this.#held = false;
    return taken;
  }

  /** Gives up a tick that nobody needs any more. */
  drop(): void {
    this.#held = false;
  }

  /** Lets go of the tick that was asked for: its timer would keep the process alive. Of no use afterwards. */
  stop(): void {
    this.#throttle.stop();
  }

  #request(): void {
    if (this.#askedAtMs !== null) {
      if (nowMs() < this.retryAtMs) return;
      this.#throttle.stop();
      this.#throttle = this.#newThrottle();
    }
    this.#askedAtMs = nowMs();
    void this.#throttle.ask();
  }

  #newThrottle(): Throttle {
    const stopped = new AbortController();
    const tick = () => {
      this.#askedAtMs = null;
      this.#held = true;
      this.#onTick();
    };
    const { calls: limit, perMs: interval } = this.#pace;
    const throttled = pThrottle({ limit, interval, signal: stopped.signal })(tick);
    const ask = async () => {
      try {
        await throttled();
      } catch (error) {
        if (!stopped.signal.aborted) throw error; // a tick that was let go
      }
    };
    return { ask, stop: () => stopped.abort() };
  }
}
