import type { SentimentAnalysis } from '../domain/analysis.js';
import type { Movie, MovieCandidate } from '../domain/movie.js';
import type { Recommendation } from '../domain/recommendation.js';
import type { RecordKind } from '../domain/records.js';
import type { Review } from '../domain/review.js';
import type { DataSources, SearchOptions, StepName, StepReport, WorkflowResult } from '../domain/workflow-run.js';
import type { SerializedError } from '../errors/serialized-error.js';
import type { WriteReport } from '../ports/repository.js';

interface OfRun {
  readonly workflowId: string;
}
interface ApiOrOperation {
  readonly api?: string;
  readonly operation?: string;
}

/** The events of the workflow and their data. A type, not an interface: a host joins its own events to it. */
export type WorkflowEvents = {
  user_search: { readonly movieName: string; readonly options: SearchOptions; readonly at: string };
  workflow_started: OfRun & { readonly movieName: string };
  workflow_completed: OfRun & { readonly movieName: string; readonly result: WorkflowResult };
  workflow_failed: OfRun & { readonly movieName: string; readonly result: WorkflowResult };
  /** Everybody who waited for it has left. */
  workflow_cancelled: OfRun & { readonly movieName: string };
  step_started: OfRun & { readonly step: StepName };
  step_finished: OfRun & { readonly step: StepName } & StepReport;
  data_collected: OfRun & {
    readonly movie: Movie | MovieCandidate;
    readonly reviews: readonly Review[];
    readonly sources: DataSources;
  };
  data_stored: OfRun & { readonly report: WriteReport };
  analysis_completed: OfRun & { readonly movie: Movie | MovieCandidate; readonly analysis: SentimentAnalysis };
  recommendation_generated: {
    readonly workflowId?: string;
    readonly movieName: string;
    readonly recommendations: readonly Recommendation[];
  };
  record_rejected: {
    readonly workflowId?: string;
    readonly kind: RecordKind;
    readonly reason: SerializedError;
    readonly field: string | null;
    readonly raw: string;
  };
  retry_scheduled: ApiOrOperation & {
    readonly workflowId?: string;
    readonly attempt: number;
    readonly delayMs: number;
    readonly error: SerializedError;
  };
  rate_limit_wait: {
    readonly workflowId?: string;
    readonly api: string;
    readonly waitMs: number;
    readonly resetAtMs: number;
  };
  circuit_opened: ApiOrOperation;
  circuit_closed: ApiOrOperation;
  storage_diverted: { readonly reason?: SerializedError; readonly records: number };
  storage_recovered: { readonly reason?: SerializedError; readonly records: number };
  /** Told when the cache stops working, and at each later trial that fails. */
  cache_failed: { readonly operation: 'get' | 'set' | 'delete'; readonly reason: SerializedError };
  budget_exhausted: { readonly period: 'day' | 'month'; readonly spentUsd: number; readonly limitUsd: number };
};
