import type { FeatureIndex } from './feature-index.js';
import { recencyOf } from './film-facts.js';
import { lengthFactor, qualityShare, sameTime } from './likeness.js';
import type { RecommenderWeights } from './recommender-options.js';
import type { SeedProfile } from './seed-profile.js';
import { type Scored, TopList } from './top-list.js';

/** Scores every film that is indexed against a seed, in one pass over columns; keeps its buffer between calls. */
export class CatalogueRanking {
  readonly #index: FeatureIndex;
  readonly #weights: RecommenderWeights;
  #sums = new Float64Array(0);

  constructor(index: FeatureIndex, weights: RecommenderWeights) {
    this.#index = index;
    this.#weights = weights;
  }

  /** The `most` best films before sentiment and variety, best first; of equal ones the one with the smaller tmdbId. */
  best(profile: SeedProfile, most: number): readonly Scored[] {
    const sums = this.#addUp(profile);
    const own = this.#index.slotOf(profile.tmdbId);
    const { size } = this.#index;
    const top = new TopList(most, (slot) => this.#index.movieAt(slot)?.tmdbId ?? 0);
    for (let slot = 0; slot < size; slot += 1) {
      const sum = sums[slot] ?? 0;
      if (sum >= top.least && slot !== own) top.offer(slot, sum);
    }
    return top.scored();
  }

  #addUp(profile: SeedProfile): Float64Array {
    const { size, months, qualities } = this.#index;
    const { month: seedMonth, thisMonth, qualityWeight, isBare } = profile;
    const { decade, recency } = this.#weights;
    const sums = this.#compare(profile);
    for (let slot = 0; slot < size; slot += 1) {
      const month = months[slot] ?? -1;
      const alike = (sums[slot] ?? 0) + decade * sameTime(seedMonth, month);
      const quality = (qualities[slot] ?? 0) * qualityWeight * (isBare ? 1 : qualityShare(alike));
      sums[slot] = alike + quality + recency * recencyOf(month, thisMonth);
    }
    this.#addExtras(profile, sums);
    return sums;
  }

  /** What features in common are worth, by slot. */
  #compare({ kinds }: SeedProfile): Float64Array {
    const { size } = this.#index;
    if (this.#sums.length < size) this.#sums = new Float64Array(size + (size >> 2));
    const sums = this.#sums.fill(0, 0, size);
    for (const { kind, root, features } of kinds) {
      const roots = this.#index.rootsOf(kind);
      for (const { key, worth } of features) {
        for (const slot of this.#index.postingsOf(kind, key)) {
          sums[slot] = (sums[slot] ?? 0) + worth * lengthFactor(root, roots[slot] ?? 0);
        }
      }
    }
    return sums;
  }

  /** What few films get: those on the provider's list, and those liked together with the seed. */
  #addExtras({ related, ties }: SeedProfile, sums: Float64Array): void {
    const add = (tmdbId: number, amount: number) => {
      const slot = this.#index.slotOf(tmdbId);
      if (slot !== undefined) sums[slot] = (sums[slot] ?? 0) + amount;
    };
    for (const tmdbId of related) add(tmdbId, this.#weights.related);
    for (const [tmdbId, strength] of ties.strengths) add(tmdbId, this.#weights.liked * ties.known * strength);
  }
}
