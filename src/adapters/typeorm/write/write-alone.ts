import type { ApplyOptions, WriteBatch, WriteReport } from '../../../ports/repository.js';
import type { Tables } from '../schema/tables.js';
import type { SqlSession } from '../sql-session.js';
import { outcomeOf, recordOutcome } from './record-outcome.js';
import { recordOf, recordRun } from './record-run.js';

/** How a batch is applied in one statement that is a transaction by itself, or undefined when there is none for it. */
export function writeAlone(
  tables: Tables,
  batch: WriteBatch,
  options: ApplyOptions,
): ((session: SqlSession) => Promise<WriteReport | undefined>) | undefined {
  const outcome = outcomeOf(batch, options);
  if (outcome !== undefined) return (session) => recordOutcome(session, tables, outcome);
  const run = recordOf(batch, options);
  if (run !== undefined) return (session) => recordRun(session, tables, run, options.relaxed === true);
  return undefined;
}
