import type { WorkflowRun } from '../domain/workflow-run.js';
import { EventLog } from './feed/event-log.js';
import { RequestRefused } from './problem.js';
import type { Service } from './service.js';
import { toWireWorkflowResult } from './wire/workflow-result.js';
import { toWireWorkflowRun, type WireWorkflowRun } from './wire/workflow-run.js';

type Looked = Pick<Service, 'manager' | 'feed'>;

/** Far behind the numbers that the events of a run had while it ran, wherever that was. */
const beforeStoredEnd = 999_999;

/** A search as it stands: under way here, or as its record says. @throws RequestRefused with 404, DB_*, CLOSED */
export async function describeRun({ manager, feed }: Looked, workflowId: string): Promise<WireWorkflowRun> {
  const active = manager.activeRuns.find((run) => run.workflowId === workflowId);
  if (active === undefined) return toWireWorkflowRun(await storedRun({ manager }, workflowId));
  return {
    workflow_id: workflowId,
    status: active.status,
    movie_name: active.movieName,
    steps: [...(feed.find(workflowId)?.steps ?? [])],
    workflow_result: null,
    started_at: active.startedAt,
    finished_at: null,
  };
}

/** The events of a search, of which there is only the end where it ran elsewhere or long ago. @throws RequestRefused with 404, DB_*, CLOSED */
export async function eventsOfRun({ manager, feed }: Looked, workflowId: string): Promise<EventLog> {
  const followed = feed.find(workflowId);
  if (followed !== undefined) return followed.log;
  if (manager.activeRuns.some((run) => run.workflowId === workflowId)) return feed.follow(workflowId).log;
  return endOf(await storedRun({ manager }, workflowId));
}

async function storedRun({ manager }: Pick<Service, 'manager'>, workflowId: string): Promise<WorkflowRun> {
  const run = await manager.findRun(workflowId);
  if (run === null) throw new RequestRefused(404, 'NOT_FOUND', 'there is no search with this id');
  return run;
}

/** One that another process runs has told nothing here: its reader comes again. */
function endOf({ workflowId, movieName, status, result, finishedAt }: WorkflowRun): EventLog {
  const log = new EventLog({ events: 1, length: 0 }, beforeStoredEnd);
  const run = { workflow_id: workflowId, movie_name: movieName };
  const at = finishedAt;
  if (status !== 'running') {
    const told = result === null ? { ...run, at } : { ...run, workflow_result: toWireWorkflowResult(result), at };
    log.append({ event: `workflow_${status}`, data: JSON.stringify(told) });
  }
  log.end();
  return log;
}
