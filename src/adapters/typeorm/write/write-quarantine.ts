import { storableText } from '../../../domain/records.js';
import type { WriteBatch } from '../../../ports/repository.js';
import { recordIds } from '../../../ports/repository-input.js';
import { quarantineColumns } from '../rows/quarantine-row.js';
import { deleteIn, insert } from '../statements.js';
import type { WriteContext } from './write-context.js';

/** The batch's rejected records and those that the store refused go in; the released ones leave. */
export async function writeQuarantine(
  context: WriteContext,
  batch: WriteBatch,
  workflowId: string | null,
): Promise<void> {
  const { session, tables } = context;
  const at = new Date().toISOString();
  const rows = [...(batch.rejected ?? []), ...context.rejected].map(({ kind, reason, field, raw }) => {
    const [where, what] = [field === null ? null : storableText(field), storableText(raw)]; // a client's own, unchecked
    return [kind, JSON.stringify(reason), where, what, workflowId, at];
  });
  await insert(session, { table: tables.quarantine, columns: quarantineColumns, rows });
  await deleteIn(session, tables.quarantine, 'id', recordIds(batch.released ?? []));
}
