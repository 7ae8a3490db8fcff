import type { SerializedError } from '../errors/serialized-error.js';
import type { WriteBatch } from './repository.js';

/** A write that waits for the database. */
export interface SpoolEntry {
  readonly batch: WriteBatch;
  /** The fence of the run that it belongs to. */
  readonly fence?: number;
}

/** Where an entry stands: entries of one source are applied in the order of their positions. */
export interface SpoolPlace {
  /** Unique for each spool that was ever opened; the marker of `Repository.apply`. */
  readonly source: string;
  /** Grows by 1 from 1 on. */
  readonly position: number;
}

export interface SpooledEntry extends SpoolEntry, SpoolPlace {
  /** false: left by a process that has gone. */
  readonly own: boolean;
}

/**
 * Takes writes that the database could not take, and gives them back in order. Safe to call concurrently; several
 * processes may use one place, each with entries of its own, and what a process that died has left goes to one other.
 */
export interface Spool {
  /**
   * Resolves when the entry is safe: it outlives this process and the power.
   * @throws DB_STORAGE_FULL when there is no room; then nothing of the entry is kept
   * @throws CLOSED
   */
  append(entry: SpoolEntry): Promise<void>;
  /**
   * Entries not yet acknowledged: those left by processes that have gone, then our own, each source in order; also what
   * is appended meanwhile, and each entry once.
   */
  read(): AsyncIterable<SpooledEntry>;
  /**
   * Everything of this source up to this position has been applied. It may be read again after a crash: the marker of
   * `Repository.apply` passes over it. A place that nobody knows is ignored, here and by `setAside`.
   */
  acknowledge(upTo: SpoolPlace): Promise<void>;
  /** Puts an entry that can never be applied where a person finds it, and counts it as acknowledged. */
  setAside(place: SpoolPlace, reason: SerializedError): Promise<void>;
  /**
   * Takes posts out of every entry that waits here and of what was set aside; resolves with how many there were. Not out
   * of entries that `read` has handed out already, nor out of those of other processes that live.
   */
  forget(tweetIds: readonly string[]): Promise<number>;
  /** Entries that wait: ours, and those of processes that have gone. */
  size(): Promise<number>;
  /** What waits stays for the next process. */
  close?(): Promise<void>;
}
