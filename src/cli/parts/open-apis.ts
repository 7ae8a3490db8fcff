import { TmdbClient } from '../../adapters/tmdb/index.js';
import { TwitterClient } from '../../adapters/twitter/index.js';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { MovieApiClient } from '../../ports/movie-api-client.js';
import type { ReviewApiClient } from '../../ports/review-api-client.js';
import type { Sandbox, SandboxOptions } from '../../sandbox/index.js';
import type { Output } from '../output.js';
import type { Settings } from '../settings/settings.js';
import { databaseName } from './database-options.js';
import { isSandboxed, mayLackKeys } from './is-sandboxed.js';

export interface Apis {
  readonly movies: MovieApiClient;
  /** Empty: no posts are collected. */
  readonly reviews: ReviewApiClient | readonly [];
  /** null: the real ones are asked. */
  readonly sandbox: Sandbox | null;
}

/** Clients by the keys that there are; without any, of a sandbox that is started for them, which is said loudly. */
export async function openApis(settings: Settings, output: Output, sandbox: SandboxOptions = {}): Promise<Apis> {
  const { tmdbAccessToken, xBearerToken, tmdbBaseUrl, xBaseUrl, language, region, reviewLanguage } = settings;
  const ofFilms = { language, region };
  const ofPosts = { language: reviewLanguage };
  if (isSandboxed(settings)) {
    output.warn(sandboxWarning(settings));
    const { startSandbox } = await import('../../sandbox/index.js');
    const started = await startSandbox(sandbox);
    return {
      movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: started.tmdbUrl, ...ofFilms }),
      reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: started.xUrl, ...ofPosts }),
      sandbox: started,
    };
  }
  if (tmdbAccessToken === undefined) {
    throw new ReelflowError(
      'INVALID_OPTIONS',
      'TMDB_ACCESS_TOKEN is missing: a search begins there (free: themoviedb.org, Settings, API); or give --sandbox',
    );
  }
  const movies = new TmdbClient({ accessToken: tmdbAccessToken, baseUrl: tmdbBaseUrl, ...ofFilms });
  if (xBearerToken === undefined) {
    output.warn('NO POSTS: X_BEARER_TOKEN is not set, so no posts are collected; stored ones are used.');
    return { movies, reviews: [], sandbox: null };
  }
  return {
    movies,
    reviews: new TwitterClient({ bearerToken: xBearerToken, baseUrl: xBaseUrl, ...ofPosts }),
    sandbox: null,
  };
}

function sandboxWarning(settings: Settings): string {
  const invented = 'films and posts come from a local server; the posts are invented';
  if (settings.sandbox === true) return `SANDBOX: ${invented}.`;
  const into = mayLackKeys(settings) ? `, and get into ${databaseName(settings)}` : '';
  return `SANDBOX: there are no keys, so ${invented}${into}. Set TMDB_ACCESS_TOKEN and X_BEARER_TOKEN for real ones.`;
}
