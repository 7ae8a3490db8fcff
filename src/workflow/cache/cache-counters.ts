/** How often the cache helped, exactly, since the manager was made. */
export interface CacheStatistics {
  /** Fresh answers that were given unasked. */
  readonly hits: number;
  /** Questions that were put to the provider and answered. */
  readonly misses: number;
  /** Answers past their time that were given all the same. */
  readonly stale: number;
  /** Times that the cache stopped working, and later trials that failed. */
  readonly failures: number;
}

export class CacheCounters {
  #hits = 0;
  #misses = 0;
  #stale = 0;
  #failures = 0;

  hit(): void {
    this.#hits += 1;
  }

  missed(): void {
    this.#misses += 1;
  }

  gaveStale(): void {
    this.#stale += 1;
  }

  failed(): void {
    this.#failures += 1;
  }

  snapshot(): CacheStatistics {
    return { hits: this.#hits, misses: this.#misses, stale: this.#stale, failures: this.#failures };
  }
}
