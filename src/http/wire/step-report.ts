import * as z from 'zod';
import { type StepReport, stepNames } from '../../domain/workflow-run.js';
import { serializedErrorSchema, toWireError } from './serialized-error.js';

export const stepReportSchema = z.strictObject({
  name: z.enum(stepNames),
  status: z.enum(['ok', 'degraded', 'skipped', 'failed']),
  attempts: z.int().min(0),
  duration_ms: z.number(),
  error: serializedErrorSchema.optional(),
});

export type WireStepReport = z.infer<typeof stepReportSchema>;

export const toWireStepReport = ({ name, status, attempts, durationMs, error }: StepReport): WireStepReport => ({
  name,
  status,
  attempts,
  duration_ms: durationMs,
  ...(error === undefined ? {} : { error: toWireError(error) }),
});
