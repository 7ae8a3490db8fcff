import { AsyncLocalStorage } from 'node:async_hooks';
import { toReelflowError } from '../../errors/classify-error.js';
import { isReelflowError, ReelflowError } from '../../errors/reelflow-error.js';
import { type SerializedError, serializeError } from '../../errors/serialized-error.js';
import type { WriteReport } from '../../ports/repository.js';
import type { SpoolEntry } from '../../ports/spool.js';
import type { EventPublisher } from '../event-publisher.js';
import { inTime } from './in-time.js';
import { SpoolAppends } from './spool-appends.js';
import { type Replay, type ReplayParts, replaySpool } from './spool-replay.js';
import { isStorageFailure } from './storage-failure.js';
import type { Diversion, StorageStatistics } from './storage-statistics.js';

/** The database is asked this often whether it answers again: at first, and at last. */
const firstProbeMs = 1000;
const lastProbeMs = 5000;
/** How long a write of the spool may take: at first, and after it has been too slow again and again. */
const firstPatienceMs = 5000;
const lastPatienceMs = 60_000;
/** When the manager closes. */
const lastTryMs = 2000;

export interface StorageWriterParts extends Omit<ReplayParts, 'spool'> {
  /** null: a write that fails has failed. */
  readonly spool: ReplayParts['spool'] | null;
  readonly publish: EventPublisher;
}

/** What became of a write: stored, or put aside with the reason. */
export type Written =
  | { readonly report: WriteReport; readonly diverted: null }
  | { readonly report: null; readonly diverted: SerializedError };

/**
 * Writes to the database while it can be written, and to the spool while it cannot. After one write that was diverted
 * all go to the spool, so that their order holds, until a probe has replayed everything.
 */
export class StorageWriter {
  readonly #parts: StorageWriterParts;
  readonly #stopped = new AbortController();
  /** Not in the async context of the search that happened to meet the failure. */
  readonly #probeAgain = AsyncLocalStorage.bind((nextProbeMs: number) => void this.#tryToRecover(nextProbeMs));
  /** Why writes are diverted; null: they are not. */
  #reason: SerializedError | null = null;
  readonly #appends: SpoolAppends | null;
  /** While the last of the spool is replayed: who comes now waits to hear which way to go. */
  #switching: Promise<unknown> | undefined;
  #patienceMs = firstPatienceMs;
  #replayedSinceDiversion = 0;
  #divertingSince = '';
  #diverted = 0;
  #recovered = 0;
  #recovering: Promise<Replay> | undefined;
  #probe: NodeJS.Timeout | undefined;

  constructor(parts: StorageWriterParts) {
    this.#parts = parts;
    this.#appends = parts.spool === null ? null : new SpoolAppends(parts.spool);
  }

