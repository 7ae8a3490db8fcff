import type { WriteReport } from '../../../ports/repository.js';
import type { Dialect } from '../dialect.js';
import type { LoneSession } from '../lone-session.js';
import { prepared } from '../prepared-sql.js';
import { outcomeKey } from '../rows/run-row.js';
import type { Tables } from '../schema/tables.js';
import type { PreparedSql } from '../sql-connection.js';
import { list } from '../sql-fragment.js';
import { noRecords } from './counts.js';
import type { StepRecord } from './step-record.js';
import { replaceStep, stepColumns } from './write-run.js';

/** What depends on how the statement is to end. */
interface Ends {
  readonly lock: string;
  readonly relaxed: string;
}

/**
 * Records steps in one statement, without the lock of writers: the run's own row stands for it, which whoever takes
 * over or drops the run changes first.
 */
export class StepRecorder {
  readonly #tables: Tables;
  readonly #statements = new Map<string, PreparedSql>();

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /**
   * Undefined when nothing was recorded: the run is unknown or taken over, or there are checkpoints to erase. A
   * transaction does that, or says why not.
   */
  async record(
    session: LoneSession,
    { workflowId, values, ended, characters, fence }: StepRecord,
  ): Promise<WriteReport | undefined> {
    const { dialect } = session;
    const lock = session.lockRun(characters);
    const { relaxed } = session;
    const key = `${values.length} ${ended.length}${relaxed}${lock}`;
    let statement = this.#statements.get(key);
    if (statement === undefined) {
      statement = prepared(this.#write(dialect, values.length / given.length, ended, { lock, relaxed }), dialect);
      this.#statements.set(key, statement);
    }
    const recorded = await session.run(statement, [...values, workflowId, fence, ...ended]);
    return recorded === 0 ? undefined : noRecords;
  }

  #write({ replaceOnConflict }: Dialect, rows: number, ended: readonly string[], { lock, relaxed }: Ends): string {
    const { runs, runSteps } = this.#tables;
    const nothingToErase = ` AND NOT EXISTS (
      SELECT 1 FROM ${runSteps} AS known
      WHERE known.workflow_id = run.workflow_id AND known.step IN (${list(ended)}) AND known.checkpoint_key <> '${outcomeKey}'
    )`;
    return `INSERT INTO ${runSteps} (${stepColumns.join(', ')})
      SELECT run.workflow_id, given.* FROM ${runs} AS run, (VALUES ${Array(rows)
        .fill(`(${list(given)})`)
        .join(', ')}) AS given${relaxed}
      WHERE run.workflow_id = ? AND run.fence <= ?${ended.length === 0 ? '' : nothingToErase}${lock}
      ${replaceOnConflict(replaceStep.key, replaceStep.columns)}`;
  }
}

const given = stepColumns.slice(1);
