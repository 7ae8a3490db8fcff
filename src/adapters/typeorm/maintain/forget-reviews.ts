import type { WriteBatch } from '../../../ports/repository.js';
import { canBeStored, utc } from '../../../ports/repository-input.js';
import { outcomeKey } from '../rows/run-row.js';
import type { Tables } from '../schema/tables.js';
import type { SqlSession } from '../sql-session.js';
import { deleteIn, inParts, insert } from '../statements.js';

/** Patterns to a statement: each one is tried on each row. */
const mostPatterns = 100;

/** Deletes posts, and the quarantined records and unfinished pages that hold one of them; remembers their ids. */
export async function forgetReviews(
  session: SqlSession,
  tables: Tables,
  { tweetIds, forgottenAt }: NonNullable<WriteBatch['forgotten']>,
): Promise<number> {
  const at = utc(forgottenAt, 'forgotten.forgottenAt');
  const ids = [...new Set(tweetIds)].filter((id) => id !== '' && canBeStored(id));
  const forgotten = await deleteIn(session, tables.reviews, 'tweet_id', ids);
  const { condition, pattern } = session.dialect.holding;
  for (const patterns of inParts(ids.map(pattern), mostPatterns)) {
    const holds = (column: string) => `(${patterns.map(() => `${column}${condition}`).join(' OR ')})`;
    await session.run(`DELETE FROM ${tables.quarantine} WHERE kind = 'review' AND ${holds('raw')}`, patterns);
    const pages = `checkpoint_key <> ? AND ${holds('content')}`;
    await session.run(`DELETE FROM ${tables.runSteps} WHERE ${pages}`, [outcomeKey, ...patterns]);
  }
  await insert(session, {
    table: tables.forgotten,
    columns: ['tweet_id', 'forgotten_at'],
    rows: ids.filter((id) => id.length <= longestId).map((id) => [id, at]),
    replace: { key: ['tweet_id'], columns: ['forgotten_at'] },
  });
  return forgotten;
}

/** No stored post has a longer one. */
const longestId = 64;
