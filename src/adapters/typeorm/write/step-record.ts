import type { ApplyOptions, WriteBatch } from '../../../ports/repository.js';
import { outcomeKey } from '../rows/run-row.js';
import type { SqlValue } from '../sql-connection.js';

/** As one statement takes them; longer ones go in several, in a transaction. */
const mostCharacters = 1_000_000;
/** Each number of rows is a statement of its own, which connections keep prepared. */
const mostRows = 8;
const anyFence = 2_147_483_647;

/** Outcomes and checkpoints of one run. */
export interface StepRecord {
  readonly workflowId: string;
  /** Step, key and content of each row. */
  readonly values: readonly SqlValue[];
  /** The steps that have an outcome among them: their checkpoints are erased. */
  readonly ended: readonly string[];
  readonly characters: number;
  readonly fence: number;
}

/** What a batch records of one run, or undefined when it holds anything else. */
export function stepRecordOf(batch: WriteBatch, { fence = anyFence, marker }: ApplyOptions): StepRecord | undefined {
  const { steps, checkpoints = [] } = batch;
  const workflowId = (steps ?? checkpoints[0])?.workflowId;
  if (workflowId === undefined || marker !== undefined || holdsMore(batch)) return undefined;
  const rows = new Map<string, readonly [step: string, key: string, content: string]>();
  const ended = new Set<string>();
  for (const report of steps?.reports ?? []) {
    ended.add(report.name);
    rows.set(report.name, [report.name, outcomeKey, JSON.stringify(report)]);
  }
  for (const { workflowId: other, step, key, payload } of checkpoints) {
    if (other !== workflowId) return undefined;
    if (!ended.has(step)) rows.set(`${step} ${key}`, [step, key, payload]);
  }
  const values = [...rows.values()].flat();
  const characters = values.reduce((sum, { length }) => sum + length, 0);
  if (rows.size === 0 || rows.size > mostRows || characters > mostCharacters) return undefined;
  return { workflowId, values, ended: [...ended], characters, fence };
}

function holdsMore(batch: WriteBatch): boolean {
  for (const part in batch) {
    if (part !== 'steps' && part !== 'checkpoints' && batch[part as keyof WriteBatch] !== undefined) return true;
  }
  return false;
}
