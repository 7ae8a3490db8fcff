import { randomUUID } from 'node:crypto';
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

/** What one claim brought. */
interface Claim {
  readonly runs: readonly ClaimedRun[];
  /** Of this claim alone. */
  readonly owner: string;
  /** In how long the leases end that others held right before it; null: there were none. */
  readonly othersEndInMs: number | null;
}

/**
 * Claims the runs whose lease has expired, waits once for the leases that others hold, and finishes what it claimed
 * from the first step whose outcome is not committed.
 */
export async function resumeRuns(parts: ResumeParts): Promise<WorkflowRun[]> {
  const claim = await claimFree(parts);
  return (await Promise.all([finishAll(parts, claim), claimLater(parts, claim.othersEndInMs)])).flat();
}

async function claimLater(parts: ResumeParts, endInMs: number | null): Promise<WorkflowRun[]> {
  if (endInMs === null) return [];
  await until(Math.min(endInMs + 1, longestWaitMs), parts.closing);
  return parts.closing.aborted ? [] : finishAll(parts, await claimFree(parts));
}

/**
 * Each attempt claims for an owner of its own, and only the one that was answered is kept: what a lost one took ends
 * with its lease, however busy this process is, and is waited for like the leases of others.
 */
async function claimFree({ options, starter, closing }: ResumeParts): Promise<Claim> {
  const { coordinator, repository } = options;
  const claim = async (): Promise<Claim> => {
    await starter.renewLeases();
    const othersEndInMs = (await repository.leasesEndInMs?.(starter.owner)) ?? null;
    const owner = randomUUID();
    return { runs: await repository.claimRuns(owner, leaseMs), owner, othersEndInMs };
  };
  const claimed = await coordinator.coordinateDbOperation('claim_runs', claim, { signal: closing });
  if (claimed.success) return claimed.result;
  if (closing.aborted) return { runs: [], owner: starter.owner, othersEndInMs: null };
  throw claimed.error;
}

async function finishAll(parts: ResumeParts, { runs, owner }: Claim): Promise<WorkflowRun[]> {
  const { starter, closing } = parts;
  if (runs.length === 0) return [];
  const stopLeases = starter.keepLeases(owner); // they wait for their turn under them
  try {
    if (closing.aborted) return [];
    // Whatever became of its lease: a run that is under way here is not executed a second time beside itself.
    const left = runs.filter(({ run }) => !starter.isActive(run.workflowId));
    const resumed = await Promise.all(left.map((claim) => finish(parts, claim)));
    return resumed.filter((run) => run !== null);
  } finally {
    stopLeases();
    if (closing.aborted) await starter.releaseLeases(owner);
  }
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
