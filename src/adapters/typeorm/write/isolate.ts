import { type RecordKind, rawText } from '../../../domain/records.js';
import type { ErrorCode } from '../../../errors/error-code.js';
import { isReelflowError } from '../../../errors/reelflow-error.js';
import { type SerializedError, serializeError } from '../../../errors/serialized-error.js';
import type { Counts } from '../../../ports/repository.js';
import { addCounts, noCounts } from './counts.js';
import type { WriteContext } from './write-context.js';

export interface IsolatedWrite<Item> {
  readonly kind: RecordKind;
  readonly items: readonly Item[];
  readonly write: (items: readonly Item[]) => Promise<Counts>;
  /** The record as quarantine shows it. */
  readonly recordOf: (item: Item) => unknown;
}

/**
 * Writes records behind a savepoint. A record that the database refuses is found by halving and rejected; the others
 * are stored. Whatever else fails, such as the connection, goes on to the caller and rolls back everything.
 */
export async function isolate<Item>(context: WriteContext, part: IsolatedWrite<Item>): Promise<Counts> {
  const { items, kind, write, recordOf } = part;
  const [first] = items;
  if (first === undefined) return noCounts;
  const { session } = context;
  await session.run('SAVEPOINT reelflow_part');
  try {
    const counts = await write(items);
    await session.run('RELEASE SAVEPOINT reelflow_part');
    return counts;
  } catch (error) {
    const reason = recordError(error);
    if (reason === undefined) throw error;
    await session.run('ROLLBACK TO SAVEPOINT reelflow_part');
    await session.run('RELEASE SAVEPOINT reelflow_part');
    if (items.length === 1) {
      context.rejected.push({ kind, reason, field: null, raw: rawText(recordOf(first)) });
      return noCounts;
    }
  }
  const middle = Math.ceil(items.length / 2);
  const before = await isolate(context, { ...part, items: items.slice(0, middle) });
  return addCounts(before, await isolate(context, { ...part, items: items.slice(middle) }));
}

const recordCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'DB_CONSTRAINT',
  'DATA_MISSING_FIELD',
  'DATA_INVALID_FORMAT',
  'DATA_PARSE',
  'DATA_ENCODING',
]);

/** The reason, when it is the record that failed and not the store. */
function recordError(thrown: unknown): SerializedError | undefined {
  if (isReelflowError(thrown)) return recordCodes.has(thrown.code) ? serializeError(thrown) : undefined;
  // A record of the wrong shape, such as a film whose title is a number: it could not even be made a row.
  if (!(thrown instanceof TypeError)) return undefined;
  return { code: 'DATA_INVALID_FORMAT', message: `the record cannot be stored: ${thrown.message}` };
}
