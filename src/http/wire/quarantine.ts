import * as z from 'zod';
import type { QuarantinedRecord } from '../../domain/records.js';
import type { QuarantineRetry } from '../../workflow/quarantine.js';
import { serializedErrorSchema, toWireError } from './serialized-error.js';

export const quarantinedSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['movie', 'review']),
  reason: serializedErrorSchema,
  field: z.string().nullable(),
  /** The record as JSON text, cut at 4096 characters; empty for a post where `postTexts` is off. */
  raw: z.string(),
  workflow_id: z.string().nullable(),
  quarantined_at: z.iso.datetime(),
});

export const quarantineAnswerSchema = z.strictObject({
  records: z.array(quarantinedSchema),
  /** Give it as `after` for the next ones; null: there are none. */
  next: z.string().nullable(),
});

export const quarantineRetrySchema = z.strictObject({
  accepted: z.boolean(),
  error: serializedErrorSchema.optional(),
});

export const toWireQuarantined = (
  record: QuarantinedRecord,
  withTexts: boolean,
): z.infer<typeof quarantinedSchema> => ({
  id: record.id,
  kind: record.kind,
  reason: toWireError(record.reason),
  field: record.field,
  raw: withTexts || record.kind !== 'review' ? record.raw : '',
  workflow_id: record.workflowId,
  quarantined_at: record.quarantinedAt,
});

export const toWireRetry = ({ accepted, error }: QuarantineRetry): z.infer<typeof quarantineRetrySchema> => ({
  accepted,
  ...(error === undefined ? {} : { error: toWireError(error) }),
});
