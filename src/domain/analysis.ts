export type SentimentLabel = 'positive' | 'neutral' | 'negative';

export interface SentimentScore {
  /** -1 to 1. */
  readonly score: number;
  /** Follows `score`: positive from 0.05 up, negative from -0.05 down. */
  readonly label: SentimentLabel;
  /** 0 to 1; 0 means not scored (an unknown language, or no opinion about a film), which is no neutral opinion. */
  readonly confidence: number;
}

export interface SentimentDistribution {
  readonly positive: number;
  readonly neutral: number;
  readonly negative: number;
  /** 0 to 100, of the scored posts; 0 when none was scored. */
  readonly positivePercentage: number;
  readonly neutralPercentage: number;
  readonly negativePercentage: number;
}

/** What the posts about one film say together. */
export interface SentimentAnalysis {
  /** Opinions that everything here rests on: the posts that were scored, those of one author counted once. */
  readonly reviewsAnalyzed: number;
  /** Posts in a language the analyser does not know, and posts without an opinion about the film, such as spam. */
  readonly unscored: number;
  /** Further posts of authors who are counted already; absent when there are none. */
  readonly repeated?: number;
  /** Mean of the scores, -1 to 1; 0 when none was scored. */
  readonly averageSentiment: number;
  /** 95 % interval of the mean, or null for fewer than two opinions. */
  readonly confidenceInterval: readonly [number, number] | null;
  readonly distribution: SentimentDistribution;
}

/** The label that belongs to a score. */
export const labelOf = (score: number): SentimentLabel =>
  score >= 0.05 ? 'positive' : score <= -0.05 ? 'negative' : 'neutral';
