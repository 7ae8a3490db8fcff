/** The longest delay a timer can hold; a longer one would fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Milliseconds of the monotonic clock. Read through the global each time, so that fake timers move it. */
export const nowMs = (): number => globalThis.performance.now();

/** The epoch time, in milliseconds, of a moment on the monotonic clock. */
export const toEpochMs = (atMs: number): number => Date.now() + (atMs - nowMs());

/**
 * Rings once at or after a moment of the monotonic clock, never before: about 1.5 % of timers fire early,
 * so it reads the clock again and re-arms. Setting it again replaces the moment.
 */
export class Alarm {
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;
  #atMs = Number.POSITIVE_INFINITY;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** The moment that is set; Infinity: none. */
  get atMs(): number {
    return this.#atMs;
  }

  /** @param atMs - moment of `performance.now()`; Infinity never rings */
  set(atMs: number): void {
    if (atMs === this.#atMs) return;
    this.clear();
    if (atMs === Number.POSITIVE_INFINITY) return;
    this.#atMs = atMs;
    this.#arm();
  }

  clear(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#atMs = Number.POSITIVE_INFINITY;
  }

  #arm(): void {
    const delayMs = Math.min(Math.max(0, Math.ceil(this.#atMs - nowMs())), longestTimerMs);
    this.#timer = setTimeout(this.#wake, delayMs);
  }

  readonly #wake = (): void => {
    if (nowMs() < this.#atMs) {
      this.#arm();
      return;
    }
    this.clear();
    this.#ring();
  };
}
