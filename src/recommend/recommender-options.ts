import type { RecommendationReason } from '../domain/recommendation.js';
import { ReelflowError } from '../errors/reelflow-error.js';

/** How much each part of a score counts, relative to the others; 0 leaves it out. */
export interface RecommenderWeights {
  /** @default 0.9 */
  readonly genre: number;
  /** @default 0.7 */
  readonly keyword: number;
  /** @default 2 */
  readonly director: number;
  /** @default 0.7 */
  readonly cast: number;
  /** @default 0.6 */
  readonly language: number;
  /** @default 0.2 */
  readonly decade: number;
  /** Being on the provider's own list. @default 0.8 */
  readonly related: number;
  /** Votes, and how many there are. @default 0.6 */
  readonly quality: number;
  /** What the stored posts say. @default 0.3 */
  readonly sentiment: number;
  /** Released in the last years. @default 0.1 */
  readonly recency: number;
  /** Liked by those who liked the seed; only after `learn`. @default 4 */
  readonly liked: number;
}

/** What an explanation can be made of. */
export interface ExplanationFacts {
  readonly title: string;
  readonly sentiment: { readonly positivePercentage: number; readonly reviewsAnalyzed: number } | null;
}

export type Explain = (reasons: readonly RecommendationReason[], facts: ExplanationFacts) => string;

export interface MovieRecommenderOptions {
  readonly weights?: Partial<RecommenderWeights> | undefined;
  /** Goes before the path of a poster. @default 'https://image.tmdb.org/t/p/w500' */
  readonly posterBaseUrl?: string | undefined;
  /** Makes the sentence of a recommendation, in another language for instance. @default English */
  readonly explain?: Explain | undefined;
}

const standardWeights: RecommenderWeights = {
  genre: 0.9,
  keyword: 0.7,
  director: 2,
  cast: 0.7,
  language: 0.6,
  decade: 0.2,
  related: 0.8,
  quality: 0.6,
  sentiment: 0.3,
  recency: 0.1,
  liked: 4,
};

/** @throws INVALID_OPTIONS for a weight that is no number from 0 up */
export function resolveWeights(weights: Partial<RecommenderWeights> = {}): RecommenderWeights {
  for (const [name, weight] of Object.entries(weights)) {
    if (!(name in standardWeights)) {
      throw new ReelflowError(
        'INVALID_OPTIONS',
        `weights.${name} is not known: there are ${Object.keys(standardWeights).join(', ')}`,
      );
    }
    if (weight !== undefined && !(Number.isFinite(weight) && weight >= 0)) {
      throw new ReelflowError('INVALID_OPTIONS', `weights.${name} must be a number from 0 up, got ${weight}`);
    }
  }
  return {
    ...standardWeights,
    ...Object.fromEntries(Object.entries(weights).filter(([, weight]) => weight !== undefined)),
  };
}
