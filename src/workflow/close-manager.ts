import { toReelflowError } from '../errors/classify-error.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import { shown } from '../errors/shown.js';
import type { Logger } from '../ports/logger.js';
import type { CachedMovies } from './cache/cached-movies.js';
import type { ResolvedManagerOptions } from './manager-options.js';
import type { PendingDeliveries } from './pending-deliveries.js';
import type { RetentionSweeper } from './retention-sweeper.js';
import type { RunStarter } from './run-starter.js';
import type { SharedSearches } from './shared-searches.js';
import type { StorageWriter } from './storage/storage-writer.js';

export interface ClosingParts {
  readonly options: ResolvedManagerOptions;
  readonly searches: SharedSearches;
  readonly pending: PendingDeliveries;
  /** Resumptions under way. */
  readonly resuming: ReadonlySet<Promise<unknown>>;
  /** Cuts the runs of resumptions. */
  readonly cut: AbortController;
  readonly starter: RunStarter;
  readonly writer: StorageWriter;
  readonly sweeper: RetentionSweeper;
  readonly cached: CachedMovies;
}

/**
 * Lets searches, resumptions and callbacks end, cuts what outlives the grace time so that it can be resumed, empties the
 * spool if it can, then closes what the manager was given.
 */
export async function closeManager(parts: ClosingParts, graceMs: number): Promise<void> {
  const { options, searches, pending, resuming, cut, starter, writer, sweeper, cached } = parts;
  const { coordinator, ownsCoordinator, movies, reviews, repository, logger } = options;
  const under = () => [...searches.running(), ...resuming];
  const ended = Promise.allSettled(under()).then(() => pending.settled());
  if (!(await within(ended, graceMs))) {
    const reason = new ReelflowError('CLOSED', 'the manager was closed before the search ended');
    searches.abortAll(reason);
    cut.abort(reason);
    await Promise.allSettled(under());
    await starter.releaseLeases(starter.owner);
  }
  await sweeper.ended();
  await writer.close();
  await closeEach(logger, [cached]); // its calls in the background need the coordinator and the client
  if (ownsCoordinator) await coordinator.close();
  await closeEach(logger, [movies, ...reviews, repository]);
}

/** @throws INVALID_INPUT */
export function checkGraceMs(graceMs: unknown): void {
  if (typeof graceMs === 'number' && graceMs >= 0) return;
  throw new ReelflowError('INVALID_INPUT', `graceMs must be a number of milliseconds from 0 up, got ${shown(graceMs)}`);
}

async function closeEach(logger: Logger, parts: ReadonlyArray<{ close?(): Promise<void> }>): Promise<void> {
  for (const outcome of await Promise.allSettled(parts.map(async (part) => part.close?.()))) {
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
