/** Which positions of a source wait. They are known by the last one, a mark, and what is settled beyond the mark. */
export class Positions {
  #last = 0;
  #settledUpTo = 0;
  readonly #settledBeyond = new Set<number>();

  get last(): number {
    return this.#last;
  }

  /** How many wait. */
  get size(): number {
    return this.#last - this.#settledUpTo - this.#settledBeyond.size;
  }

  has(position: number): boolean {
    return position > this.#settledUpTo && position <= this.#last && !this.#settledBeyond.has(position);
  }

  /** Adds a position past the last one. What lies between was lost or settled before: it does not wait. */
  add(position: number): void {
    if (this.size === 0) {
      this.#settledBeyond.clear();
      this.#settledUpTo = position - 1;
    } else {
      for (let lost = this.#last + 1; lost < position; lost += 1) this.#settledBeyond.add(lost);
    }
    this.#last = position;
  }

  settle(position: number): void {
    if (!this.has(position)) return;
    this.#settledBeyond.add(position);
    this.#advance();
  }

  settleUpTo(position: number): void {
    this.#settledUpTo = Math.max(this.#settledUpTo, Math.min(position, this.#last));
    for (const settled of this.#settledBeyond) {
      if (settled <= this.#settledUpTo) this.#settledBeyond.delete(settled);
    }
    this.#advance();
  }

  /** Settles what waits here and is not among the others. */
  keepOnly(others: Positions): void {
    for (let position = this.#settledUpTo + 1; position <= this.#last; position += 1) {
      if (!others.has(position)) this.settle(position);
    }
  }

  #advance(): void {
    while (this.#settledBeyond.delete(this.#settledUpTo + 1)) this.#settledUpTo += 1;
  }
}
