import { seededRandom } from '../../src/sandbox/random.js';

/** Choices that follow from a seed. */
export class Chance {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    for (let skipped = 0; skipped < 3; skipped += 1) this.#random(); // near seeds begin alike
  }

  /** A whole number in [from, to). */
  whole(from: number, to: number): number {
    return from + Math.floor(this.#random() * (to - from));
  }

  /** True in one of so many cases. */
  oneIn(cases: number): boolean {
    return this.whole(0, cases) === 0;
  }

  of<Item>(items: readonly Item[]): Item {
    const item = items[this.whole(0, items.length)];
    if (item === undefined) throw new Error('nothing to choose from');
    return item;
  }
}
