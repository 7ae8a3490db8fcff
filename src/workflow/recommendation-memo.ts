import type { Recommendation } from '../domain/recommendation.js';

/** Films whose list is remembered, of some 20 kB each. */
const mostFilms = 500;
/** A list that stays the same is stored again after this time, so that retention does not take it for an old one. */
const storeAgainMs = 86_400_000;

interface Remembered {
  readonly from: string | undefined;
  readonly recommendations: readonly Recommendation[];
  readonly text: string;
  /** What this process has stored last for the film. */
  readonly stored: { readonly text: string; readonly atMs: number } | undefined;
}

/** What was recommended last, so that a search that changes nothing neither computes it again nor stores it again. */
export class RecommendationMemo {
  /** The film that was looked at longest ago comes first. */
  readonly #films = new Map<number, Remembered>();

  /**
   * The list for a film while everything that it follows from is as it was.
   * @param from - names what the list follows from; undefined: nobody knows
   */
  find(tmdbId: number, from: string | undefined): readonly Recommendation[] | undefined {
    const remembered = this.#films.get(tmdbId);
    if (remembered === undefined || from === undefined || remembered.from !== from) return undefined;
    this.#put(tmdbId, remembered);
    return remembered.recommendations.map(copyOf); // what a caller does to its result stays there
  }

  /** Whether this process has stored exactly the list that is remembered, within the last day. */
  isStored(tmdbId: number): boolean {
    const { text, stored } = this.#films.get(tmdbId) ?? {};
    return stored !== undefined && stored.text === text && Date.now() - stored.atMs < storeAgainMs;
  }

  /** @param from - as for `find` */
  remember(tmdbId: number, from: string | undefined, recommendations: readonly Recommendation[]): void {
    const { stored } = this.#films.get(tmdbId) ?? {};
    const text = JSON.stringify(recommendations);
    this.#put(tmdbId, { from, recommendations: recommendations.map(copyOf), text, stored });
  }

  /** The list that is remembered for the film has been stored. */
  stored(tmdbId: number): void {
    const remembered = this.#films.get(tmdbId);
    if (remembered === undefined) return;
    this.#put(tmdbId, { ...remembered, stored: { text: remembered.text, atMs: Date.now() } });
  }

  #put(tmdbId: number, remembered: Remembered): void {
    this.#films.delete(tmdbId);
    this.#films.set(tmdbId, remembered);
    const [oldest] = this.#films.keys();
    if (this.#films.size > mostFilms && oldest !== undefined) this.#films.delete(oldest);
  }
}

const copyOf = (recommendation: Recommendation): Recommendation => ({
  ...recommendation,
  reasons: recommendation.reasons.map((reason) => ({ ...reason, values: [...reason.values] })),
});
