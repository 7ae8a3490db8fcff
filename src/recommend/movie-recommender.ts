import type { SentimentAnalysis } from '../domain/analysis.js';
import type { Movie } from '../domain/movie.js';
import type { Recommendation } from '../domain/recommendation.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import { refuseUnknown } from '../errors/refuse-unknown.js';
import { throwIfAborted } from '../errors/throw-if-aborted.js';
import type { Recommender, RecommendOptions } from '../ports/recommender.js';
import { explainInEnglish } from './explain.js';
import { FeatureIndex } from './feature-index.js';
import { type Like, LikedTogether } from './liked-together.js';
import { CatalogueRanking } from './rank-catalogue.js';
import {
  type Explain,
  type MovieRecommenderOptions,
  type RecommenderWeights,
  resolveWeights,
} from './recommender-options.js';
import { partsOf, reasonsOf, sentimentAmount } from './score-film.js';
import { profileOf, type SeedProfile } from './seed-profile.js';
import { type Ranked, spread } from './spread.js';

const mostRecommendations = 100;
/** Films of the first ranking that are looked at again, with their sentiment and for variety. */
const shortlistOf = (limit: number): number => Math.max(100, limit * 3);
/** Parts that add up to this score 0.63; each further one brings less. */
const scoreScale = 2;

interface Candidate extends Ranked {
  readonly sentiment: SentimentAnalysis | null;
}

const known = { weights: true, posterBaseUrl: true, explain: true } as const;

/**
 * Films like a seed, by plain arithmetic on facts: what they share, weighed by how rare it is, their votes, what their
 * posts say, and how new they are. No model is trained, as TMDB's terms ask; `learn` counts likes that the host gives.
 * The same films and likes give the same answer, in whatever order they came.
 */
export class MovieRecommender implements Recommender {
  readonly #weights: RecommenderWeights;
  readonly #posterBaseUrl: string;
  readonly #explain: Explain;
  readonly #index = new FeatureIndex();
  readonly #likes = new LikedTogether();
  readonly #ranking: CatalogueRanking;
  #version = 0;

  /** @throws INVALID_OPTIONS for a weight that is no number from 0 up */
  constructor(options: MovieRecommenderOptions = {}) {
    refuseUnknown('MovieRecommender', options, known);
    const { weights, posterBaseUrl = 'https://image.tmdb.org/t/p/w500', explain = explainInEnglish } = options;
    this.#weights = resolveWeights(weights);
    this.#posterBaseUrl = posterBaseUrl;
    this.#explain = explain;
    this.#ranking = new CatalogueRanking(this.#index, this.#weights);
  }

  get version(): number {
    return this.#version;
  }

  /** Adds films, or replaces those of the same `tmdbId`; the next recommendation knows them. */
  index(movies: Iterable<Movie>): void {
    for (const movie of movies) this.#add(movie);
  }

  /** Drops films; their likes stay, for when they come again. */
  forget(tmdbIds: Iterable<number>): void {
    for (const tmdbId of tmdbIds) if (this.#index.remove(tmdbId)) this.#version += 1;
  }

  /**
   * Counts likes: a rating from 4 up, or none given; a later rating below that takes a like back. Of one user at most 500
   * likes are kept.
   * @throws INVALID_INPUT for a like without user or film, or with a rating outside 0.5 to 5; those before it are learned
   */
  learn(likes: Iterable<Like>): void {
    this.#version += 1;
    this.#likes.learn(likes);
  }

  /**
   * Best first by the score that is left after films of the same series and genres were held back. A score grows with
   * the sum of its parts and never passes 1.
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
    for (const movie of related) if (this.#index.slotOf(movie.tmdbId) === undefined) this.#add(movie);
    if (this.#index.slotOf(seedTmdbId) === undefined && related.length === 0) return [];
    const relatedIds = new Set(related.map(({ tmdbId }) => tmdbId));
    const ties = this.#likes.tiesOf(seedTmdbId);
    const profile = profileOf(seedTmdbId, { related: relatedIds, ties }, this.#index, this.#weights);
    const shortlist = this.#ranking.best(profile, shortlistOf(limit)).flatMap(({ slot, total }): Candidate[] => {
      const film = this.#index.movieAt(slot);
      if (film === undefined) return [];
      const sentiment = sentimentOf?.(film.tmdbId) ?? null;
      const heard = Math.max(0, total + sentimentAmount(sentiment, this.#weights));
      return [{ film, series: this.#index.seriesAt(slot), sentiment, total: heard }];
    });
    return spread(shortlist, limit, this.#weights.diversity).map((chosen) => this.#present(chosen, profile));
  }

  #add(movie: Movie): void {
    this.#version += 1;
    this.#index.add(movie);
  }

  #present({ film, total, sentiment }: Candidate, profile: SeedProfile): Recommendation {
    const reasons = reasonsOf(partsOf(film, profile, sentiment, this.#weights));
    const { tmdbId, title, releaseDate, rating, voteCount, posterPath } = film;
    const posts = sentiment === null || sentiment.reviewsAnalyzed === 0 ? null : sentiment;
    return {
      tmdbId,
      title,
      releaseDate,
      rating,
      posterUrl: posterPath === null ? null : `${this.#posterBaseUrl}${posterPath}`,
      score: Math.round((1 - Math.exp(-total / scoreScale)) * 10_000) / 10_000,
      sentiment: posts === null ? null : posts.averageSentiment,
      reasons,
      explanation: this.#explain(reasons, {
        title,
        releaseDate,
        rating,
        voteCount,
        seedTitle: profile.title,
        sentiment:
          posts === null
            ? null
            : {
                positivePercentage: posts.distribution.positivePercentage,
                reviewsAnalyzed: posts.reviewsAnalyzed,
                averageSentiment: posts.averageSentiment,
              },
      }),
    };
  }
}
