const initialCapacity = 16;

/** The last moments at which places were counted, ascending; the oldest gives way when it is full. */
export class StampRing {
  #stamps = new Float64Array(initialCapacity);
  #next = 0;
  #size = 0;
  #limit: number;
  #forgot = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#size;
  }

  /** Older stamps than those held were dropped. */
  get forgot(): boolean {
    return this.#forgot;
  }

  /** Room for at least `limit` stamps from now on; never shrinks. */
  reserve(limit: number): void {
    this.#limit = Math.max(this.#limit, limit);
  }

  push(atMs: number): void {
    if (this.#size === this.#stamps.length && this.#size < this.#limit) this.#grow();
    if (this.#size === this.#stamps.length) this.#forgot = true;
    else this.#size += 1;
    this.#stamps[this.#next] = atMs;
    this.#next = (this.#next + 1) % this.#stamps.length;
  }

  /** The stamp `back` places before the newest, which is 0. @returns -Infinity past the oldest */
  fromNewest(back: number): number {
    if (back >= this.#size) return Number.NEGATIVE_INFINITY;
    const length = this.#stamps.length;
    return this.#stamps[(this.#next - 1 - back + 2 * length) % length] ?? Number.NEGATIVE_INFINITY;
  }

  /** How many of the newest `among` stamps are later than a moment. */
  countAfter(atMs: number, among: number): number {
    let low = 0;
    let high = Math.min(among, this.#size);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.fromNewest(middle) > atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(): void {
    const grown = new Float64Array(Math.min(this.#limit, this.#stamps.length * 2));
    for (let index = 0; index < this.#size; index += 1) grown[index] = this.fromNewest(this.#size - 1 - index);
    this.#stamps = grown;
    this.#next = this.#size % grown.length;
  }
}
