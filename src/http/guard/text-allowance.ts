import { LRUCache } from 'lru-cache';

const dayMs = 86_400_000;
/** X's terms: at most so many posts with their text to one recipient a day. */
const textsPerDay = 50_000;
const mostCallers = 10_000;

/** How many posts a caller may still be given with their text today (UTC). */
export class TextAllowance {
  readonly #given = new LRUCache<string, { readonly day: number; count: number }>({ max: mostCallers });

  /** @returns whether this many more are within the allowance; then they count as given */
  take(caller: string, posts: number): boolean {
    const day = Math.floor(Date.now() / dayMs);
    const before = this.#given.get(caller);
    const count = (before?.day === day ? before.count : 0) + posts;
    if (count > textsPerDay) return false;
    this.#given.set(caller, { day, count });
    return true;
  }
}
