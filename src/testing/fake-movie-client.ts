import { foldTitle } from '../domain/fold-title.js';
import type { Movie, MovieCandidate, MovieDetails } from '../domain/movie.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import type { ApiPolicy } from '../ports/api-policy.js';
import type { CallContext } from '../ports/call-context.js';
import type { MovieApiClient, MovieQuery } from '../ports/movie-api-client.js';
import { type FakeStep, Script } from './script.js';

export interface FakeMovieClientOptions {
  /** @default 'tmdb' */
  readonly name?: string | undefined;
  /** The films it knows. @default none */
  readonly movies?: readonly Movie[] | undefined;
  /** @default no limits */
  readonly defaultPolicy?: ApiPolicy | undefined;
}

export type MovieCall =
  | { readonly method: 'searchMovies'; readonly query: MovieQuery }
  | { readonly method: 'getMovie'; readonly tmdbId: number };

/** A MovieApiClient for unit tests: knows the films it is given, does what it is told, and writes down what it was asked. */
export class FakeMovieClient implements MovieApiClient {
  readonly name: string;
  readonly defaultPolicy: ApiPolicy;
  /** Every call, oldest first. */
  readonly calls: MovieCall[] = [];
  /** Whether `close` was called. */
  closed = false;
  readonly #movies: ReadonlyMap<number, Movie>;
  readonly #searches = new Script<MovieCandidate[]>();
  readonly #details = new Script<MovieDetails>();

  constructor({ name = 'tmdb', movies = [], defaultPolicy = { limits: [] } }: FakeMovieClientOptions = {}) {
    this.name = name;
    this.defaultPolicy = defaultPolicy;
    this.#movies = new Map(movies.map((movie) => [movie.tmdbId, movie]));
  }

  /** What the next searches do, one step each. */
  onSearch(...steps: Array<FakeStep<MovieCandidate[]>>): this {
    this.#searches.add(steps);
    return this;
  }

  /** What the next calls of `getMovie` do, one step each. */
  onDetails(...steps: Array<FakeStep<MovieDetails>>): this {
    this.#details.add(steps);
    return this;
  }

  async searchMovies(query: MovieQuery, { signal }: Omit<CallContext, 'known'>): Promise<MovieCandidate[]> {
    this.calls.push({ method: 'searchMovies', query });
    return this.#searches.play(signal, () => {
      const wanted = foldTitle(query.text);
      return [...this.#movies.values()]
        .filter(({ title, originalTitle }) => [title, originalTitle].some((name) => foldTitle(name).includes(wanted)))
        .sort((one, other) => other.voteCount - one.voteCount);
    });
  }

  async getMovie(tmdbId: number, { signal }: Omit<CallContext, 'known'>): Promise<MovieDetails> {
    this.calls.push({ method: 'getMovie', tmdbId });
    return this.#details.play(signal, () => {
      const movie = this.#movies.get(tmdbId);
      if (movie === undefined) throw new ReelflowError('API_NOT_FOUND', `${this.name} has no film ${tmdbId}`);
      return { movie, related: [...this.#movies.values()].filter((other) => other.tmdbId !== tmdbId).slice(0, 20) };
    });
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}
