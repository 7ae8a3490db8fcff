/** Counts what happens, and tells who waits for a count. */
export class Milestones {
  readonly #waiting: Array<{ readonly count: number; readonly resolve: () => void }> = [];
  #count = 0;

  reach(): void {
    this.#count += 1;
    for (const { count, resolve } of this.#waiting) if (this.#count >= count) resolve();
  }

  reached(count: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#count >= count) resolve();
      else this.#waiting.push({ count, resolve });
    });
  }
}
