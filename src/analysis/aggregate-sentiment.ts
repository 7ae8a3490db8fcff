import type { SentimentAnalysis, SentimentScore } from '../domain/analysis.js';

/** Half the width of a 95 % interval, in standard errors. */
const z95 = 1.96;

/**
 * Sums up scores. Those with confidence 0 were not scored and are counted apart. Percentages have one decimal and add up to
 * 100 within rounding; they and the average are 0 when nothing was scored.
 */
export function aggregateSentiment(scores: readonly SentimentScore[]): SentimentAnalysis {
  const scored = scores.filter(({ confidence }) => confidence > 0);
  const count = scored.length;
  const average = count === 0 ? 0 : scored.reduce((sum, { score }) => sum + score, 0) / count;
  const labelled = (label: SentimentScore['label']) => scored.filter((score) => score.label === label).length;
  const [positive, neutral, negative] = [labelled('positive'), labelled('neutral'), labelled('negative')];
  const percentage = (part: number) => (count === 0 ? 0 : Math.round((part / count) * 1000) / 10);
  return {
    reviewsAnalyzed: count,
    unscored: scores.length - count,
    averageSentiment: round(average),
    confidenceInterval: count < 2 ? null : intervalOf(scored, average),
    distribution: {
      positive,
      neutral,
      negative,
      positivePercentage: percentage(positive),
      neutralPercentage: percentage(neutral),
      negativePercentage: percentage(negative),
    },
  };
}

function intervalOf(scored: readonly SentimentScore[], average: number): [number, number] {
  const variance = scored.reduce((sum, { score }) => sum + (score - average) ** 2, 0) / (scored.length - 1);
  const half = z95 * Math.sqrt(variance / scored.length);
  return [round(Math.max(-1, average - half)), round(Math.min(1, average + half))];
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;
