import type { ClaimedRun } from '../../../ports/repository.js';
import { leaseEnd } from '../../../ports/repository-input.js';
import { number, text, textOrNull } from '../rows/read-row.js';
import { toCheckpoints, toRun } from '../rows/run-row.js';
import type { Tables } from '../schema/tables.js';
import type { SqlSession } from '../sql-session.js';
import { selectIn, updateIn } from '../statements.js';

/** Takes over running runs that nobody holds. The store lets one claim in at a time, so that each run goes to one. */
export async function claimRuns(
  session: SqlSession,
  tables: Tables,
  owner: string,
  leaseMs: number,
): Promise<ClaimedRun[]> {
  const nowMs = await session.nowMs();
  const until = leaseEnd(leaseMs, nowMs);
  const isFree = `status = 'running' AND (lease_until IS NULL OR lease_until <= ?)`;
  const rows = await session.all(`SELECT * FROM ${tables.runs} WHERE ${isFree} ORDER BY started_at, workflow_id`, [
    new Date(nowMs).toISOString(),
  ]);
  const claimed: ClaimedRun[] = [];
  const workflowIds = rows.map((row) => text(row, 'workflow_id'));
  // Before their steps are read: an outcome that is recorded at the same time is there by then, or is refused.
  const free = { column: 'workflow_id', values: workflowIds };
  const set = 'owner = ?, lease_until = ?, fence = fence + 1';
  await updateIn(session, { set, to: [owner, until], table: tables.runs, ...free });
  const stepRows = await selectIn(session, { table: tables.runSteps, ...free });
  for (const row of rows) {
    const workflowId = text(row, 'workflow_id');
    const steps = stepRows.filter((step) => step['workflow_id'] === workflowId);
    claimed.push({ run: toRun(row, steps), fence: number(row, 'fence') + 1, checkpoints: toCheckpoints(steps) });
  }
  return claimed;
}

export async function renewLease(session: SqlSession, tables: Tables, owner: string, leaseMs: number): Promise<void> {
  const sql = `UPDATE ${tables.runs} SET lease_until = ? WHERE owner = ? AND status = 'running'`;
  await session.run(sql, [leaseEnd(leaseMs, await session.nowMs()), owner]);
}

export async function leasesEndInMs(session: SqlSession, tables: Tables, owner: string): Promise<number | null> {
  const nowMs = await session.nowMs();
  const held = `status = 'running' AND lease_until > ? AND (owner IS NULL OR owner <> ?)`;
  const [row] = await session.all(`SELECT max(lease_until) AS ends_at FROM ${tables.runs} WHERE ${held}`, [
    new Date(nowMs).toISOString(),
    owner,
  ]);
  const endsAt = row === undefined ? null : textOrNull(row, 'ends_at');
  return endsAt === null ? null : Date.parse(endsAt) - nowMs;
}
