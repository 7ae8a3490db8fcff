import { ReelflowError } from '../errors/reelflow-error.js';
import { shown } from '../errors/shown.js';
import type { StoredMovie, StoredReview } from '../ports/repository.js';
import type { ResolvedManagerOptions } from './manager-options.js';

export interface StoredFilm {
  readonly movie: StoredMovie;
  /** Newest first, with their scores. */
  readonly reviews: readonly StoredReview[];
}

export interface StoredFilmOptions {
  /** Posts that come with it, at most: a whole number from 0 to 1000. @default 0 */
  readonly reviews?: number | undefined;
}

/** A film as it is stored, or null. @throws INVALID_INPUT, DB_* when the store cannot be read */
export async function findStoredFilm(
  { coordinator, repository }: ResolvedManagerOptions,
  tmdbId: number,
  { reviews: limit = 0 }: StoredFilmOptions,
): Promise<StoredFilm | null> {
  if (!Number.isSafeInteger(tmdbId) || tmdbId < 1)
    refuse(`tmdbId must be a whole number from 1 up, got ${shown(tmdbId)}`);
  if (!Number.isInteger(limit) || limit < 0 || limit > 1000)
    refuse(`reviews must be a whole number from 0 to 1000, got ${shown(limit)}`);
  const movie = await coordinator.coordinateDbOperation(
    'find_movie',
    async () => (await repository.findMovie({ tmdbId })) ?? null,
  );
  if (!movie.success) throw movie.error;
  if (movie.result === null) return null;
  if (limit === 0) return { movie: movie.result, reviews: [] };
  const reviews = await coordinator.coordinateDbOperation('find_reviews', () =>
    repository.findReviews(tmdbId, { limit }),
  );
  if (!reviews.success) throw reviews.error;
  return { movie: movie.result, reviews: reviews.result };
}

function refuse(message: string): never {
  throw new ReelflowError('INVALID_INPUT', message);
}
