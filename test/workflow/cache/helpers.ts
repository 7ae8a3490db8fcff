import { expect, vi } from 'vitest';
import {
  type CallContext,
  MemoryResponseCache,
  type MovieCandidate,
  type MovieDetails,
  ReelflowError,
  type ResponseCache,
} from '../../../src/index.js';
import type { FreshnessSeen } from '../../../src/ports/call-context.js';
import type { MovieApiClient } from '../../../src/ports/movie-api-client.js';
import { FakeMovieClient } from '../../../src/testing/index.js';
import type { CoordinatedCall } from '../../../src/workflow/cache/cached-calls.js';
import { CachedMovies } from '../../../src/workflow/cache/cached-movies.js';
import type { CacheFailure } from '../../../src/workflow/cache/guarded-cache.js';
import type { MovieCacheTimes } from '../../../src/workflow/cache/movie-cache-times.js';
import { baahubali, film, rrr, up } from '../setup.js';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

export const never = new AbortController().signal;
export const failure = (code: ConstructorParameters<typeof ReelflowError>[0]) =>
  new ReelflowError(code, `it is ${code}`);
export const detailsOf = (title: string): MovieDetails => ({ movie: film(rrr.tmdbId, title), related: [up] });

/** A provider whose answers say how long they stay good; `says` is read at each call. */
export class TellingClient implements MovieApiClient {
  readonly name = 'tmdb';
  readonly asked: Array<CallContext<MovieDetails>['known']> = [];
  answer: MovieDetails = detailsOf('first');
  says: FreshnessSeen = {};

  async searchMovies(): Promise<MovieCandidate[]> {
    return [rrr];
  }

  async getMovie(_tmdbId: number, { known, reportFreshness }: CallContext<MovieDetails>): Promise<MovieDetails> {
    this.asked.push(known);
    reportFreshness?.(this.says);
    return this.says.unchanged === true && known !== undefined ? known.value : this.answer;
  }
}

export interface SetupOptions {
  readonly movies?: MovieApiClient;
  readonly cache?: ResponseCache | null;
  readonly times?: MovieCacheTimes;
}

export function setup<Client extends MovieApiClient = FakeMovieClient>({
  movies = new FakeMovieClient({ movies: [rrr, baahubali, up] }),
  cache = new MemoryResponseCache(),
  times,
}: SetupOptions = {}) {
  const failures: CacheFailure[] = [];
  const madeBy: string[] = [];
  /** As the coordinator does it: one attempt that hears the signal. */
  const calling =
    (who: string): CoordinatedCall =>
    (fn, signal) => {
      madeBy.push(who);
      return fn({ signal, attempt: 1 });
    };
  const films = new CachedMovies({
    movies,
    cache,
    times,
    background: { call: calling('background'), patienceMs: 30_000 },
    onFailure: (seen) => failures.push(seen),
  });
  const call = calling('caller');
  const endless = { patienceMs: Number.POSITIVE_INFINITY, untilMs: Number.POSITIVE_INFINITY };
  return {
    films,
    movies: movies as Client,
    failures,
    /** Who made each call of the provider. */
    madeBy,
    search: (text = 'RRR', more: { fresh?: boolean; signal?: AbortSignal; year?: number } = {}) => {
      const { year, fresh, signal = never } = more;
      const query = { text, ...(year === undefined ? {} : { year }) };
      return films.searchMovies(query, { call, fresh, patience: { ...endless, signal } });
    },
    details: (tmdbId = rrr.tmdbId, { fresh, signal = never }: { fresh?: boolean; signal?: AbortSignal } = {}) =>
      films.getMovie(tmdbId, { call, fresh, patience: { ...endless, signal } }),
  };
}

/** Lets everything that needs no timer happen. */
export const settle = () => vi.advanceTimersByTimeAsync(0);

export async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => expect.unreachable('it should have failed'),
    (thrown: unknown) => thrown,
  );
  return error instanceof ReelflowError ? error.code : String(error);
}
