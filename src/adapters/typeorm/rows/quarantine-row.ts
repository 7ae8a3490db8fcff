import type { QuarantinedRecord } from '../../../domain/records.js';
import type { Row } from '../sql-connection.js';
import { json, number, text, textOrNull } from './read-row.js';

export const quarantineColumns = ['kind', 'reason', 'field', 'raw', 'workflow_id', 'quarantined_at'] as const;

export const toQuarantined = (row: Row): QuarantinedRecord => ({
  id: String(number(row, 'id')),
  kind: text(row, 'kind') === 'movie' ? 'movie' : 'review',
  reason: json<QuarantinedRecord['reason']>(row, 'reason'),
  field: textOrNull(row, 'field'),
  raw: text(row, 'raw'),
  workflowId: textOrNull(row, 'workflow_id'),
  quarantinedAt: text(row, 'quarantined_at'),
});
