import type { SentimentAnalysis } from '../domain/analysis.js';
import { foldTitle } from '../domain/fold-title.js';
import type { Movie } from '../domain/movie.js';
import type { Recommendation } from '../domain/recommendation.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import { throwIfAborted } from '../errors/throw-if-aborted.js';
import type { Recommender, RecommendOptions } from '../ports/recommender.js';
import { explainInEnglish } from './explain.js';
import { FeatureIndex, featuresOf } from './feature-index.js';
import { type Like, LikedTogether } from './liked-together.js';
import {
  type Explain,
  type MovieRecommenderOptions,
  type RecommenderWeights,
  resolveWeights,
} from './recommender-options.js';
import { type Part, partsOf, qualityOf, reasonsOf, type WeighedFeature } from './score-film.js';

const mostRecommendations = 100;
/** Films of the first, cheap ranking that are scored in full. */
const shortlist = 200;
/** Parts that add up to this score 0.63; each further one brings less. */
const scoreScale = 2;
/** A film of a franchise already taken counts this much less, each time. */
const franchisePenalty = 0.75;

interface Ranked {
  readonly film: Movie;
  readonly parts: readonly Part[];
  readonly total: number;
}

/**
 * Films like a seed, by plain arithmetic on facts: what they share, weighed by how rare it is, their votes, what their
 * posts say, and how new they are. No model is trained, as TMDB's terms ask; `learn` counts likes that the host gives.
 */
export class MovieRecommender implements Recommender {
  readonly #weights: RecommenderWeights;
  readonly #posterBaseUrl: string;
  readonly #explain: Explain;
  readonly #index = new FeatureIndex();
  readonly #likes = new LikedTogether();

  /** @throws INVALID_OPTIONS for a weight that is no number from 0 up */
  constructor({
    weights,
    posterBaseUrl = 'https://image.tmdb.org/t/p/w500',
    explain = explainInEnglish,
  }: MovieRecommenderOptions = {}) {
    this.#weights = resolveWeights(weights);
    this.#posterBaseUrl = posterBaseUrl;
    this.#explain = explain;
  }

  /** Adds films, or replaces those of the same `tmdbId`. */
  index(movies: Iterable<Movie>): void {
    for (const movie of movies) this.#index.add(movie);
  }

  /** Counts likes: a rating from 4 up, or none given. @throws INVALID_INPUT for a rating outside 0.5 to 5 */
  learn(likes: Iterable<Like>): void {
    this.#likes.learn(likes);
  }

