import type { RejectedRecord } from '../../../domain/records.js';
import type { Tables } from '../schema/tables.js';
import type { SqlSession } from '../sql-session.js';

/** What the parts of one `apply` share. */
export interface WriteContext {
  readonly session: SqlSession;
  readonly tables: Tables;
  /** ISO 8601: later than every change that is stored, so that a cursor of `catalogue` misses none. */
  readonly changeTime: () => Promise<string>;
  /** Records that the store refused, in the order they were found. */
  readonly rejected: RejectedRecord[];
}
