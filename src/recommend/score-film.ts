import type { SentimentAnalysis } from '../domain/analysis.js';
import { type Movie, releaseYear } from '../domain/movie.js';
import type { RecommendationReason } from '../domain/recommendation.js';
import type { Feature } from './feature-index.js';
import type { RecommenderWeights } from './recommender-options.js';

/** Votes at which a film's own rating counts as much as the average of all. */
const averageVotes = 200;
const averageRating = 6.4;
/** Votes from which a film is as well known as can be. */
const manyVotes = 20_000;
/** Posts at which a film's sentiment counts half. */
const halfSentiment = 20;
const recentYears = 5;

export interface Part {
  readonly kind: string;
  readonly amount: number;
  readonly values: readonly string[];
}

/** A feature that the seed has, and what sharing it is worth. */
export interface WeighedFeature extends Feature {
  readonly worth: number;
}

/** Bayesian average and fame, 0 to 1. */
export function qualityOf({ rating, voteCount }: Movie): number {
  const average = (rating * voteCount + averageRating * averageVotes) / (voteCount + averageVotes);
  const fame = Math.min(1, Math.log1p(voteCount) / Math.log1p(manyVotes));
  return Math.max(0, Math.min(1, ((average - 4) / 5) * 0.5 + fame * 0.5));
}

export interface Standing {
  readonly film: Movie;
  readonly shared: readonly WeighedFeature[];
  readonly related: boolean;
  readonly liked: number;
  readonly sentiment: SentimentAnalysis | null;
  readonly thisYear: number;
}

/** The parts of a film's score: each at least 0, in the order in which they weigh. */
export function partsOf(
  { film, shared, related, liked, sentiment, thisYear }: Standing,
  weights: RecommenderWeights,
): Part[] {
  const parts: Part[] = [];
  for (const kind of new Set(shared.map((feature) => feature.kind))) {
    const features = shared
      .filter((feature) => feature.kind === kind)
      .toSorted((one, other) => other.worth - one.worth);
    parts.push({
      kind,
      amount: features.reduce((sum, { worth }) => sum + worth, 0),
      values: features.map(({ value }) => value),
    });
  }
  if (related) parts.push({ kind: 'related', amount: weights.related, values: [] });
  if (liked > 0) parts.push({ kind: 'liked', amount: weights.liked * liked, values: [] });
  parts.push({
    kind: 'quality',
    amount: weights.quality * qualityOf(film),
    values: [`${film.rating.toFixed(1)} by ${film.voteCount.toLocaleString('en-US')} people`],
  });
  if (sentiment !== null && sentiment.averageSentiment > 0) {
    const trust = sentiment.reviewsAnalyzed / (sentiment.reviewsAnalyzed + halfSentiment);
    parts.push({ kind: 'sentiment', amount: weights.sentiment * sentiment.averageSentiment * trust, values: [] });
  }
  const year = releaseYear(film);
  if (year !== null && thisYear - year < recentYears) {
    const recent = 1 - Math.max(0, thisYear - year) / recentYears;
    parts.push({ kind: 'recency', amount: weights.recency * recent, values: [String(year)] });
  }
  return parts.filter(({ amount }) => amount > 0).sort((one, other) => other.amount - one.amount);
}

/** The parts as shares of the whole; they add up to 1. */
export function reasonsOf(parts: readonly Part[]): RecommendationReason[] {
  const total = parts.reduce((sum, { amount }) => sum + amount, 0);
  return parts.map(({ kind, amount, values }) => ({ kind, share: total === 0 ? 0 : amount / total, values }));
}
