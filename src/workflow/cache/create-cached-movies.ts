import type { EventPublisher } from '../event-publisher.js';
import type { ResolvedManagerOptions } from '../manager-options.js';
import { CachedMovies } from './cached-movies.js';
import type { CacheFailure } from './guarded-cache.js';

/** A call in the background is bounded: nobody waits for it. */
const backgroundMs = 30_000;

/** The host's provider of films behind its cache; what is kept is never used longer than freshness allows. */
export function createCachedMovies(
  { movies, cache, cacheTimes, coordinator, logger }: ResolvedManagerOptions,
  publish: EventPublisher,
): CachedMovies {
  return new CachedMovies({
    movies,
    cache,
    times: cacheTimes,
    background: {
      patienceMs: backgroundMs,
      call: async (fn, signal) => {
        const options = { signal, priority: 'background', deadlineMs: backgroundMs } as const;
        const outcome = await coordinator.coordinateApiCall(movies.name, fn, options);
        if (outcome.success) return outcome.result;
        throw outcome.error;
      },
    },
    onFailure: ({ operation, error }: CacheFailure) => {
      const { code, message } = error;
      logger.warn({ operation, code }, `the cache failed and is left alone for a while: ${message}`);
      publish('cache_failed', { operation, reason: { code, message } });
    },
  });
}
