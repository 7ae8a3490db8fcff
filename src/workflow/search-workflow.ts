import type { WorkflowResult } from '../domain/workflow-run.js';
import type { TriggerContext } from '../trigger/callback-run.js';
import type { WorkflowEvents } from '../trigger/workflow-events.js';

/** What a search does: the callback named 'workflow' on the event 'user_search'. */
export type SearchWorkflow = (
  data: WorkflowEvents['user_search'],
  context: TriggerContext<'user_search'>,
) => Promise<WorkflowResult>;
