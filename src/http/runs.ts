import type { WorkflowRun } from '../domain/workflow-run.js';
import { isReelflowError } from '../errors/reelflow-error.js';
import { EventLog } from './feed/event-log.js';
import type { NumberedLog } from './feed/event-source.js';
import type { FollowedRun } from './feed/run-feed.js';
import { RequestRefused } from './problem.js';
import type { Service } from './service.js';
import { toWireWorkflowResult, type WireWorkflowResult } from './wire/workflow-result.js';
import { toWireWorkflowRun, type WireWorkflowRun } from './wire/workflow-run.js';

type Looked = Pick<Service, 'manager' | 'feed'>;
type Followable = Pick<Service, 'manager' | 'feed' | 'boot'>;

/**
 * A search as it stands: under way here, or as its record says. Where that does not know of its end yet, since it waits
 * in the spool or was never written, its events do. @throws RequestRefused with 404, DB_*, CLOSED
 */
export async function describeRun({ manager, feed }: Looked, workflowId: string): Promise<WireWorkflowRun> {
  const active = manager.activeRuns.find((run) => run.workflowId === workflowId);
  if (active === undefined) return describeEnded({ manager, feed }, workflowId);
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

async function describeEnded({ manager, feed }: Looked, workflowId: string): Promise<WireWorkflowRun> {
  const told = endAsTold(workflowId, feed.find(workflowId));
  if (told === null) return toWireWorkflowRun(await storedRun({ manager }, workflowId));
  const stored = await manager.findRun(workflowId).catch((thrown: unknown) => {
    if (isReelflowError(thrown) && thrown.code.startsWith('DB_')) return null;
    throw thrown;
  });
  return stored === null || stored.status === 'running' ? told : toWireWorkflowRun(stored);
}

function endAsTold(workflowId: string, run: FollowedRun | undefined): WireWorkflowRun | null {
  if (run === undefined || run.end === null || run.endData === null) return null;
  const told: { movie_name: string; at: string; workflow_result?: WireWorkflowResult } = JSON.parse(run.endData);
  const { movie_name, at, workflow_result: result = null } = told;
  return {
    workflow_id: workflowId,
    status: run.end,
    movie_name,
    steps: result?.steps ?? [...run.steps],
    workflow_result: result,
    started_at: result?.started_at ?? run.heardAt,
    finished_at: result?.finished_at ?? at,
  };
}

/** The events of a search, of which there is only the end where it ran elsewhere or long ago. @throws RequestRefused with 404, DB_*, CLOSED */
export async function eventsOfRun({ manager, feed, boot }: Followable, workflowId: string): Promise<NumberedLog> {
  const followed = feed.find(workflowId);
  if (followed !== undefined) return { log: followed.log, numbering: boot };
  if (manager.activeRuns.some((run) => run.workflowId === workflowId))
    return { log: feed.follow(workflowId).log, numbering: boot };
  return { log: endOf(await storedRun({ manager }, workflowId)), numbering: 'stored' };
}

async function storedRun({ manager }: Pick<Service, 'manager'>, workflowId: string): Promise<WorkflowRun> {
  const run = await manager.findRun(workflowId);
  if (run === null) throw new RequestRefused(404, 'NOT_FOUND', 'there is no search with this id');
  return run;
}

/** One that another process runs has told nothing here: its reader comes again. */
function endOf({ workflowId, movieName, status, result, finishedAt }: WorkflowRun): EventLog {
  const log = new EventLog({ events: 1, length: 0 });
  const run = { workflow_id: workflowId, movie_name: movieName };
  const at = finishedAt;
  if (status !== 'running') {
    const told = result === null ? { ...run, at } : { ...run, workflow_result: toWireWorkflowResult(result), at };
    log.append({ event: `workflow_${status}`, data: JSON.stringify(told) });
  }
  log.end();
  return log;
}
