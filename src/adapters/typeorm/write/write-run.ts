import type { WorkflowRun } from '../../../domain/workflow-run.js';
import type { RunLease, WriteBatch } from '../../../ports/repository.js';
import { outcomeKey, runColumns, toHolder, toRunValues } from '../rows/run-row.js';
import type { SqlValue } from '../sql-connection.js';
import { insert } from '../statements.js';
import type { WriteContext } from './write-context.js';

export const stepColumns = ['workflow_id', 'step', 'checkpoint_key', 'content'];
export const replaceStep = { key: stepColumns.slice(0, 3), columns: ['content'] };
const replaceRun = {
  key: ['workflow_id'],
  columns: runColumns.filter((name) => name !== 'workflow_id' && name !== 'fence'),
};

/** The run, the outcomes of its steps and its checkpoints. Steps of a run that is neither known nor written are left out. */
export async function writeRun(
  context: WriteContext,
  { run, steps, checkpoints = [] }: WriteBatch,
  knownBefore: ReadonlySet<string>,
  lease: RunLease | undefined,
): Promise<void> {
  if (run !== undefined) await writeRecord(context, run, lease);
  const known = run === undefined ? knownBefore : new Set(knownBefore).add(run.workflowId);
  await writeSteps(
    context,
    checkpoints
      .filter(({ workflowId }) => known.has(workflowId))
      .map(({ workflowId, step, key, payload }) => [workflowId, step, key, payload]),
  );
  if (steps !== undefined && known.has(steps.workflowId)) await writeOutcomes(context, steps);
}

async function writeRecord(context: WriteContext, run: WorkflowRun, lease: RunLease | undefined): Promise<void> {
  const { session, tables } = context;
  // Who holds a known run is not touched.
  const columns = [...runColumns, 'owner', 'lease_until'];
  const rows = [[...toRunValues(run), ...(await toHolder(session, lease))]];
  await insert(session, { table: tables.runs, columns, rows, replace: replaceRun });
  // A finished run is never resumed: its paid pages have served.
  const outcomesOnly = run.status === 'running' ? ' AND checkpoint_key = ?' : '';
  const parameters = run.status === 'running' ? [run.workflowId, outcomeKey] : [run.workflowId];
  await session.run(`DELETE FROM ${tables.runSteps} WHERE workflow_id = ?${outcomesOnly}`, parameters);
  await writeSteps(context, outcomeRows(run.workflowId, run.steps));
}

async function writeOutcomes(
  context: WriteContext,
  { workflowId, reports }: NonNullable<WriteBatch['steps']>,
): Promise<void> {
  if (reports.length === 0) return;
  const { session, tables } = context;
  const { sql, parameters } = session.dialect.oneOf(
    'step',
    reports.map(({ name }) => name),
  );
  const where = `workflow_id = ? AND step${sql}`;
  await session.run(`DELETE FROM ${tables.runSteps} WHERE ${where}`, [workflowId, ...parameters]);
  await writeSteps(context, outcomeRows(workflowId, reports));
}

const outcomeRows = (workflowId: string, reports: WorkflowRun['steps']): SqlValue[][] =>
  [...new Map(reports.map((report) => [report.name, report])).values()].map((report) => {
    return [workflowId, report.name, outcomeKey, JSON.stringify(report)];
  });

/** Of doubles the last one counts: PostgreSQL would not replace a row twice in one statement. */
function writeSteps({ session, tables }: WriteContext, rows: ReadonlyArray<readonly SqlValue[]>): Promise<void> {
  const last = new Map(rows.map((row) => [JSON.stringify(row.slice(0, replaceStep.key.length)), row]));
  return insert(session, {
    table: tables.runSteps,
    columns: stepColumns,
    rows: [...last.values()],
    replace: replaceStep,
  });
}
