import { toReelflowError } from '../errors/classify-error.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import type { ResolvedManagerOptions } from './manager-options.js';
import { isStorageFailure } from './storage/storage-failure.js';
import type { StorageWriter } from './storage/storage-writer.js';

/**
 * Deletes posts from the database with its run records and quarantine, and from the spool; the cache holds no posts. A
 * database that cannot be written does it when it can: the wish waits in the spool, before whatever comes later.
 * @returns how many of them were held
 */
export async function forgetReviews(
  { coordinator, repository, spool }: ResolvedManagerOptions,
  writer: StorageWriter,
  tweetIds: readonly string[],
): Promise<number> {
  if (!Array.isArray(tweetIds) || tweetIds.some((id) => typeof id !== 'string'))
    throw new ReelflowError('INVALID_INPUT', 'give an array of ids, as texts');
  const forgottenAt = new Date().toISOString();
  const waiting = (await spool?.forget(tweetIds)) ?? 0;
  const outcome = await coordinator.coordinateDbOperation('forget_reviews', () => repository.forgetReviews(tweetIds));
  if (outcome.success) return Math.max(outcome.result, waiting);
  const failure = toReelflowError(outcome.error, 'database');
  if (spool === null || !isStorageFailure(failure)) throw failure;
  const attempt = () => Promise.reject(failure);
  await writer.write(attempt, { batch: { forgotten: { tweetIds, forgottenAt } } });
  return waiting;
}
