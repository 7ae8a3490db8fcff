import type { WorkflowResult } from '../domain/workflow-run.js';
import type { ReelflowError } from '../errors/reelflow-error.js';
import { serializeError } from '../errors/serialized-error.js';
import { noAge } from './data-age.js';
import type { SearchRequest } from './search-request.js';

/** The result of a search that had no turn before its deadline. */
export const neverStarted = (
  workflowId: string,
  { deadlineMs }: SearchRequest,
  startedAt: string,
  error: ReelflowError,
): WorkflowResult => ({
  success: false,
  workflowId,
  movie: null,
  analysis: null,
  recommendations: [],
  degraded: true,
  sources: { movie: 'none', reviews: 'none' },
  dataAge: noAge,
  steps: [],
  errors: [serializeError(error)],
  cost: { apiCalls: {}, estimatedUsd: 0 },
  coalesced: false,
  startedAt,
  finishedAt: new Date().toISOString(),
  durationMs: deadlineMs,
});
