import type { RejectedRecord } from '../../../domain/records.js';
import type { Tables } from '../schema/tables.js';
import type { SqlSession } from '../sql-session.js';

/** What the parts of one `apply` share. */
export interface WriteContext {
  readonly session: SqlSession;
  readonly tables: Tables;
  /** ISO 8601: later than every change that is stored, so that a cursor of `catalogue` misses none. */
  readonly changeTime: () => Promise<string>;
  /** The ids of films that were stored before, by their number at TMDB, as far as the write came across them. */
  readonly movieIds: Map<number, string>;
  /** Records that the store refused, in the order they were found. */
  readonly rejected: RejectedRecord[];
}
