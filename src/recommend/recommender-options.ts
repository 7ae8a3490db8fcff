import type { RecommendationReason } from '../domain/recommendation.js';
import { ReelflowError } from '../errors/reelflow-error.js';

/**
 * How much each part of a score counts, relative to the others; 0 leaves it out. The defaults were chosen by
 * cross-validation on likes that people gave, not fitted to TMDB's data.
 */
export interface RecommenderWeights {
  /** Genres in common. @default 0.8 */
  readonly genre: number;
  /** Keywords in common. @default 1 */
  readonly keyword: number;
  /** Directors in common. @default 1.4 */
  readonly director: number;
  /** Actors in common. @default 1 */
  readonly cast: number;
  /** The same original language; one that few films have counts more. @default 0.6 */
  readonly language: number;
  /** Released at about the same time: whole in the same month, 0.37 of it two years away. @default 1 */
  readonly decade: number;
  /** Of the same series, by its title. @default 0.5 */
  readonly series: number;
  /** Being on the provider's own list. @default 0.8 */
  readonly related: number;
  /** Votes, and how many there are. @default 1.6 */
  readonly quality: number;
  /** What the stored posts say; posts that are negative together take from the score. @default 0.4 */
  readonly sentiment: number;
  /** Released in the last five years. @default 0.1 */
  readonly recency: number;
  /** Liked by those who liked the seed; only after `learn`. @default 2.8 */
  readonly liked: number;
  /**
   * Variety of a list: the part of a film's score that it loses when its genres are those of one already chosen. A second
   * film of a series loses a fifth, whatever this says. At most 1. @default 0.03
   */
  readonly diversity: number;
}

/** What an explanation can be made of, besides the reasons. */
export interface ExplanationFacts {
  /** Of the film that is recommended. */
  readonly title: string;
  readonly releaseDate: string | null;
  /** 0 to 10. */
  readonly rating: number;
  readonly voteCount: number;
  /** Null for a seed that was never indexed. */
  readonly seedTitle: string | null;
  /** Null where no post was scored. */
  readonly sentiment: {
    readonly positivePercentage: number;
    readonly reviewsAnalyzed: number;
    readonly averageSentiment: number;
  } | null;
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
  genre: 0.8,
  keyword: 1,
  director: 1.4,
  cast: 1,
  language: 0.6,
  decade: 1,
  series: 0.5,
  related: 0.8,
  quality: 1.6,
  sentiment: 0.4,
  recency: 0.1,
  liked: 2.8,
  diversity: 0.03,
};

/** @throws INVALID_OPTIONS for a weight that is no number from 0 up, or a diversity above 1 */
export function resolveWeights(weights: Partial<RecommenderWeights> = {}): RecommenderWeights {
  for (const [name, weight] of Object.entries(weights)) {
    if (!Object.hasOwn(standardWeights, name)) {
      throw new ReelflowError(
        'INVALID_OPTIONS',
        `weights.${name} is not known: there are ${Object.keys(standardWeights).join(', ')}`,
      );
    }
    if (weight !== undefined && !(Number.isFinite(weight) && weight >= 0)) {
      throw new ReelflowError('INVALID_OPTIONS', `weights.${name} must be a number from 0 up, got ${weight}`);
    }
  }
  if (weights.diversity !== undefined && weights.diversity > 1) {
    throw new ReelflowError('INVALID_OPTIONS', `weights.diversity must be at most 1, got ${weights.diversity}`);
  }
  return {
    ...standardWeights,
    ...Object.fromEntries(Object.entries(weights).filter(([, weight]) => weight !== undefined)),
  };
}
