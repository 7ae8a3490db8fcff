/** Why a film was recommended, as data. */
export interface RecommendationReason {
  /** Such as 'genre', 'keyword', 'director', 'cast', 'series', 'quality', 'sentiment', 'recency', 'related', 'liked'. */
  readonly kind: string;
  /** The part of the score that this reason gave, 0 to 1; the shares of one recommendation add up to 1. */
  readonly share: number;
  readonly values: readonly string[];
}

export interface Recommendation {
  readonly tmdbId: number;
  readonly title: string;
  readonly releaseDate: string | null;
  /** 0 to 10. */
  readonly rating: number;
  readonly posterUrl: string | null;
  /** 0 to 1. */
  readonly score: number;
  /** Average sentiment of the film's stored posts, -1 to 1, or null when there are none. */
  readonly sentiment: number | null;
  readonly reasons: readonly RecommendationReason[];
  readonly explanation: string;
}
