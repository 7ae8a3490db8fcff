import type { SentimentAnalysis } from '../domain/analysis.js';
import type { Movie } from '../domain/movie.js';
import type { Recommendation } from '../domain/recommendation.js';

export interface RecommendOptions {
  readonly limit: number;
  /** The provider's own suggestions for the seed; they are indexed when they are new. */
  readonly related?: readonly Movie[];
  readonly sentimentOf?: (tmdbId: number) => SentimentAnalysis | null;
  readonly signal?: AbortSignal;
}

/** Suggests films that are like a seed. Holds its own index of the films it was shown. */
export interface Recommender {
  /**
   * Grows with everything that may change an answer, other than sentiments: films that are shown, likes, settings. While
   * it stays, equal questions have equal answers, so that what was recommended is not asked for again. @default each
   * question is asked
   */
  readonly version?: number;
  /** Adds films, or replaces those of the same `tmdbId`. */
  index(movies: Iterable<Movie>): void;
  /** Drops films, by `tmdbId`, that are stored no more; unknown ones are passed over. @default they stay, and may be recommended */
  forget?(tmdbIds: Iterable<number>): void;
  /** Best first, never the seed itself, at most `limit`; [] for a seed that was never indexed and has no `related`. */
  recommend(seedTmdbId: number, options: RecommendOptions): Promise<Recommendation[]>;
}
