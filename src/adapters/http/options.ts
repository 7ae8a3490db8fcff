import { ReelflowError } from '../../errors/reelflow-error.js';

export interface HttpClientOptions {
  /** Where the provider is, such as a sandbox; with or without a slash at its end. */
  readonly baseUrl?: string | undefined;
  /** For tests and proxies. @default the global fetch, looked up at each call */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** The name in statistics, errors and events. */
  readonly name?: string | undefined;
}

export const refuseOption = (client: string, option: string, why: string): never => {
  throw new ReelflowError('INVALID_OPTIONS', `${client}: ${option} ${why}`);
};

/** A base URL that ends with a slash. @throws INVALID_OPTIONS */
export function checkBaseUrl(client: string, baseUrl: string): string {
  let url: URL;
  try {
    url = new URL(baseUrl);
  } catch {
    return refuseOption(client, 'baseUrl', 'must be a URL such as https://api.example.com');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    refuseOption(client, 'baseUrl', 'must begin with http:// or https://');
  if (url.username !== '' || url.password !== '')
    refuseOption(client, 'baseUrl', 'must hold no user name and no password');
  if (url.search !== '' || url.hash !== '') refuseOption(client, 'baseUrl', 'must hold neither a query nor a fragment');
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

/** A credential fit for a header. The message never holds it. @throws INVALID_OPTIONS */
export function checkToken(client: string, option: string, token: unknown): string {
  if (typeof token !== 'string' || token.trim() === '')
    return refuseOption(client, option, 'is missing: give the token of your account');
  const trimmed = token.trim();
  if (!/^[\x21-\x7e]+$/.test(trimmed))
    refuseOption(client, option, 'must be one word of ASCII characters: was a line break or a space copied with it?');
  return trimmed;
}

export function checkFetch(client: string, fetch: unknown): void {
  if (fetch !== undefined && typeof fetch !== 'function')
    refuseOption(client, 'fetch', 'must be a function like the global fetch');
}

export function checkName(client: string, name: string): string {
  if (typeof name !== 'string' || name === '' || name.length > 100)
    refuseOption(client, 'name', 'must be a text of 1 to 100 characters');
  return name;
}
