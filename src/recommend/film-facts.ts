import type { SentimentAnalysis } from '../domain/analysis.js';
import type { Movie } from '../domain/movie.js';

/** Votes at which a film's own rating counts as much as the average of all. */
const averageVotes = 200;
const averageRating = 6.4;
/** Votes from which a film is as well known as can be. */
const manyVotes = 35_000;
/** How much of quality is being known; the rest is the Bayesian average, told apart only where films are known. */
const fameShare = 0.7;
/** Posts at which a film's sentiment counts half. */
const halfSentiment = 20;
const recentMonths = 60;

/** How well known and how well rated a film is, 0 to 1: votes on a logarithmic scale, squared, and the Bayesian average. */
export function qualityOf({ rating, voteCount }: Pick<Movie, 'rating' | 'voteCount'>): number {
  const votes = Number.isFinite(voteCount) && voteCount > 0 ? voteCount : 0;
  const own = Number.isFinite(rating) ? rating : averageRating;
  const average = (own * votes + averageRating * averageVotes) / (votes + averageVotes);
  const fame = Math.min(1, Math.log1p(votes) / Math.log1p(manyVotes));
  const rated = Math.max(0, Math.min(1, (average - 4) / 5));
  return fameShare * fame * fame + (1 - fameShare) * rated * fame;
}

/** Months since the year 0, or -1 for a film without a date. */
export function monthOf({ releaseDate }: Pick<Movie, 'releaseDate'>): number {
  if (releaseDate === null) return -1;
  const month = Number(releaseDate.slice(0, 4)) * 12 + Number(releaseDate.slice(5, 7) || 1) - 1;
  return Number.isInteger(month) && month >= 0 && month < 32_768 ? month : -1;
}

/** 1 for a film of this month, 0 for one of five years ago or without a date. */
export const recencyOf = (month: number, thisMonth: number): number =>
  month < 0 ? 0 : Math.max(0, 1 - Math.max(0, thisMonth - month) / recentMonths);

/** Average sentiment, drawn towards 0 where few posts were scored or their mean is uncertain: -1 to 1. */
export function trustedSentiment({ averageSentiment, reviewsAnalyzed, confidenceInterval }: SentimentAnalysis): number {
  if (reviewsAnalyzed === 0) return 0;
  const halfWidth = confidenceInterval === null ? 0 : (confidenceInterval[1] - confidenceInterval[0]) / 2;
  const certain = 1 - Math.min(1, Math.max(0, halfWidth));
  return averageSentiment * (reviewsAnalyzed / (reviewsAnalyzed + halfSentiment)) * certain;
}
