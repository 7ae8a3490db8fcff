import type { Movie } from '../domain/movie.js';
import type { FeatureIndex } from './feature-index.js';
import { type FeatureKind, featureKinds, featuresOf } from './features.js';
import { monthOf } from './film-facts.js';
import type { Ties } from './liked-together.js';
import type { RecommenderWeights } from './recommender-options.js';

/** Added to the rarity of all features of a kind: where the seed has only common ones, sharing them says less. */
const commonplace = 0.2;

/** A feature of the seed, and what a film that has it gets, before the film's own number of features is looked at. */
interface WeighedFeature {
  readonly key: string;
  readonly value: string;
  readonly worth: number;
}

/** The features of one kind that a seed has. */
export interface WeighedKind {
  readonly kind: FeatureKind;
  /** √ of how many there are. */
  readonly root: number;
  readonly features: readonly WeighedFeature[];
}

/** What films are compared with, for one recommendation. */
export interface SeedProfile {
  readonly tmdbId: number;
  readonly title: string | null;
  /** -1 where unknown. */
  readonly month: number;
  readonly kinds: readonly WeighedKind[];
  readonly related: ReadonlySet<number>;
  readonly ties: Ties;
  /** Nothing is known of the seed that others could share: quality is all there is. */
  readonly isBare: boolean;
  /** Those who liked the seed say more than votes do, so quality counts less as they are many. */
  readonly qualityWeight: number;
  readonly thisMonth: number;
}

/** The kinds that the seed has, with the worth of each feature: together at most the weight of the kind. */
function weighFeatures(seed: Movie, index: FeatureIndex, weights: RecommenderWeights): WeighedKind[] {
  const all = featuresOf(seed);
  return featureKinds.flatMap((kind) => {
    const found = [...all[kind]].map(([key, value]) => ({ key, value, rarity: index.rarityOf(kind, key) }));
    if (found.length === 0 || weights[kind] === 0) return [];
    const unit = weights[kind] / found.reduce((sum, { rarity }) => sum + rarity, commonplace);
    const features = found.map(({ key, value, rarity }) => ({ key, value, worth: unit * rarity }));
    return [{ kind, root: Math.sqrt(found.length), features }];
  });
}

export function profileOf(
  tmdbId: number,
  { related, ties }: Pick<SeedProfile, 'related' | 'ties'>,
  index: FeatureIndex,
  weights: RecommenderWeights,
): SeedProfile {
  const now = new Date();
  const seed = index.movie(tmdbId);
  const month = seed === undefined ? -1 : monthOf(seed);
  const kinds = seed === undefined ? [] : weighFeatures(seed, index, weights);
  return {
    tmdbId,
    title: seed?.title ?? null,
    month,
    kinds,
    related,
    ties,
    isBare: month < 0 && kinds.every(({ kind }) => kind === 'series'),
    qualityWeight: weights.quality * ties.unknown,
    thisMonth: now.getUTCFullYear() * 12 + now.getUTCMonth(),
  };
}
