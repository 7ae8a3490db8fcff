import { type RecordKind, type RejectedRecord, rawText } from '../../../domain/records.js';
import type { ErrorCode } from '../../../errors/error-code.js';
import { isReelflowError } from '../../../errors/reelflow-error.js';
import { serializeError } from '../../../errors/serialized-error.js';
import type { Counts } from '../../../ports/repository.js';
import { addCounts, noCounts } from './counts.js';
import type { WriteContext } from './write-context.js';

export interface IsolatedWrite<Item> {
  readonly kind: RecordKind;
  readonly items: readonly Item[];
  /** What speaks against an item before any database is asked. */
  readonly refuse: (item: Item) => RejectedRecord | undefined;
  readonly write: (items: readonly Item[]) => Promise<Counts>;
  /** The record as quarantine shows it. */
  readonly recordOf: (item: Item) => unknown;
}

/**
 * Writes records behind a savepoint. A record that no store can hold is rejected at once; one that this database
 * refuses is found by halving. The others are stored. Whatever else fails, such as the connection, goes on to the
 * caller and rolls back everything.
 */
export function isolate<Item>(context: WriteContext, part: IsolatedWrite<Item>): Promise<Counts> {
  const items: Item[] = [];
  for (const item of part.items) {
    const refused = part.refuse(item);
    if (refused === undefined) items.push(item);
    else context.rejected.push(refused);
  }
  return halve(context, { ...part, items });
}

async function halve<Item>(context: WriteContext, part: IsolatedWrite<Item>): Promise<Counts> {
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
    if (!isReelflowError(error) || !recordCodes.has(error.code)) throw error;
    await session.run('ROLLBACK TO SAVEPOINT reelflow_part');
    await session.run('RELEASE SAVEPOINT reelflow_part');
    if (items.length === 1) {
      context.rejected.push({ kind, reason: serializeError(error), field: null, raw: rawText(recordOf(first)) });
      return noCounts;
    }
  }
  const middle = Math.ceil(items.length / 2);
  const before = await halve(context, { ...part, items: items.slice(0, middle) });
  return addCounts(before, await halve(context, { ...part, items: items.slice(middle) }));
}

/** The record failed, and not the store. */
const recordCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'DB_CONSTRAINT',
  'DATA_MISSING_FIELD',
  'DATA_INVALID_FORMAT',
  'DATA_PARSE',
  'DATA_ENCODING',
]);
