import type { Snapshot } from './feed/stats-ticker.js';
import type { Service } from './service.js';
import { toWireAutomationStats } from './wire/automation-stats.js';
import { toWireStatus, type WireStatus } from './wire/status.js';

type Looked = Pick<Service, 'manager' | 'feed' | 'version'>;

/** @throws CLOSED */
export async function readStatus({ manager, feed, version }: Looked): Promise<WireStatus> {
  const status = await manager.getStatus();
  const runs = manager.activeRuns.map((run) => ({
    workflow_id: run.workflowId,
    movie_name: run.movieName,
    status: run.status,
    step: feed.find(run.workflowId)?.step ?? null,
    started_at: run.startedAt,
  }));
  return toWireStatus(status, runs, version);
}

/** Statistics and status, for the stream of everything. @throws CLOSED */
export async function readSnapshot(looked: Looked): Promise<Snapshot> {
  const status = await readStatus(looked);
  const snapshot = { ...toWireAutomationStats(looked.manager.getAutomationStatistics()), status };
  return { text: JSON.stringify(snapshot), fingerprint: JSON.stringify(snapshot, withoutTimes) };
}

/** Times that go on though nothing happens. */
const withoutTimes = (key: string, value: unknown): unknown =>
  key === 'at' || key === 'reset_at_ms' ? undefined : value;
