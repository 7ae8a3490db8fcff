import type { MovieCandidate, MovieDetails } from '../domain/movie.js';
import type { ApiClient } from './api-client.js';
import type { CallContext } from './call-context.js';

export interface MovieQuery {
  readonly text: string;
  readonly year?: number;
}

/** Reads films from one provider. Each method is one request. Throws a ReelflowError with an `API_*` code. */
export interface MovieApiClient extends ApiClient {
  /** What answers depend on beside the query, such as language and region: a cache keeps answers of different scopes apart. */
  readonly cacheScope?: string;
  /** Candidates as the provider ranks them, without doubles; [] when nothing is found. */
  searchMovies(query: MovieQuery, context: CallContext<MovieCandidate[]>): Promise<MovieCandidate[]>;
  /** One film with its people, keywords and related films. @throws API_NOT_FOUND for an unknown id */
  getMovie(tmdbId: number, context: CallContext<MovieDetails>): Promise<MovieDetails>;
}
