import { workflowStatuses } from '../domain/workflow-run.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import type { QuarantineQuery, Retention, RunQuery, WriteBatch } from './repository.js';

/** A time in the one form in which texts sort like times. @throws INVALID_INPUT when it is no time */
export function utc(time: string, name: string): string {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) throw invalid(`${name} must be an ISO 8601 time, got ${JSON.stringify(time)}`);
  return new Date(ms).toISOString();
}

/** @throws INVALID_INPUT */
export function checkLimit(limit: number): void {
  if (!Number.isSafeInteger(limit) || limit < 0) {
    throw invalid(`limit must be a whole number from 0 up, got ${String(limit)}`);
  }
}

/** What a query of quarantine asks for; an `id` that no record can have is null. @throws INVALID_INPUT */
export function quarantineQuery({ limit = 100, after, id }: QuarantineQuery) {
  checkLimit(limit);
  if (after !== undefined && !recordId.test(after)) {
    throw invalid(`after must be the id of a quarantined record, got ${JSON.stringify(after)}`);
  }
  const only = id === undefined ? undefined : recordId.test(id) ? Number(id) : null;
  return { limit, after: Number(after ?? 0), id: only };
}

const mostRuns = 1000;

/** What a query of runs asks for. @throws INVALID_INPUT */
export function runQuery({ limit = 20, before, status }: RunQuery) {
  checkLimit(limit);
  if (limit > mostRuns) throw invalid(`limit must be a whole number from 0 to ${mostRuns}, got ${limit}`);
  if (status !== undefined && !workflowStatuses.includes(status)) {
    throw invalid(`status must be one of ${workflowStatuses.join(', ')}, got ${JSON.stringify(status)}`);
  }
  return { limit, before, status };
}

/** No stored text holds a NUL; PostgreSQL refuses even to be asked for one. */
export const canBeStored = (text: string): boolean => !text.includes('\0');

/** The ids among texts that a stored record can have. */
export const recordIds = (ids: readonly string[]): number[] => ids.filter((id) => recordId.test(id)).map(Number);

/** The runs that a batch belongs to, the one that it writes first. */
export const workflowIdsOf = ({ run, steps, checkpoints = [] }: WriteBatch): string[] => [
  ...new Set([run, steps, ...checkpoints].flatMap((part) => (part === undefined ? [] : [part.workflowId]))),
];

/** Why a write with an old fence fails: whoever claimed the run since then has the say. */
export const takenOver = (workflowId: string): ReelflowError =>
  new ReelflowError('DB_CONFLICT', `the run ${workflowId} was taken over by another process`, { retryable: false });

/** When a lease that is taken now ends. @throws INVALID_INPUT */
export function leaseEnd(leaseMs: number, nowMs = Date.now()): string {
  if (Number.isFinite(leaseMs) && leaseMs > 0) return new Date(nowMs + leaseMs).toISOString();
  throw invalid(`leaseMs must be a number of milliseconds above 0, got ${String(leaseMs)}`);
}

/** Rows with an earlier time than this are past their retention. @throws INVALID_INPUT */
export function retentionCutoff(ms: number, name: keyof Retention): string {
  if (Number.isFinite(ms) && ms >= 0) return new Date(Math.max(0, Date.now() - ms)).toISOString();
  throw invalid(`${name} must be a number of milliseconds from 0 up, got ${String(ms)}`);
}

/** @throws INVALID_INPUT */
export function checkMaxRows(maxRows: number): number {
  if (Number.isSafeInteger(maxRows) && maxRows > 0) return maxRows;
  throw invalid(`maxRows must be a whole number from 1 up, got ${String(maxRows)}`);
}

/** The longest that a forgotten post is remembered: no spool and no run waits longer. */
export const forgottenMs = 30 * 86_400_000;

const recordId = /^\d{1,15}$/;

const invalid = (message: string): ReelflowError => new ReelflowError('INVALID_INPUT', message);
