import { certainConfidence, matchMovie } from '../domain/match-movie.js';
import type { Recommendation } from '../domain/recommendation.js';
import { parseSearchName } from '../domain/search-name.js';
import type { MovieSummary } from '../domain/workflow-run.js';
import { toReelflowError } from '../errors/classify-error.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import type { StoredMovie } from '../ports/repository.js';
import type { CatalogueIndex } from './catalogue-index.js';
import type { ResolvedManagerOptions } from './manager-options.js';
import { RunCalls } from './run-calls.js';
import { toMovie } from './steps/store.js';

/** A stored film, by its name as a person types it, or by its id. */
export type StoredFilmChoice = { readonly movieName: string } | { readonly tmdbId: number };

export interface StoredRecommendationOptions {
  /** A whole number from 1 to 100. @default the manager's `recommendationLimit` */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface StoredRecommendations {
  readonly movie: MovieSummary;
  readonly recommendations: readonly Recommendation[];
  /** The catalogue could not be read anew, or the film is known from a list of related films only. */
  readonly degraded: boolean;
}

interface Chosen {
  readonly stored: StoredMovie;
  readonly confidence: number;
}

const deadlineMs = 30_000;

/** Films like a stored one, from what is stored alone: nothing is asked of an API, and nothing is written. null: it is not stored. */
export async function recommendStored(
  options: ResolvedManagerOptions,
  catalogue: CatalogueIndex,
  film: StoredFilmChoice,
  { limit = options.recommendationLimit, signal = new AbortController().signal }: StoredRecommendationOptions,
): Promise<StoredRecommendations | null> {
  if (typeof film !== 'object' || film === null || !('tmdbId' in film || 'movieName' in film))
    throw new ReelflowError('INVALID_INPUT', "recommendStored needs { movieName: 'Pushpa' } or { tmdbId: 690957 }");
  if (!Number.isInteger(limit) || limit < 1 || limit > 100)
    throw new ReelflowError('INVALID_INPUT', `limit must be a whole number from 1 to 100, got ${String(limit)}`);
  const { coordinator, recommender } = options;
  const calls = new RunCalls({ coordinator, signal, priority: 'interactive', deadlineMs });
  const looked = { options, catalogue, calls };
  const chosen = 'tmdbId' in film ? await byId(looked, film.tmdbId) : await byName(looked, film.movieName);
  if (chosen === null) return null;
  const { stored, confidence } = chosen;
  const isRead = await refreshed(looked);
  const related = catalogue.moviesOf(stored.relatedIds);
  const { sentimentOf } = catalogue;
  const recommendations = await calls.local('recommending', async (hears) => {
    if (!catalogue.isOutdated(stored)) recommender.index([toMovie(stored)]);
    return recommender.recommend(stored.tmdbId, { limit, related, sentimentOf, signal: hears });
  });
  return { movie: summaryOf(options, stored, confidence), recommendations, degraded: !isRead || !stored.detailed };
}

interface Looked {
  readonly options: ResolvedManagerOptions;
  readonly catalogue: CatalogueIndex;
  readonly calls: RunCalls;
}

async function byId({ options, calls }: Looked, tmdbId: number): Promise<Chosen | null> {
  if (!Number.isSafeInteger(tmdbId) || tmdbId < 1)
    throw new ReelflowError('INVALID_INPUT', `tmdbId must be a whole number from 1 up, got ${String(tmdbId)}`);
  const stored = await calls.database(
    'find_movie',
    async () => (await options.repository.findMovie({ tmdbId })) ?? null,
  );
  return stored === null ? null : { stored, confidence: 1 };
}

async function byName(looked: Looked, movieName: string): Promise<Chosen | null> {
  const { options, catalogue, calls } = looked;
  const name = parseSearchName(movieName);
  const by = { title: name.text, ...(name.year === undefined ? {} : { year: name.year }) };
  const stored = await calls.database('find_movie', async () => (await options.repository.findMovie(by)) ?? null);
  if (stored !== null) return { stored, confidence: matchMovie(name, [stored])?.confidence ?? certainConfidence };
  if (!(await refreshed(looked))) return null;
  const match = matchMovie(name, await catalogue.filmsLike(name));
  if (match === null || match.confidence < certainConfidence) return null;
  const alike = await byId(looked, match.candidate.tmdbId);
  return alike === null ? null : { stored: alike.stored, confidence: match.confidence };
}

/** @throws CANCELLED */
async function refreshed({ catalogue, calls }: Looked): Promise<boolean> {
  try {
    await catalogue.refresh(calls);
    return true;
  } catch (thrown) {
    const error = toReelflowError(thrown, 'database');
    if (error.code === 'CANCELLED') throw error;
    return false;
  }
}

const summaryOf = (options: ResolvedManagerOptions, stored: StoredMovie, matchConfidence: number): MovieSummary => ({
  id: stored.id,
  tmdbId: stored.tmdbId,
  name: stored.title,
  releaseDate: stored.releaseDate,
  genres: stored.genres,
  rating: stored.rating,
  posterUrl: stored.posterPath === null ? null : `${options.posterBaseUrl}${stored.posterPath}`,
  reviewsAnalyzed: stored.sentiment?.reviewsAnalyzed ?? 0,
  matchConfidence,
});
