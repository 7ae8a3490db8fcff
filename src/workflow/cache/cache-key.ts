import { createHash } from 'node:crypto';
import { foldTitle } from '../../domain/fold-title.js';
import type { MovieApiClient, MovieQuery } from '../../ports/movie-api-client.js';

/** Changes with the shape of what is kept: entries of another version are never read. */
const version = 'v1';
const longestKey = 200;

type Source = Pick<MovieApiClient, 'name' | 'cacheScope'>;

export const searchCacheKey = (source: Source, { text, year }: MovieQuery): string =>
  cacheKey(source, 'search', foldTitle(text) || text, year === undefined ? '' : String(year));

export const detailsCacheKey = (source: Source, tmdbId: number): string => cacheKey(source, 'movie', String(tmdbId));

/** Printable ASCII without spaces, at most 200 characters: fit for every cache. What is longer ends in its hash. */
function cacheKey({ name, cacheScope = '' }: Source, kind: 'search' | 'movie', ...parts: string[]): string {
  const key = [version, kind, name, cacheScope, ...parts]
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join(':');
  if (key.length <= longestKey) return key;
  return `${version}:${kind}:sha256:${createHash('sha256').update(key).digest('base64url')}`;
}
