import { foldTitle } from '../../domain/fold-title.js';
import type { Movie, MovieCandidate, MovieDetails } from '../../domain/movie.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { ApiPolicy } from '../../ports/api-policy.js';
import type { CallContext } from '../../ports/call-context.js';
import type { MovieApiClient, MovieQuery } from '../../ports/movie-api-client.js';

const mostCandidates = 20;
const mostRelated = 20;

/** Films from a list of yours: for tests, examples and catalogues that fit in memory. */
export class MemoryMovieClient implements MovieApiClient {
  readonly name: string;
  readonly defaultPolicy: ApiPolicy = { limits: [] };
  readonly #movies: ReadonlyMap<number, Movie>;

  constructor(movies: Iterable<Movie>, { name = 'memory-movies' }: { readonly name?: string } = {}) {
    this.name = name;
    this.#movies = new Map([...movies].map((movie) => [movie.tmdbId, movie]));
  }

  async searchMovies({ text, year }: MovieQuery, { signal }: CallContext): Promise<MovieCandidate[]> {
    signal.throwIfAborted();
    const wanted = foldTitle(text);
    return [...this.#movies.values()]
      .filter(({ title, originalTitle }) => [title, originalTitle].some((name) => foldTitle(name).includes(wanted)))
      .filter(({ releaseDate }) => year === undefined || Math.abs(Number(releaseDate?.slice(0, 4)) - year) <= 1)
      .sort((one, other) => other.voteCount - one.voteCount)
      .slice(0, mostCandidates);
  }

  async getMovie(tmdbId: number, { signal }: CallContext): Promise<MovieDetails> {
    signal.throwIfAborted();
    const movie = this.#movies.get(tmdbId);
    if (movie === undefined) throw new ReelflowError('API_NOT_FOUND', `${this.name} has no film ${tmdbId}`);
    const related = [...this.#movies.values()]
      .filter((other) => other.tmdbId !== tmdbId && other.genres.some((genre) => movie.genres.includes(genre)))
      .sort((one, other) => other.voteCount - one.voteCount)
      .slice(0, mostRelated);
    return { movie, related };
  }
}
