/** Two counters that only grow, of each subject. */
export type Counts = ReadonlyMap<string, { readonly all: number; readonly some: number }>;

/** Points that are kept of a window: its bounds are exact to a 300th of it. */
const resolution = 300;

/** What was counted in the last time span, from the counters' totals at each look. Bounded, however often one looks. */
export class CountedWindow {
  readonly #spanMs: number;
  #points: { readonly atMs: number; readonly counts: Counts }[] = [];
  #last: Counts = new Map();

  constructor(spanMs: number) {
    this.#spanMs = spanMs;
  }

  /** Takes the totals of now. @returns what was added to them within the span, or since the first look if that was later */
  add(atMs: number, counts: Counts): Counts {
    if (this.#beganAnew(atMs, counts)) this.#points = [];
    this.#last = counts;
    const newest = this.#points.at(-1);
    if (newest === undefined || atMs - newest.atMs >= this.#spanMs / resolution) this.#points.push({ atMs, counts });
    while (this.#points[1] !== undefined && this.#points[1].atMs <= atMs - this.#spanMs) this.#points.shift();
    const base = this.#points[0]?.counts;
    const added = [...counts].map(([subject, { all, some }]) => {
      const before = base?.get(subject) ?? { all: 0, some: 0 };
      return [subject, { all: all - before.all, some: some - before.some }] as const;
    });
    return new Map(added);
  }

  /** Samples of another process, or a clock that was set back. */
  #beganAnew(atMs: number, counts: Counts): boolean {
    if (atMs < (this.#points.at(-1)?.atMs ?? atMs)) return true;
    return [...this.#last].some(([subject, { all, some }]) => {
      const now = counts.get(subject);
      return now === undefined || now.all < all || now.some < some;
    });
  }
}
