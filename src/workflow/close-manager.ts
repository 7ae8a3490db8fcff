import { toReelflowError } from '../errors/classify-error.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import type { ResolvedManagerOptions } from './manager-options.js';
import type { PendingDeliveries } from './pending-deliveries.js';
import type { SharedSearches } from './shared-searches.js';

/** Lets searches and callbacks end, cuts what outlives the grace time, then closes what the manager was given. */
export async function closeManager(
  { coordinator, ownsCoordinator, movies, reviews, repository, logger }: ResolvedManagerOptions,
  searches: SharedSearches,
  pending: PendingDeliveries,
  graceMs: number,
): Promise<void> {
  const ended = Promise.allSettled(searches.running()).then(() => pending.settled());
  const inTime = await within(ended, graceMs);
  if (!inTime) {
    searches.abortAll(new ReelflowError('CLOSED', 'the manager was closed before the search ended'));
    await Promise.allSettled(searches.running());
  }
  if (ownsCoordinator) await coordinator.close();
  const closing = [movies, ...reviews, repository].map(async (part) => part.close?.());
  for (const outcome of await Promise.allSettled(closing)) {
    if (outcome.status === 'fulfilled') continue;
    const { code, message } = toReelflowError(outcome.reason, 'api');
    logger.warn({ code }, `a part could not be closed: ${message}`);
  }
}

function within(work: Promise<unknown>, graceMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), Math.min(graceMs, 2 ** 31 - 1));
    void work.finally(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
