import * as z from 'zod';
import type { WorkflowRun } from '../../domain/workflow-run.js';
import { stepReportSchema, toWireStepReport } from './step-report.js';
import { toWireWorkflowResult, workflowResultSchema } from './workflow-result.js';

export const workflowRunSchema = z.strictObject({
  workflow_id: z.string(),
  status: z.enum(['queued', 'running', 'completed', 'failed', 'cancelled']),
  movie_name: z.string(),
  /** Those that have ended. */
  steps: z.array(stepReportSchema),
  /** null: it has not ended, or was cancelled. */
  workflow_result: workflowResultSchema.nullable(),
  started_at: z.iso.datetime(),
  finished_at: z.iso.datetime().nullable(),
});

export type WireWorkflowRun = z.infer<typeof workflowRunSchema>;

export const acceptedSchema = z.strictObject({
  workflow_id: z.string(),
  status: z.enum(['queued', 'running']),
  /** It joined a search that was under way: the id is that one's. */
  coalesced: z.boolean(),
  links: z.strictObject({ self: z.string(), events: z.string() }),
});

export type WireAccepted = z.infer<typeof acceptedSchema>;

export const toWireWorkflowRun = (run: WorkflowRun): WireWorkflowRun => ({
  workflow_id: run.workflowId,
  status: run.status,
  movie_name: run.movieName,
  steps: run.steps.map(toWireStepReport),
  workflow_result: run.result === null ? null : toWireWorkflowResult(run.result),
  started_at: run.startedAt,
  finished_at: run.finishedAt,
});
