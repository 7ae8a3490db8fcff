import type { WorkflowRun } from '../../../domain/workflow-run.js';
import type { RunQuery } from '../../../ports/repository.js';
import { canBeStored, runQuery } from '../../../ports/repository-input.js';
import { text } from '../rows/read-row.js';
import { toRun } from '../rows/run-row.js';
import type { Tables } from '../schema/tables.js';
import type { Row, SqlValue } from '../sql-connection.js';
import type { SqlSession } from '../sql-session.js';
import { selectIn } from '../statements.js';

/** Newest first, with their steps. */
export async function listRuns(session: SqlSession, tables: Tables, query: RunQuery): Promise<WorkflowRun[]> {
  const { limit, before, status } = runQuery(query);
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  if (before !== undefined) {
    if (!canBeStored(before)) return [];
    const [last] = await session.all(`SELECT started_at FROM ${tables.runs} WHERE workflow_id = ?`, [before]);
    if (last === undefined) return [];
    const startedAt = text(last, 'started_at');
    conditions.push('(started_at < ? OR (started_at = ? AND workflow_id < ?))');
    values.push(startedAt, startedAt, before);
  }
  if (status !== undefined) {
    conditions.push('status = ?');
    values.push(status);
  }
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const order = 'ORDER BY started_at DESC, workflow_id DESC LIMIT ?';
  const rows = await session.all(`SELECT * FROM ${tables.runs}${where} ${order}`, [...values, limit]);
  const steps = await stepsOf(session, tables, rows);
  return rows.map((row) => toRun(row, steps.get(text(row, 'workflow_id')) ?? []));
}

/** Checkpoints are left out: they hold whole pages of posts. */
async function stepsOf(session: SqlSession, tables: Tables, runs: readonly Row[]): Promise<Map<string, Row[]>> {
  const values = runs.map((row) => text(row, 'workflow_id'));
  const of = { table: tables.runSteps, column: 'workflow_id', values };
  const rows = await selectIn(session, { ...of, and: " AND checkpoint_key = ''" });
  return Map.groupBy(rows, (row) => text(row, 'workflow_id'));
}
