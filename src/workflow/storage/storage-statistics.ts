import type { SerializedError } from '../../errors/serialized-error.js';

/** What became of writes and records, exactly, since the manager was made. */
export interface StorageStatistics {
  /** Writes that were put aside because the database could not take them. */
  readonly diverted: number;
  /** Writes of the spool that have been stored since. */
  readonly recovered: number;
  /** Records of searches that were skipped and went to quarantine. */
  readonly rejected: number;
}

/** Writes go to the spool now. */
export interface Diversion {
  readonly since: string;
  readonly reason: SerializedError;
}
