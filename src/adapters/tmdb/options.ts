import { refuseUnknown } from '../../errors/refuse-unknown.js';
import {
  checkBaseUrl,
  checkFetch,
  checkName,
  checkToken,
  type HttpClientOptions,
  refuseOption,
} from '../http/options.js';

export interface TmdbClientOptions extends HttpClientOptions {
  /** The API Read Access Token of your account. A v3 key (32 hex digits) works as well. */
  readonly accessToken: string;
  /** ISO 639-1 with an ISO 3166-1 country, such as 'te-IN'. @default 'en-US' */
  readonly language?: string | undefined;
  /** ISO 3166-1: whose release dates are shown. @default the primary date */
  readonly region?: string | undefined;
}

export interface ResolvedTmdbOptions {
  readonly name: string;
  readonly baseUrl: string;
  readonly credential: { readonly kind: 'token' | 'key'; readonly value: string };
  readonly language: string;
  readonly region: string | undefined;
  readonly fetch: typeof globalThis.fetch | undefined;
}

const client = 'TmdbClient';
const known = {
  accessToken: true,
  language: true,
  region: true,
  baseUrl: true,
  fetch: true,
  name: true,
} as const;

export function resolveTmdbOptions(options: TmdbClientOptions): ResolvedTmdbOptions {
  refuseUnknown(client, options ?? {}, known);
  const {
    accessToken,
    baseUrl = 'https://api.themoviedb.org',
    language = 'en-US',
    region,
    fetch,
    name = 'tmdb',
  } = options ?? {};
  const value = checkToken(client, 'accessToken', accessToken);
  checkFetch(client, fetch);
  if (!/^[a-z]{2}(-[A-Z]{2})?$/.test(language)) refuseOption(client, 'language', "must be like 'en-US' or 'te'");
  if (region !== undefined && !/^[A-Z]{2}$/.test(region))
    refuseOption(client, 'region', "must be two capitals, such as 'IN'");
  return {
    name: checkName(client, name),
    baseUrl: checkBaseUrl(client, baseUrl),
    // People paste the one for the other; the shapes cannot be confused. Source: TMDB, application-level authentication.
    credential: { kind: /^[0-9a-f]{32}$/i.test(value) ? 'key' : 'token', value },
    language,
    region,
    fetch,
  };
}
