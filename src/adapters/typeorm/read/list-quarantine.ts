import type { QuarantinedRecord } from '../../../domain/records.js';
import { ReelflowError } from '../../../errors/reelflow-error.js';
import type { QuarantineQuery } from '../../../ports/repository.js';
import { toQuarantined } from '../rows/quarantine-row.js';
import type { Tables } from '../schema/tables.js';
import type { SqlSession } from '../sql-session.js';
import { checkLimit } from './check-limit.js';

const anyId = /^\d{1,15}$/;

export async function listQuarantine(
  session: SqlSession,
  tables: Tables,
  { limit = 100, after, id }: QuarantineQuery,
): Promise<QuarantinedRecord[]> {
  checkLimit(limit);
  if (after !== undefined && !anyId.test(after)) {
    throw new ReelflowError(
      'INVALID_INPUT',
      `after must be the id of a quarantined record, got ${JSON.stringify(after)}`,
    );
  }
  if (id !== undefined && !anyId.test(id)) return [];
  const onlyOne = id === undefined ? '' : ' AND id = ?';
  const rows = await session.all(`SELECT * FROM ${tables.quarantine} WHERE id > ?${onlyOne} ORDER BY id LIMIT ?`, [
    Number(after ?? 0),
    ...(id === undefined ? [] : [Number(id)]),
    limit,
  ]);
  return rows.map(toQuarantined);
}
