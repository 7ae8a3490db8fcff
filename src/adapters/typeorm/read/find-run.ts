import type { WorkflowRun } from '../../../domain/workflow-run.js';
import { canBeStored } from '../../../ports/repository-input.js';
import { toRun } from '../rows/run-row.js';
import type { Tables } from '../schema/tables.js';
import type { SqlSession } from '../sql-session.js';

export async function findRun(session: SqlSession, tables: Tables, workflowId: string): Promise<WorkflowRun | null> {
  if (!canBeStored(workflowId)) return null;
  const [row] = await session.all(`SELECT * FROM ${tables.runs} WHERE workflow_id = ?`, [workflowId]);
  if (row === undefined) return null;
  return toRun(row, await session.all(`SELECT * FROM ${tables.runSteps} WHERE workflow_id = ?`, [workflowId]));
}
