import type { QuarantinedRecord } from '../../../domain/records.js';
import type { QuarantineQuery } from '../../../ports/repository.js';
import { quarantineQuery } from '../../../ports/repository-input.js';
import { toQuarantined } from '../rows/quarantine-row.js';
import type { Tables } from '../schema/tables.js';
import type { SqlSession } from '../sql-session.js';

export async function quarantineSize(session: SqlSession, tables: Tables): Promise<number> {
  const [row] = await session.all(`SELECT COUNT(*) AS records FROM ${tables.quarantine}`);
  return Number(row?.['records'] ?? 0);
}

export async function listQuarantine(
  session: SqlSession,
  tables: Tables,
  query: QuarantineQuery,
): Promise<QuarantinedRecord[]> {
  const { limit, after, id } = quarantineQuery(query);
  if (id === null) return [];
  const only = id === undefined ? [] : [id];
  const where = `id > ?${only.map(() => ' AND id = ?').join('')}`;
  const sql = `SELECT * FROM ${tables.quarantine} WHERE ${where} ORDER BY id LIMIT ?`;
  return (await session.all(sql, [after, ...only, limit])).map(toQuarantined);
}
