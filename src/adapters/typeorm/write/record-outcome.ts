import type { ApplyOptions, WriteBatch, WriteReport } from '../../../ports/repository.js';
import { outcomeKey } from '../rows/run-row.js';
import type { Tables } from '../schema/tables.js';
import type { SqlSession } from '../sql-session.js';
import { noCounts } from './counts.js';
import { replaceStep, stepColumns } from './write-run.js';

/** Bytes that arrive in one piece: a statement that a dead network left by half would hold its locks. */
const mostBytes = 1000;
const anyFence = 2_147_483_647;

/** The outcome of one step, for a statement of its own. */
export interface Outcome {
  readonly workflowId: string;
  readonly step: string;
  readonly content: string;
  readonly fence: number;
}

/** The outcome that a batch consists of, or undefined when there is more to it. */
export function outcomeOf(batch: WriteBatch, { fence = anyFence, marker }: ApplyOptions): Outcome | undefined {
  const { steps, ...others } = batch;
  if (steps === undefined || marker !== undefined || Object.values(others).some((part) => part !== undefined)) return;
  const [report, more] = steps.reports;
  if (report === undefined || more !== undefined) return;
  const content = JSON.stringify(report);
  if (Buffer.byteLength(content) > mostBytes) return;
  return { workflowId: steps.workflowId, step: report.name, content, fence };
}

/**
 * Records the outcome in one statement, without the lock of writers: the run's own row stands for it, which whoever
 * takes over or drops the run changes first. Undefined when nothing was recorded: the run is unknown or taken over, or
 * the step has checkpoints to erase. A transaction does that, or says why not.
 */
export async function recordOutcome(
  session: SqlSession,
  tables: Tables,
  { workflowId, step, content, fence }: Outcome,
): Promise<WriteReport | undefined> {
  const { lockRun = '', replaceOnConflict } = session.dialect;
  const recorded = await session.runPrepared(
    `INSERT INTO ${tables.runSteps} (${stepColumns.join(', ')})
     SELECT run.workflow_id, ?, ?, ? FROM ${tables.runs} AS run
     WHERE run.workflow_id = ? AND run.fence <= ? AND NOT EXISTS (
       SELECT 1 FROM ${tables.runSteps} AS known
       WHERE known.workflow_id = run.workflow_id AND known.step = ? AND known.checkpoint_key <> ''
     )${lockRun}${replaceOnConflict(replaceStep.key, replaceStep.columns)}`,
    [step, outcomeKey, content, workflowId, fence, step],
  );
  return recorded === 0 ? undefined : { movies: noCounts, reviews: noCounts, rejected: [] };
}
