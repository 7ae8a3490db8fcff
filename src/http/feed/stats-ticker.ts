import { nowMs } from '../../resilience/clock.js';

const lookEveryMs = 2000;
const tellAtLeastEveryMs = 15_000;

export interface Snapshot {
  readonly text: string;
  /** Equal when nothing has changed, but for the time. */
  readonly fingerprint: string;
}

/** Looks at the statistics while somebody listens, once for all, and tells them when they have changed, or now and then. */
export class StatsTicker {
  readonly #look: () => Promise<Snapshot>;
  readonly #listeners = new Set<(stats: string) => void>();
  #timer: NodeJS.Timeout | undefined;
  #told = { fingerprint: '', atMs: Number.NEGATIVE_INFINITY };

  /** @param look - one that rejects is left out: the manager closes */
  constructor(look: () => Promise<Snapshot>) {
    this.#look = look;
  }

  /** Hears the statistics at once and as they change. @returns unsubscribe */
  subscribe(listener: (stats: string) => void): () => void {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => void this.#tick(), lookEveryMs).unref();
    void this.#look().then(
      ({ text }) => {
        if (this.#listeners.has(listener)) listener(text);
      },
      () => undefined,
    );
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  async #tick(): Promise<void> {
    const seen = await this.#look().catch(() => null);
    if (seen === null) return;
    const { fingerprint, atMs } = this.#told;
    if (seen.fingerprint === fingerprint && nowMs() - atMs < tellAtLeastEveryMs) return;
    this.#told = { fingerprint: seen.fingerprint, atMs: nowMs() };
    for (const listener of this.#listeners) listener(seen.text);
  }
}
