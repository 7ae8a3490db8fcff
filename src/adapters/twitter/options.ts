import { refuseUnknown } from '../../errors/refuse-unknown.js';
import {
  checkBaseUrl,
  checkFetch,
  checkName,
  checkToken,
  type HttpClientOptions,
  refuseOption,
} from '../http/options.js';
import { faultOfTerms } from './terms.js';

/** X renamed its fields in August 2026; both sets of names are in use. */
export type Vocabulary = 'tweet' | 'post';

export interface TwitterClientOptions extends HttpClientOptions {
  /** App-only bearer token or OAuth 2.0 user token. */
  readonly bearerToken: string;
  /** Only posts in this language, such as 'te'. @default every language */
  readonly language?: string | undefined;
  /** The names that are sent; both are read. With 'post', authors stay unknown: X gives them only with user objects, which cost. @default 'tweet' */
  readonly vocabulary?: Vocabulary | undefined;
  /** Further terms, all of which a post must fit, such as '-has:links' or '(movie OR film)'; at most 200 characters. @default none */
  readonly terms?: string | undefined;
}

export interface ResolvedTwitterOptions {
  readonly name: string;
  readonly baseUrl: string;
  readonly bearerToken: string;
  readonly language: string | undefined;
  readonly vocabulary: Vocabulary;
  readonly terms: string;
  readonly fetch: typeof globalThis.fetch | undefined;
}

const client = 'TwitterClient';
const known = {
  bearerToken: true,
  language: true,
  vocabulary: true,
  terms: true,
  baseUrl: true,
  fetch: true,
  name: true,
} as const;
const longestTerms = 200;

export function resolveTwitterOptions(options: TwitterClientOptions): ResolvedTwitterOptions {
  refuseUnknown(client, options ?? {}, known);
  const { bearerToken, baseUrl = 'https://api.x.com', language, vocabulary = 'tweet', terms = '' } = options ?? {};
  const { fetch, name = 'twitter' } = options ?? {};
  const token = checkToken(client, 'bearerToken', bearerToken);
  checkFetch(client, fetch);
  if (vocabulary !== 'tweet' && vocabulary !== 'post') refuseOption(client, 'vocabulary', "must be 'tweet' or 'post'");
  if (language !== undefined && !/^[a-z]{2,3}$/.test(language))
    refuseOption(client, 'language', "must be two or three letters, such as 'te'");
  const further = checkTerms(terms);
  return {
    name: checkName(client, name),
    baseUrl: checkBaseUrl(client, baseUrl),
    bearerToken: token,
    language,
    vocabulary,
    terms: further,
    fetch,
  };
}

/** On one line, so that it can stand in a query. */
function checkTerms(terms: unknown): string {
  if (typeof terms !== 'string' || terms.length > longestTerms)
    return refuseOption(client, 'terms', `must be a text of at most ${longestTerms} characters`);
  const line = terms
    .toWellFormed()
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .trim();
  const fault = faultOfTerms(line);
  return fault === null ? line : refuseOption(client, 'terms', fault);
}
