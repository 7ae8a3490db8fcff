import * as z from 'zod';
import type { SentimentAnalysis } from '../../domain/analysis.js';

const count = z.int().min(0);
const percentage = z.number().min(0).max(100);

export const analysisSchema = z.strictObject({
  reviews_analyzed: count,
  unscored: count,
  average_sentiment: z.number().min(-1).max(1),
  confidence_interval: z.tuple([z.number(), z.number()]).nullable(),
  distribution: z.strictObject({
    positive: count,
    neutral: count,
    negative: count,
    positive_percentage: percentage,
    neutral_percentage: percentage,
    negative_percentage: percentage,
  }),
  repeated: count.optional(),
});

export type WireAnalysis = z.infer<typeof analysisSchema>;

export function toWireAnalysis(analysis: SentimentAnalysis): WireAnalysis {
  const { reviewsAnalyzed, unscored, repeated, averageSentiment, confidenceInterval, distribution } = analysis;
  return {
    reviews_analyzed: reviewsAnalyzed,
    unscored,
    average_sentiment: averageSentiment,
    confidence_interval: confidenceInterval === null ? null : [...confidenceInterval],
    distribution: {
      positive: distribution.positive,
      neutral: distribution.neutral,
      negative: distribution.negative,
      positive_percentage: distribution.positivePercentage,
      neutral_percentage: distribution.neutralPercentage,
      negative_percentage: distribution.negativePercentage,
    },
    ...(repeated === undefined ? {} : { repeated }),
  };
}
