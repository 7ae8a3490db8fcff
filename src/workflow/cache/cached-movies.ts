import type { MovieCandidate, MovieDetails } from '../../domain/movie.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { CallContext } from '../../ports/call-context.js';
import type { MovieApiClient, MovieQuery } from '../../ports/movie-api-client.js';
import type { ResponseCache } from '../../ports/response-cache.js';
import { CacheCounters, type CacheStatistics } from './cache-counters.js';
import { detailsCacheKey, searchCacheKey } from './cache-key.js';
import { type AskOptions, type CachedAnswer, CachedCalls, type CachedCallsOptions } from './cached-calls.js';
import { type CacheFailure, type CacheOutage, GuardedCache } from './guarded-cache.js';
import { type MovieCacheTimes, resolveCacheTimes } from './movie-cache-times.js';

export interface CachedMoviesOptions {
  readonly movies: MovieApiClient;
  /** null: every question is a call, still one at a time for each film or search. */
  readonly cache: ResponseCache | null;
  readonly times?: MovieCacheTimes | undefined;
  /** Makes the calls that renew an answer past its time: at low priority, bounded in time, paid for by no search. */
  readonly background: CachedCallsOptions<unknown>['background'];
  readonly onFailure: (failure: CacheFailure) => void;
}

/**
 * A provider of films, asked through a cache that may be slow, down or full of nonsense. Answers carry where they come
 * from and how old they are.
 * @throws INVALID_OPTIONS for times that cannot be used
 */
export class CachedMovies {
  readonly #movies: MovieApiClient;
  readonly #cache: GuardedCache | null;
  readonly #counters = new CacheCounters();
  readonly #searches: CachedCalls<MovieCandidate[]>;
  readonly #details: CachedCalls<MovieDetails>;

  constructor({ movies, cache, times, background, onFailure }: CachedMoviesOptions) {
    const { searchMs, detailsMs, timeLimitMs, ...common } = resolveCacheTimes(times);
    const guarded =
      cache === null ? null : new GuardedCache({ cache, timeLimitMs, onFailure: this.#failed(onFailure) });
    this.#movies = movies;
    this.#cache = guarded;
    const settings = { cache: guarded, background, counters: this.#counters };
    this.#searches = new CachedCalls({ ...settings, times: { ...common, freshMs: searchMs }, isAnswer: isCandidates });
    this.#details = new CachedCalls({ ...settings, times: { ...common, freshMs: detailsMs }, isAnswer: isDetails });
  }

  get statistics(): CacheStatistics {
    return this.#counters.snapshot();
  }

  /** null: the cache works, or there is none. */
  get outage(): CacheOutage | null {
    return this.#cache?.outage ?? null;
  }

  /** Candidates as the provider ranks them. @throws API_INVALID_RESPONSE for what is no list, and as `CachedCalls.answer` */
  searchMovies(query: MovieQuery, options: AskOptions): Promise<CachedAnswer<MovieCandidate[]>> {
    const { name } = this.#movies;
    const question = {
      key: searchCacheKey(this.#movies, query),
      of: name,
      notFound: `${name} found nothing`,
      ask: async (context: CallContext<MovieCandidate[]>) => {
        const found: unknown = await this.#movies.searchMovies(query, context);
        if (Array.isArray(found)) return found;
        throw new ReelflowError('API_INVALID_RESPONSE', `${name} gave no list of films`);
      },
    };
    return this.#searches.answer(question, options);
  }

  /** One film. @throws API_NOT_FOUND, API_INVALID_RESPONSE for what is no film, and as `CachedCalls.answer` */
  getMovie(tmdbId: number, options: AskOptions): Promise<CachedAnswer<MovieDetails>> {
    const { name } = this.#movies;
    const question = {
      key: detailsCacheKey(this.#movies, tmdbId),
      of: name,
      notFound: `${name} has no film ${tmdbId}`,
      ask: async (context: CallContext<MovieDetails>) => {
        const details = await this.#movies.getMovie(tmdbId, context);
        if (typeof details === 'object' && details !== null) return details;
        throw new ReelflowError('API_INVALID_RESPONSE', `${name} gave no details of the film`);
      },
    };
    return this.#details.answer(question, options);
  }

  /** Ends the calls in the background, then closes the cache. Call it when the searches have ended. @throws what the cache throws */
  async close(): Promise<void> {
    await Promise.all([this.#searches.close(), this.#details.close()]);
    await this.#cache?.close();
  }

  #failed(tell: (failure: CacheFailure) => void): (failure: CacheFailure) => void {
    return (failure) => {
      this.#counters.failed();
      tell(failure);
    };
  }
}

/** Cheap: each record is checked by its schema later, wherever it comes from. */
const isFilm = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'tmdbId' in value &&
  'title' in value &&
  typeof value.title === 'string';

const isCandidates = (value: unknown): value is MovieCandidate[] => Array.isArray(value) && value.every(isFilm);

const isDetails = (value: unknown): value is MovieDetails =>
  typeof value === 'object' &&
  value !== null &&
  'movie' in value &&
  isFilm(value.movie) &&
  'related' in value &&
  Array.isArray(value.related);
