import type { WorkflowRun } from '../domain/workflow-run.js';
import { toReelflowError } from '../errors/classify-error.js';
import type { ClaimedRun } from '../ports/repository.js';
import { Alarm, nowMs } from '../resilience/clock.js';
import { leaseMs } from './lease-keeper.js';
import type { ResolvedManagerOptions } from './manager-options.js';
import type { RunStarter } from './run-starter.js';
import { parseSearchRequest } from './search-request.js';

export interface ResumeParts {
  readonly options: ResolvedManagerOptions;
  readonly starter: RunStarter;
  /** Aborts when the manager begins to close: nothing more is claimed. */
  readonly closing: AbortSignal;
  /** Aborts when runs under way are cut. */
  readonly cut: AbortSignal;
}

/** A lease that was not renewed by then belongs to a process that has gone. */
const longestWaitMs = 2 * leaseMs;

/**
 * Claims the runs whose lease has expired, waits once for the leases that others hold, and finishes what it claimed
 * from the first step whose outcome is not committed.
 */
export async function resumeRuns(parts: ResumeParts): Promise<WorkflowRun[]> {
  const stopLeases = parts.starter.keepLeases(); // claimed runs wait for their turn under them
  try {
    return (await Promise.all([claimAndFinish(parts), claimLater(parts)])).flat();
  } finally {
    stopLeases();
  }
}

async function claimLater(parts: ResumeParts): Promise<WorkflowRun[]> {
  const endsAt = await lastLeaseEnd(parts);
  if (endsAt === null) return [];
  await until(Math.min(Date.parse(endsAt) - Date.now() + 1, longestWaitMs), parts.closing);
  return parts.closing.aborted ? [] : claimAndFinish(parts);
}

async function claimAndFinish(parts: ResumeParts): Promise<WorkflowRun[]> {
  const { options, starter, closing } = parts;
  const claimed = await options.coordinator.coordinateDbOperation(
    'claim_runs',
    async () => {
      await starter.renewLeases();
      return options.repository.claimRuns(starter.owner, leaseMs);
    },
    { signal: closing },
  );
  if (closing.aborted) return [];
  if (!claimed.success) throw claimed.error;
  // Whatever became of its lease: a run that is under way here is not executed a second time beside itself.
  const left = claimed.result.filter(({ run }) => !starter.isActive(run.workflowId));
  const resumed = await Promise.all(left.map((claim) => finish(parts, claim)));
  return resumed.filter((run) => run !== null);
}

async function finish({ options, starter, cut }: ResumeParts, claim: ClaimedRun): Promise<WorkflowRun | null> {
  const { coordinator, repository, logger } = options;
  const { workflowId, movieName, options: asked } = claim.run;
  try {
    await starter.run(workflowId, parseSearchRequest(movieName, asked), cut, claim);
  } catch (thrown) {
    logger.error({ workflowId, code: toReelflowError(thrown, 'api').code }, 'a run that was cut could not be finished');
  }
  const found = await coordinator.coordinateDbOperation('find_run', () => repository.findRun(workflowId), {
    signal: cut,
  });
  return found.success ? found.result : null;
}

async function lastLeaseEnd({ options, starter, closing }: ResumeParts): Promise<string | null> {
  const { coordinator, repository } = options;
  const outcome = await coordinator.coordinateDbOperation(
    'claim_runs',
    async () => (await repository.leasesEndAt?.(starter.owner)) ?? null,
    { signal: closing },
  );
  return outcome.success ? outcome.result : null;
}

/** Resolves after a time, or when the signal aborts. */
function until(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      alarm.clear();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const alarm = new Alarm(end);
    if (signal.aborted) return end();
    signal.addEventListener('abort', end, { once: true });
    alarm.set(nowMs() + Math.max(0, ms));
  });
}
