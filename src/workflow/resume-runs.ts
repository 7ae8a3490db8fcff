import type { WorkflowRun } from '../domain/workflow-run.js';
import { toReelflowError } from '../errors/classify-error.js';
import type { ClaimedRun } from '../ports/repository.js';
import { leaseMs } from './lease-keeper.js';
import type { ResolvedManagerOptions } from './manager-options.js';
import type { RunStarter } from './run-starter.js';
import { parseSearchRequest } from './search-request.js';

/** Claims the runs whose lease has expired and searches them to their end, with stored data where it is there. */
export async function resumeRuns(options: ResolvedManagerOptions, starter: RunStarter): Promise<WorkflowRun[]> {
  const { coordinator, repository } = options;
  const claimed = await coordinator.coordinateDbOperation('claim_runs', () =>
    repository.claimRuns(starter.owner, leaseMs),
  );
  if (!claimed.success) throw claimed.error;
  const resumed = await Promise.all(claimed.result.map((claim) => resume(options, starter, claim)));
  return resumed.filter((run) => run !== null);
}

async function resume(
  { coordinator, repository, logger }: ResolvedManagerOptions,
  starter: RunStarter,
  { run, fence }: ClaimedRun,
): Promise<WorkflowRun | null> {
  const { workflowId, movieName } = run;
  const stored = run.steps.some(({ name, status }) => name === 'store' && status !== 'failed');
  // What was collected is stored: asking again, even where the search wanted new data, would buy it twice.
  const request = parseSearchRequest(movieName, stored ? { ...run.options, collectNewData: undefined } : run.options);
  try {
    await starter.run(request, new AbortController().signal, { workflowId, fence });
  } catch (thrown) {
    logger.error({ workflowId, code: toReelflowError(thrown, 'api').code }, 'a run that was cut could not be finished');
  }
  const found = await coordinator.coordinateDbOperation('find_run', () => repository.findRun(workflowId));
  return found.success ? found.result : null;
}
