import { type StepReport, stepNames, type WorkflowRun } from '../../domain/workflow-run.js';
import type { RunLease, WriteBatch } from '../../ports/repository.js';
import { leaseEnd } from '../../ports/repository-input.js';
import type { MemoryTables, RunRow } from './memory-tables.js';

/** The run, its checkpoints and the outcomes of its steps. Steps of a run that is not stored are left out. */
export function applyRun(tables: MemoryTables, { run, steps, checkpoints = [] }: WriteBatch, lease?: RunLease): void {
  if (run !== undefined) {
    const row = tables.runs.get(run.workflowId) ?? newRow(lease);
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

const newRow = (lease: RunLease | undefined): Omit<RunRow, 'run'> => ({
  owner: lease?.owner ?? null,
  leaseUntil: lease === undefined ? null : leaseEnd(lease.leaseMs),
  fence: 0,
  checkpoints: [],
});

/** One report a step, the last one, in the order of the steps. */
function withSteps(run: WorkflowRun, reports: readonly StepReport[]): WorkflowRun {
  const byName = new Map(reports.map((report) => [report.name, report]));
  return { ...run, steps: stepNames.flatMap((name) => byName.get(name) ?? []) };
}
