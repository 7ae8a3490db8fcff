export type { TmdbClientOptions } from './options.js';
export { TmdbClient } from './tmdb-client.js';