  /**
   * Best first by the score after the franchise penalty. A score grows with the sum of its parts and never reaches 1.
   * @throws INVALID_INPUT for a limit that is no whole number from 1 to 100, CANCELLED
   */
  async recommend(
    seedTmdbId: number,
    { limit, related = [], sentimentOf, signal }: RecommendOptions,
  ): Promise<Recommendation[]> {
    if (!Number.isInteger(limit) || limit < 1 || limit > mostRecommendations) {
      throw new ReelflowError(
        'INVALID_INPUT',
        `limit must be a whole number from 1 to ${mostRecommendations}, got ${limit}`,
      );
    }
    throwIfAborted(signal, 'the recommendation');
    for (const movie of related) if (this.#index.movie(movie.tmdbId) === undefined) this.#index.add(movie);
    const seed = this.#index.movie(seedTmdbId);
    if (seed === undefined && related.length === 0) return [];
    const features = seed === undefined ? [] : this.#weigh(seed);
    const relatedIds = new Set(related.map(({ tmdbId }) => tmdbId));
    const ties = this.#likes.isEmpty ? new Map<number, number>() : this.#likes.tiesOf(seedTmdbId);
    const thisYear = new Date().getUTCFullYear();
    const ranked = this.#candidates(seedTmdbId, features, relatedIds, ties, limit).map((film): Ranked => {
      const { tmdbId } = film;
      const shared = features.filter((feature) => this.#index.has(tmdbId, feature));
      const sentiment = sentimentOf?.(tmdbId) ?? null;
      const standing = {
        film,
        shared,
        related: relatedIds.has(tmdbId),
        liked: ties.get(tmdbId) ?? 0,
        sentiment,
        thisYear,
      };
      const parts = partsOf(standing, this.#weights);
      return { film, parts, total: parts.reduce((sum, { amount }) => sum + amount, 0) };
    });
    return spread(ranked, limit).map((chosen) => this.#present(chosen, sentimentOf?.(chosen.film.tmdbId) ?? null));
  }

  #weigh(seed: Movie): WeighedFeature[] {
    return featuresOf(seed).map((feature) => ({
      ...feature,
      worth: this.#weights[feature.kind] * this.#index.lookUp(feature).rarity,
    }));
  }

  /**
   * A shortlist by what they share and their quality; where fewer films than asked for share anything rare, filled up with
   * the best of the same language and decade, then of all.
   */
  #candidates(
    seedId: number,
    features: readonly WeighedFeature[],
    related: ReadonlySet<number>,
    ties: ReadonlyMap<number, number>,
    limit: number,
  ): Movie[] {
    const sums = new Map<number, number>();
    const add = (tmdbId: number, worth: number) => sums.set(tmdbId, (sums.get(tmdbId) ?? 0) + worth);
    for (const feature of features) {
      const { films, common } = this.#index.lookUp(feature);
      if (!common) for (const tmdbId of films) add(tmdbId, feature.worth);
    }
    for (const tmdbId of related) add(tmdbId, this.#weights.related);
    for (const [tmdbId, tie] of ties) add(tmdbId, tie * this.#weights.liked);
    sums.delete(seedId);
    if (sums.size < limit) {
      for (const { tmdbId } of this.#index.movies()) add(tmdbId, 0);
      for (const feature of features) {
        const { films, common } = this.#index.lookUp(feature);
        if (common) for (const tmdbId of films) add(tmdbId, feature.worth);
      }
      sums.delete(seedId);
    }
    const scored: Array<{ film: Movie; sum: number }> = [];
    for (const [tmdbId, sum] of sums) {
      const film = this.#index.movie(tmdbId);
      if (film !== undefined) scored.push({ film, sum: sum + this.#weights.quality * qualityOf(film) });
    }
    return scored
      .sort((one, other) => other.sum - one.sum || one.film.tmdbId - other.film.tmdbId)
      .slice(0, shortlist)
      .map(({ film }) => film);
  }

  #present({ film, parts, total }: Ranked, sentiment: SentimentAnalysis | null): Recommendation {
    const reasons = reasonsOf(parts);
    const { tmdbId, title, releaseDate, rating, posterPath } = film;
    return {
      tmdbId,
      title,
      releaseDate,
      rating,
      posterUrl: posterPath === null ? null : `${this.#posterBaseUrl}${posterPath}`,
      score: Math.round((1 - Math.exp(-total / scoreScale)) * 10_000) / 10_000,
      sentiment: sentiment === null || sentiment.reviewsAnalyzed === 0 ? null : sentiment.averageSentiment,
      reasons,
      explanation: this.#explain(reasons, {
        title,
        sentiment:
          sentiment === null
            ? null
            : {
                positivePercentage: sentiment.distribution.positivePercentage,
                reviewsAnalyzed: sentiment.reviewsAnalyzed,
              },
      }),
    };
  }
}

/** Takes the best one at a time; each film of a franchise makes its other parts less wanted. */
function spread(ranked: readonly Ranked[], limit: number): Ranked[] {
  const left = ranked.map((entry) => ({ ...entry, franchise: franchiseOf(entry.film.title) }));
  const taken = new Map<string, number>();
  const chosen: Ranked[] = [];
  while (chosen.length < limit && left.length > 0) {
    const worth = (entry: (typeof left)[number]) => entry.total * franchisePenalty ** (taken.get(entry.franchise) ?? 0);
    let bestAt = 0;
    for (let at = 1; at < left.length; at += 1) {
      const [one, best] = [left[at], left[bestAt]];
      if (one !== undefined && best !== undefined && worth(one) > worth(best)) bestAt = at;
    }
    const [next] = left.splice(bestAt, 1);
    if (next === undefined) break;
    chosen.push({ film: next.film, parts: next.parts, total: worth(next) });
    taken.set(next.franchise, (taken.get(next.franchise) ?? 0) + 1);
  }
  return chosen;
}

/** 'Rocky II' and 'Rocky' are of one franchise, and so are 'Baahubali: The Beginning' and 'Baahubali 2: The Conclusion'. */
const franchiseOf = (title: string): string =>
  foldTitle(title.split(/\s*[:–—]\s*/u)[0] ?? title).replace(/\s+(part\s+)?(\d+|ii|iii|iv|v|vi)$/u, '');
