import type { WorkflowRun } from '../../../domain/workflow-run.js';
import type { ApplyOptions, WriteBatch, WriteReport } from '../../../ports/repository.js';
import { outcomeKey, runColumns, toRunValues } from '../rows/run-row.js';
import type { Tables } from '../schema/tables.js';
import { list } from '../sql-fragment.js';
import type { SqlSession } from '../sql-session.js';
import { noCounts } from './counts.js';
import { stepColumns } from './write-run.js';

/** The record of a run that a batch consists of, or undefined when there is more to it or it has no steps. */
export function recordOf(batch: WriteBatch, { fence, marker, lease }: ApplyOptions): WorkflowRun | undefined {
  const { run, ...others } = batch;
  if (run === undefined || run.steps.length === 0) return;
  if (fence !== undefined || marker !== undefined || lease !== undefined) return;
  return Object.values(others).some((part) => part !== undefined) ? undefined : run;
}

/**
 * Makes the record of a run with its steps in one statement, without the lock of writers: nobody else knows of the run.
 * Undefined when there is a record already, which a transaction replaces.
 */
export async function recordRun(
  session: SqlSession,
  tables: Tables,
  run: WorkflowRun,
  relaxed: boolean,
): Promise<WriteReport | undefined> {
  const { writeInWith } = session.dialect;
  if (writeInWith === undefined) return undefined;
  const steps = run.steps.map((report) => ({ step: report.name, content: JSON.stringify(report) }));
  const recorded = await session.runPrepared(
    `WITH made AS (
       INSERT INTO ${tables.runs} (${runColumns.join(', ')}) VALUES (${list(runColumns)})
       ON CONFLICT (workflow_id) DO NOTHING RETURNING workflow_id
     )${relaxed ? `, ${writeInWith.relaxed}` : ''}
     INSERT INTO ${tables.runSteps} (${stepColumns.join(', ')})
     SELECT made.workflow_id, report.step, '${outcomeKey}', report.content
     FROM made${relaxed ? ', relaxed' : ''}, ${writeInWith.records('?', 'step text, content text')}`,
    [...toRunValues(run), JSON.stringify(steps)],
  );
  return recorded === 0 ? undefined : { movies: noCounts, reviews: noCounts, rejected: [] };
}
