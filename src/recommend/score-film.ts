import type { SentimentAnalysis } from '../domain/analysis.js';
import { type Movie, releaseYear } from '../domain/movie.js';
import type { RecommendationReason } from '../domain/recommendation.js';
import { featuresOf } from './features.js';
import { monthOf, qualityOf, recencyOf, trustedSentiment } from './film-facts.js';
import { lengthFactor, qualityShare, sameTime } from './likeness.js';
import type { RecommenderWeights } from './recommender-options.js';
import type { SeedProfile, WeighedKind } from './seed-profile.js';

export interface Part {
  readonly kind: string;
  /** Below 0 only for sentiment. */
  readonly amount: number;
  readonly values: readonly string[];
}

/** The parts of a film's score, largest first. */
export function partsOf(
  film: Movie,
  profile: SeedProfile,
  sentiment: SentimentAnalysis | null,
  weights: RecommenderWeights,
): Part[] {
  const { related, ties, thisMonth, qualityWeight, isBare } = profile;
  const month = monthOf(film);
  const year = String(releaseYear(film));
  const alike = [
    ...sharedParts(film, profile.kinds),
    { kind: 'decade', amount: weights.decade * sameTime(profile.month, month), values: [year] },
  ];
  const likeness = alike.reduce((sum, { amount }) => sum + amount, 0);
  const parts = [
    ...alike,
    { kind: 'related', amount: related.has(film.tmdbId) ? weights.related : 0, values: [] },
    { kind: 'liked', amount: weights.liked * ties.known * (ties.strengths.get(film.tmdbId) ?? 0), values: [] },
    {
      kind: 'quality',
      amount: qualityOf(film) * qualityWeight * (isBare ? 1 : qualityShare(likeness)),
      values: [film.rating.toFixed(1), String(film.voteCount)],
    },
    { kind: 'recency', amount: weights.recency * recencyOf(month, thisMonth), values: [year] },
    { kind: 'sentiment', amount: sentimentAmount(sentiment, weights), values: [] },
  ];
  return parts.filter(({ amount }) => amount !== 0).sort((one, other) => other.amount - one.amount);
}

function sharedParts(film: Movie, kinds: readonly WeighedKind[]): Part[] {
  const own = featuresOf(film);
  return kinds.flatMap(({ kind, root, features }) => {
    const shared = features.filter(({ key }) => own[kind].has(key)).toSorted((one, other) => other.worth - one.worth);
    const factor = lengthFactor(root, 1 / Math.sqrt(Math.max(1, own[kind].size)));
    const amount = shared.reduce((sum, { worth }) => sum + worth * factor, 0);
    return shared.length === 0 ? [] : [{ kind, amount, values: shared.map(({ value }) => value) }];
  });
}

/** What the posts add to a score, or take from it when they are negative together. */
export const sentimentAmount = (sentiment: SentimentAnalysis | null, weights: RecommenderWeights): number =>
  sentiment === null ? 0 : weights.sentiment * trustedSentiment(sentiment);

/** The parts that speak for a film, as shares of them all; they add up to 1. */
export function reasonsOf(parts: readonly Part[]): RecommendationReason[] {
  const given = parts.filter(({ amount }) => amount > 0);
  const total = given.reduce((sum, { amount }) => sum + amount, 0);
  return given.map(({ kind, amount, values }) => ({ kind, share: amount / total, values }));
}
