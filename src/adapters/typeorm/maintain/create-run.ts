import type { WorkflowRun } from '../../../domain/workflow-run.js';
import type { RunLease } from '../../../ports/repository.js';
import { outcomeKey, runColumns, toHolder, toRunValues } from '../rows/run-row.js';
import type { Tables } from '../schema/tables.js';
import type { SqlSession } from '../sql-session.js';
import { insert } from '../statements.js';

/** @throws DB_CONSTRAINT when there is a run of that id */
export async function createRun(
  session: SqlSession,
  tables: Tables,
  run: WorkflowRun,
  lease?: RunLease,
): Promise<void> {
  const columns = [...runColumns, 'owner', 'lease_until'];
  await insert(session, {
    table: tables.runs,
    columns,
    rows: [[...toRunValues(run), ...(await toHolder(session, lease))]],
  });
  await insert(session, {
    table: tables.runSteps,
    columns: ['workflow_id', 'step', 'checkpoint_key', 'content'],
    rows: run.steps.map((report) => [run.workflowId, report.name, outcomeKey, JSON.stringify(report)]),
  });
}
