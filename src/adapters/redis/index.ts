export type { RedisCommands, RedisConnectionOptions, RedisResponseCacheOptions } from './options.js';
export { RedisResponseCache } from './redis-response-cache.js';
