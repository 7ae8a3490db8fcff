export { MemoryResponseCache, type MemoryResponseCacheOptions } from './memory-cache.js';
export { MemoryMovieClient } from './memory-movie-client.js';
export { MemoryRepository } from './memory-repository.js';
export { MemoryReviewClient } from './memory-review-client.js';
export { MemorySpool, type RejectedEntry } from './memory-spool.js';
