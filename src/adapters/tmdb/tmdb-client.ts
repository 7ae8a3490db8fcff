import type { MovieCandidate, MovieDetails } from '../../domain/movie.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { ApiPolicy } from '../../ports/api-policy.js';
import type { CallContext } from '../../ports/call-context.js';
import type { MovieApiClient, MovieQuery } from '../../ports/movie-api-client.js';
import { freshnessOf, revalidating } from '../http/freshness.js';
import { type JsonAnswer, JsonClient } from '../http/json-client.js';
import { toApiError } from '../http/to-api-error.js';
import { type ResolvedTmdbOptions, resolveTmdbOptions, type TmdbClientOptions } from './options.js';
import { detailsAnswer, errorAnswer, searchAnswer, toCandidates, toMovie, toRelated } from './wire.js';

/** TMDB's bound is "in the 40 requests per second range" and 20 connections: this stays well below. Source: TMDB, rate limiting. */
const bearable: ApiPolicy = {
  limits: [{ calls: 30, windowMs: 1000 }],
  pace: { calls: 10, perMs: 250 },
  concurrency: 20,
};

/** TMDB's internal error 44 is about a bad id: trying again does not help. */
const finalServerErrors: ReadonlySet<number> = new Set([44]);

/**
 * Films from TMDB v3. Each method is one request. The token goes into a header; a v3 key is sent as TMDB wants it, in
 * the query, and never leaves this class otherwise.
 * @throws INVALID_OPTIONS for a missing token or an option that cannot be used
 */
export class TmdbClient implements MovieApiClient {
  readonly name: string;
  readonly cacheScope: string;
  readonly defaultPolicy = bearable;
  readonly #options: ResolvedTmdbOptions;
  readonly #http: JsonClient;

  constructor(options: TmdbClientOptions) {
    this.#options = resolveTmdbOptions(options);
    const { name, baseUrl, credential, fetch, language, region = '' } = this.#options;
    this.name = name;
    this.cacheScope = `${language}:${region}:${new URL(baseUrl).host}`; // a sandbox's films are not TMDB's
    this.#http = new JsonClient({
      name,
      baseUrl,
      headers: credential.kind === 'token' ? { authorization: `Bearer ${credential.value}` } : {},
      fetch,
    });
  }

  async searchMovies({ text, year }: MovieQuery, context: CallContext<MovieCandidate[]>): Promise<MovieCandidate[]> {
    // `year` also finds other countries' release dates, which `primary_release_year` leaves out; the match allows a year's error.
    const query = {
      query: text,
      include_adult: 'false',
      page: '1',
      ...(year === undefined ? {} : { year: String(year) }),
    };
    return this.#ask('3/search/movie', query, context, (body) => {
      const parsed = searchAnswer.safeParse(body);
      if (!parsed.success) throw this.#wrongShape('search');
      return toCandidates(parsed.data.results);
    });
  }

  async getMovie(tmdbId: number, context: CallContext<MovieDetails>): Promise<MovieDetails> {
    if (!Number.isSafeInteger(tmdbId) || tmdbId < 1) {
      throw new ReelflowError('INVALID_INPUT', `tmdbId must be a whole number from 1 up, got ${tmdbId}`);
    }
    const query = { append_to_response: 'credits,keywords,recommendations,similar' };
    return this.#ask(`3/movie/${tmdbId}`, query, context, (body) => {
      const parsed = detailsAnswer.safeParse(body);
      if (!parsed.success) throw this.#wrongShape('details');
      return { movie: toMovie(parsed.data), related: toRelated(parsed.data) };
    });
  }

  /** One request. A known value that still holds is returned as it is: only the provider's word for it was fetched. */
  async #ask<Value>(
    path: string,
    query: Readonly<Record<string, string>>,
    context: CallContext<Value>,
    read: (body: unknown) => Value,
  ): Promise<Value> {
    const { credential, language, region } = this.#options;
    const { known, signal } = context;
    const asked = revalidating(known?.etag);
    const answer = await this.#http.get({
      path,
      query: {
        ...query,
        language,
        ...(region === undefined ? {} : { region }),
        ...(credential.kind === 'key' ? { api_key: credential.value } : {}),
      },
      headers: asked,
      signal,
    });
    if (answer.status === 304 && known !== undefined && asked['if-none-match'] !== undefined) {
      context.reportFreshness?.({ etag: known.etag, ...freshnessOf(answer.headers), unchanged: true });
      return known.value;
    }
    if (answer.status !== 200) throw this.#failure(answer);
    const value = read(answer.body);
    const freshness = freshnessOf(answer.headers);
    if (freshness !== null) context.reportFreshness?.(freshness);
    return value;
  }

  #failure(answer: JsonAnswer): ReelflowError {
    const { data } = errorAnswer.safeParse(answer.body);
    return toApiError(answer, {
      name: this.name,
      credential: 'accessToken',
      secret: this.#options.credential.value,
      said: data?.status_message,
      kind: data?.status_code,
      ...(data !== undefined && finalServerErrors.has(data.status_code) ? { retryable: false } : {}),
    });
  }

  #wrongShape(what: string): ReelflowError {
    return new ReelflowError(
      'API_INVALID_RESPONSE',
      `${this.name} sent a ${what} that is not in the shape it documents`,
    );
  }
}
