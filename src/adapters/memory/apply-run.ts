import { type StepReport, stepNames, type WorkflowRun } from '../../domain/workflow-run.js';
import type { WriteBatch } from '../../ports/repository.js';
import type { MemoryTables, RunRow } from './memory-tables.js';

/** The run, its checkpoints and the outcomes of its steps. Steps of a run that is not stored are left out. */
export function applyRun(tables: MemoryTables, { run, steps, checkpoints = [] }: WriteBatch): void {
  if (run !== undefined) {
    const row = tables.runs.get(run.workflowId) ?? unowned;
    // A finished run is never resumed: its paid pages have served.
    const kept = run.status === 'running' ? row.checkpoints : [];
    tables.runs.set(run.workflowId, { ...row, checkpoints: kept, run: withSteps(run, run.steps) });
  }
  for (const checkpoint of checkpoints) {
    const row = tables.runs.get(checkpoint.workflowId);
    if (row === undefined) continue;
    const others = row.checkpoints.filter(({ step, key }) => step !== checkpoint.step || key !== checkpoint.key);
    tables.runs.set(checkpoint.workflowId, { ...row, checkpoints: [...others, checkpoint] });
  }
  const row = steps === undefined ? undefined : tables.runs.get(steps.workflowId);
  if (steps === undefined || row === undefined) return;
  const finished = new Set(steps.reports.map(({ name }) => name));
  tables.runs.set(steps.workflowId, {
    ...row,
    run: withSteps(row.run, [...row.run.steps, ...steps.reports]),
    checkpoints: row.checkpoints.filter(({ step }) => !finished.has(step)),
  });
}

const unowned: Omit<RunRow, 'run'> = { owner: null, leaseUntil: null, fence: 0, checkpoints: [] };

/** One report a step, the last one, in the order of the steps. */
function withSteps(run: WorkflowRun, reports: readonly StepReport[]): WorkflowRun {
  const byName = new Map(reports.map((report) => [report.name, report]));
  return { ...run, steps: stepNames.flatMap((name) => byName.get(name) ?? []) };
}
