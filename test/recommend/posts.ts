import type { SentimentAnalysis } from '../../src/index.js';

/** What the posts of a film say together. */
export const posts = (
  averageSentiment: number,
  {
    reviewsAnalyzed = 120,
    positivePercentage = 84,
    confidenceInterval = null as SentimentAnalysis['confidenceInterval'],
  } = {},
): SentimentAnalysis => ({
  reviewsAnalyzed,
  unscored: 0,
  averageSentiment,
  confidenceInterval,
  distribution: {
    positive: Math.round((reviewsAnalyzed * positivePercentage) / 100),
    neutral: 0,
    negative: reviewsAnalyzed - Math.round((reviewsAnalyzed * positivePercentage) / 100),
    positivePercentage,
    neutralPercentage: 0,
    negativePercentage: 100 - positivePercentage,
  },
});
