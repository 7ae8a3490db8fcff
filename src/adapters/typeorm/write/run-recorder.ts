import type { WorkflowRun } from '../../../domain/workflow-run.js';
import type { ApplyOptions, WriteBatch, WriteReport } from '../../../ports/repository.js';
import type { LoneSession } from '../lone-session.js';
import { prepared } from '../prepared-sql.js';
import { outcomeKey, runColumns, toRunValues } from '../rows/run-row.js';
import type { Tables } from '../schema/tables.js';
import type { PreparedSql } from '../sql-connection.js';
import { list } from '../sql-fragment.js';
import { noRecords } from './counts.js';
import { stepColumns } from './write-run.js';

/** The run that a batch consists of, or undefined when there is more to it, or it may be known to somebody. */
export function wholeRunOf(batch: WriteBatch, { fence, marker, lease }: ApplyOptions): WorkflowRun | undefined {
  const { run, ...others } = batch;
  if (run === undefined || run.steps.length === 0) return undefined;
  if (fence !== undefined || marker !== undefined || lease !== undefined) return undefined;
  return Object.values(others).some((part) => part !== undefined) ? undefined : run;
}

/**
 * Records a run with its steps in one statement, where one can write to two tables, without the lock of writers: nobody
 * else knows of the run.
 */
export class RunRecorder {
  readonly #tables: Tables;
  readonly #statements = new Map<string, PreparedSql>();

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** Undefined when nothing was recorded: there is a record already, which a transaction replaces. */
  async record(session: LoneSession, run: WorkflowRun): Promise<WriteReport | undefined> {
    if (!session.writesInWith) return undefined;
    const { relaxed } = session;
    const statement = this.#statements.get(relaxed) ?? prepared(this.#write(relaxed), session.dialect);
    this.#statements.set(relaxed, statement);
    const reports = run.steps.map((report) => ({ step: report.name, content: JSON.stringify(report) }));
    const recorded = await session.run(statement, [...toRunValues(run), JSON.stringify(reports)]);
    return recorded === 0 ? undefined : noRecords;
  }

  #write(relaxed: string): string {
    const { runs, runSteps } = this.#tables;
    return `WITH made AS (
        INSERT INTO ${runs} (${runColumns.join(', ')}) VALUES (${list(runColumns)})
        ON CONFLICT (workflow_id) DO NOTHING RETURNING workflow_id
      )
      INSERT INTO ${runSteps} (${stepColumns.join(', ')})
      SELECT made.workflow_id, report.step, '${outcomeKey}', report.content
      FROM made, json_to_recordset(?::json) AS report(step text, content text)${relaxed}`;
  }
}
