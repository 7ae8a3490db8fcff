import type { AutomatedCoordinator } from '../../coordinator/automated-coordinator.js';
import type { ReelflowError } from '../../errors/reelflow-error.js';
import { serializeError } from '../../errors/serialized-error.js';
import type { Logger } from '../../ports/logger.js';
import type { ApplyOptions, Repository, RunLease, WriteBatch } from '../../ports/repository.js';
import type { Spool, SpooledEntry } from '../../ports/spool.js';
import { isStorageFailure, isTakenOver } from './storage-failure.js';

export interface ReplayParts {
  readonly spool: Spool;
  readonly repository: Repository;
  readonly coordinator: AutomatedCoordinator;
  readonly logger: Logger;
  /** Holds the runs that are under way in this process. */
  readonly lease: RunLease;
}

export interface ReplayOptions {
  readonly signal: AbortSignal;
  /** For one write with its retries, in milliseconds: whoever replays comes again. */
  readonly patienceMs: number;
}

export interface Replay {
  readonly replayed: number;
  /** Why the rest still waits; null: everything was read. */
  readonly failure: ReelflowError | null;
}

/**
 * Applies what waits, in order. What can never be applied is set aside, so that it does not block what comes after;
 * when the database fails again, the rest stays.
 */
export async function replaySpool(parts: ReplayParts, options: ReplayOptions): Promise<Replay> {
  const { spool, logger } = parts;
  let replayed = 0;
  for await (const entry of spool.read()) {
    const failure = await applyEntry(parts, entry, options);
    if (failure !== null && (isStorageFailure(failure) || failure.code === 'CANCELLED' || failure.code === 'CLOSED')) {
      return { replayed, failure };
    }
    if (failure === null) {
      await spool.acknowledge(entry);
      replayed += 1;
      continue;
    }
    await spool.setAside(entry, serializeError(failure));
    const { source, position } = entry;
    logger.error({ source, position, code: failure.code }, `a write of the spool was set aside: ${failure.message}`);
  }
  return { replayed, failure: null };
}

async function applyEntry(
  parts: ReplayParts,
  entry: SpooledEntry,
  replay: ReplayOptions,
): Promise<ReelflowError | null> {
  const { batch, fence, source, position, own } = entry;
  const marker = { source, position };
  const options = { marker, ...(fence === undefined ? {} : { fence }), ...(own ? { lease: parts.lease } : {}) };
  const failure = await apply(parts, batch, options, replay);
  // Another process finishes the run; what was collected for it is stored all the same.
  if (failure !== null && isTakenOver(failure)) return apply(parts, withoutRun(batch), { marker }, replay);
  return failure;
}

async function apply(
  { coordinator, repository }: ReplayParts,
  batch: WriteBatch,
  options: ApplyOptions,
  { signal, patienceMs }: ReplayOptions,
): Promise<ReelflowError | null> {
  const outcome = await coordinator.coordinateDbOperation(
    'replay_spool',
    (context) => repository.apply(batch, { ...options, signal: context.signal }),
    { signal, priority: 'background', deadlineMs: patienceMs },
  );
  return outcome.success ? null : outcome.error;
}

function withoutRun({ run: _run, steps: _steps, checkpoints: _checkpoints, ...data }: WriteBatch): WriteBatch {
  return data;
}
