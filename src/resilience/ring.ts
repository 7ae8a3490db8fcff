/** The newest `capacity` entries; with a capacity of 0 it stays empty. */
export class Ring<Entry> {
  readonly #capacity: number;
  readonly #entries: Entry[] = [];
  #next = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(entry: Entry): void {
    if (this.#capacity === 0) return;
    this.#entries[this.#next] = entry;
    this.#next = (this.#next + 1) % this.#capacity;
  }

  /** Newest last. */
  toArray(): Entry[] {
    return this.newest(this.#capacity);
  }

  /** The last `count` of them, or as many as there are; newest last. */
  newest(count: number): Entry[] {
    const held = this.#entries.length;
    const wanted = Math.min(Math.max(0, count), held);
    const first = this.#next - wanted;
    if (first >= 0) return this.#entries.slice(first, this.#next);
    return [...this.#entries.slice(held + first), ...this.#entries.slice(0, this.#next)];
  }
}
