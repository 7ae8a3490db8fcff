/** A film by its slot, with the sum of its parts. */
export interface Scored {
  readonly slot: number;
  readonly total: number;
}

/** The best of many offers, kept sorted; of equal ones the one with the smaller id is better. */
export class TopList {
  readonly #most: number;
  readonly #idOf: (slot: number) => number;
  readonly #scored: Scored[] = [];
  #least = Number.NEGATIVE_INFINITY;

  constructor(most: number, idOf: (slot: number) => number) {
    this.#most = most;
    this.#idOf = idOf;
  }

  /** What is offered below this is not taken. */
  get least(): number {
    return this.#least;
  }

  offer(slot: number, total: number): void {
    if (total < this.#least) return;
    let low = 0;
    let high = this.#scored.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#scored[middle];
      if (other !== undefined && this.#isBefore(other, slot, total)) low = middle + 1;
      else high = middle;
    }
    this.#scored.splice(low, 0, { slot, total });
    if (this.#scored.length > this.#most) this.#scored.pop();
    if (this.#scored.length === this.#most) this.#least = this.#scored.at(-1)?.total ?? this.#least;
  }

  /** Best first. */
  scored(): readonly Scored[] {
    return this.#scored;
  }

  #isBefore(one: Scored, slot: number, total: number): boolean {
    return one.total > total || (one.total === total && this.#idOf(one.slot) < this.#idOf(slot));
  }
}
