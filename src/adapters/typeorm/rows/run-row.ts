import type { StepName, StepReport, WorkflowRun, WorkflowStatus } from '../../../domain/workflow-run.js';
import { stepNames, workflowStatuses } from '../../../domain/workflow-run.js';
import type { RunLease, StepCheckpoint } from '../../../ports/repository.js';
import { leaseEnd } from '../../../ports/repository-input.js';
import type { Row, SqlValue } from '../sql-connection.js';
import type { SqlSession } from '../sql-session.js';
import { json, jsonOrNull, text, textOrNull } from './read-row.js';

/** What a run's write sets; owner, lease and fence have writes of their own. */
export const runColumns = [
  'workflow_id',
  'status',
  'movie_name',
  'options',
  'result',
  'started_at',
  'finished_at',
  'fence',
] as const;

export function toRunValues(run: WorkflowRun): SqlValue[] {
  const { signal: _notStored, ...options } = run.options;
  return [
    run.workflowId,
    run.status,
    run.movieName,
    JSON.stringify(options),
    run.result === null ? null : JSON.stringify(run.result),
    run.startedAt,
    run.finishedAt,
    0,
  ];
}

/** Columns owner and lease_until. @throws INVALID_INPUT for a lease of no length */
export const toHolder = async (session: SqlSession, lease: RunLease | undefined): Promise<SqlValue[]> =>
  lease === undefined ? [null, null] : [lease.owner, leaseEnd(lease.leaseMs, await session.nowMs())];

/** @param stepRows - the rows of the run's steps, checkpoints included */
export function toRun(row: Row, stepRows: readonly Row[]): WorkflowRun {
  const reports = stepRows.filter(isOutcome).map((step) => json<StepReport>(step, 'content'));
  return {
    workflowId: text(row, 'workflow_id'),
    status: oneOf<WorkflowStatus>(text(row, 'status'), workflowStatuses, 'failed'),
    movieName: text(row, 'movie_name'),
    options: json<WorkflowRun['options']>(row, 'options'),
    steps: reports.sort((one, other) => stepNames.indexOf(one.name) - stepNames.indexOf(other.name)),
    result: jsonOrNull(row, 'result'),
    startedAt: text(row, 'started_at'),
    finishedAt: textOrNull(row, 'finished_at'),
  };
}

export function toCheckpoints(stepRows: readonly Row[]): StepCheckpoint[] {
  return stepRows
    .filter((row) => !isOutcome(row))
    .map((row) => ({
      workflowId: text(row, 'workflow_id'),
      step: oneOf<StepName>(text(row, 'step'), stepNames, 'collect'),
      key: text(row, 'checkpoint_key'),
      payload: text(row, 'content'),
    }));
}

/** The key of a step's outcome among its checkpoints. */
export const outcomeKey = '';

const isOutcome = (row: Row): boolean => row['checkpoint_key'] === outcomeKey;

const oneOf = <Value extends string>(value: string, known: readonly Value[], otherwise: Value): Value =>
  known.find((one) => one === value) ?? otherwise;