  get statistics(): Omit<StorageStatistics, 'rejected'> {
    return { diverted: this.#diverted, recovered: this.#recovered };
  }

  /** null: writes go to the database. */
  get diversion(): Diversion | null {
    return this.#reason === null ? null : { since: this.#divertingSince, reason: this.#reason };
  }

  /** Replays what processes before this one have left, in the background. */
  async begin(): Promise<void> {
    const { spool, logger } = this.#parts;
    try {
      if (spool !== null && (await spool.size()) > 0) await this.#tryToRecover();
    } catch (thrown) {
      if (this.#stopped.signal.aborted) return; // closed before it began
      const { code, message } = toReelflowError(thrown, 'database');
      logger.error({ code }, `the spool could not be read: ${message}`);
    }
  }

  /**
   * @param attempt - the write to the database, with its retries
   * @param entry - the same write for the spool
   * @throws what the attempt throws when that says nothing of the database, DB_STORAGE_FULL when the spool is full too
   */
  async write(attempt: () => Promise<WriteReport>, entry: SpoolEntry): Promise<Written> {
    while (this.#reason !== null && this.#switching !== undefined) await this.#switching;
    if (this.#reason === null) {
      try {
        return { report: (await attempt()) ?? untold, diverted: null };
      } catch (thrown) {
        const error = toReelflowError(thrown, 'database');
        if (this.#parts.spool === null || !isStorageFailure(error)) throw error;
        return this.#divert(entry, serializeError(error));
      }
    }
    return this.#divert(entry, this.#reason);
  }

  /** Replays what waits. Several callers share one replay. */
  async replay(): Promise<{ readonly replayed: number; readonly remaining: number }> {
    const { spool } = this.#parts;
    if (spool === null) return { replayed: 0, remaining: 0 };
    const { replayed } = await this.#recover();
    return { replayed, remaining: await spool.size() };
  }

  /** Tries for two seconds to empty the spool, then lets it go: what waits stays for the next process. */
  async close(): Promise<void> {
    clearTimeout(this.#probe);
    const last = this.#reason === null ? this.#recovering : this.#recover();
    const tooLong = setTimeout(() => this.#stop(), lastTryMs);
    if (last !== undefined) await inTime(last).catch(() => undefined); // it stays in the spool
    clearTimeout(tooLong);
    this.#stop();
    await this.#closeSpool();
  }

  async #closeSpool(): Promise<void> {
    const { spool, logger } = this.#parts;
    try {
      await inTime(Promise.resolve(spool?.close?.()));
    } catch (thrown) {
      const { code, message } = toReelflowError(thrown, 'database');
      logger.warn({ code }, `the spool could not be closed: ${message}`);
    }
  }

  #stop(): void {
    if (!this.#stopped.signal.aborted) this.#stopped.abort(new ReelflowError('CLOSED', 'the manager was closed'));
    clearTimeout(this.#probe);
  }

  async #divert(entry: SpoolEntry, reason: SerializedError): Promise<Written> {
    const { publish, logger } = this.#parts;
    while (this.#switching !== undefined) await this.#switching;
    if (this.#reason === null) this.#divertingSince = new Date().toISOString();
    this.#reason ??= reason; // from now on, so that nothing overtakes this write
    try {
      await this.#appends?.append(entry);
    } catch (thrown) {
      throw this.#both(thrown, reason);
    } finally {
      this.#watch();
    }
    this.#diverted += 1;
    const records = recordsOf(entry);
    logger.warn({ code: reason.code, records }, `a write was put aside: ${reason.message}`);
    publish('storage_diverted', { reason, records });
    return { report: null, diverted: reason };
  }

  /** The spool's failure is the one to mend now; the database's is why it was asked at all. */
  #both(thrown: unknown, { code, message }: SerializedError): ReelflowError {
    const error = toReelflowError(thrown, 'database');
    return new ReelflowError(error.code, `${error.message} (and the database: ${code}: ${message})`, {
      cause: isReelflowError(thrown) ? thrown : undefined,
      retryable: false,
    });
  }

  #watch(delayMs = firstProbeMs): void {
    if (this.#probe !== undefined || this.#stopped.signal.aborted) return;
    this.#probe = setTimeout(() => {
      this.#probe = undefined;
      this.#probeAgain(Math.min(lastProbeMs, delayMs * 1.5));
    }, delayMs);
    this.#probe.unref(); // what waits is safe: it need not keep a process alive
  }

  async #tryToRecover(nextProbeMs = firstProbeMs): Promise<void> {
    const { repository, logger } = this.#parts;
    try {
      const { ok } = await repository.health();
      if (ok && (await this.#recover()).failure === null && this.#reason === null) return;
    } catch (thrown) {
      const { code, message } = toReelflowError(thrown, 'database');
      logger.warn({ code }, `what was put aside could not be replayed: ${message}`);
    }
    this.#watch(nextProbeMs);
  }

  #recover(): Promise<Replay> {
    this.#recovering ??= this.#replayAll().finally(() => {
      this.#recovering = undefined;
    });
    return this.#recovering;
  }

  async #replayAll(): Promise<Replay> {
    const first = await this.#replayRound(this.#patienceMs);
    // A write that is too slow would be so for ever, and hold up all that come after it.
    this.#patienceMs =
      first.failure?.code === 'DB_TIMEOUT' ? Math.min(lastPatienceMs, 2 * this.#patienceMs) : firstPatienceMs;
    if (first.failure !== null) return first;
    const last = this.#replayLast();
    this.#switching = last.then(settled, settled);
    try {
      const { replayed, failure } = await last;
      return { replayed: first.replayed + replayed, failure };
    } finally {
      this.#switching = undefined;
    }
  }

  /** What was appended while the rest was replayed; nothing comes after it, so that writes can go straight again. */
  async #replayLast(): Promise<Replay> {
    const { publish, logger } = this.#parts;
    await this.#appends?.settled();
    const round = await this.#replayRound(firstPatienceMs); // searches wait for it
    if (round.failure !== null) return round;
    const records = this.#replayedSinceDiversion;
    const wasDiverting = this.#reason !== null;
    this.#reason = null;
    this.#replayedSinceDiversion = 0;
    if (wasDiverting || records > 0) {
      logger.info({ records }, 'the database can be written again: everything that was put aside is stored');
      publish('storage_recovered', { records });
    }
    return round;
  }

  async #replayRound(patienceMs: number): Promise<Replay> {
    const { spool } = this.#parts;
    if (spool === null) return { replayed: 0, failure: null };
    const round = await replaySpool({ ...this.#parts, spool }, { signal: this.#stopped.signal, patienceMs });
    this.#replayedSinceDiversion += round.replayed;
    this.#recovered += round.replayed;
    return round;
  }
}

const settled = (): undefined => undefined;

/** Of a repository that says nothing of what it stored. */
const untold: WriteReport = {
  movies: { inserted: 0, updated: 0, unchanged: 0 },
  reviews: { inserted: 0, updated: 0, unchanged: 0 },
  rejected: [],
};

/** Films and posts of a write; 1 for a write of the run's record alone. */
function recordsOf({ batch }: SpoolEntry): number {
  const { film, related, reviews } = batch;
  const records = (film === undefined ? 0 : 1) + (related?.movies.length ?? 0) + (reviews?.reviews.length ?? 0);
  return Math.max(1, records);
}
