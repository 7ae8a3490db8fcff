import type { WorkflowResult } from '../domain/workflow-run.js';

/** A search that was accepted. */
export interface SearchHandle {
  /** Of the run that answers it: that of the running one when the search joined it. */
  readonly workflowId: string;
  readonly coalesced: boolean;
  /** Rejects as `handleUserSearch` does; nobody has to wait for it. */
  readonly result: Promise<WorkflowResult>;
}
