import type { CallKind } from '../errors/classify-error.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import type { CoordinatorTarget } from './coordinator-event.js';

const nameOf = (target: CoordinatorTarget): string => target.api ?? target.operation;

/** @param readyInMs - until the next probe; null while one is under way */
export const circuitOpen = (target: CoordinatorTarget, readyInMs: number | null): ReelflowError =>
  new ReelflowError(
    'CIRCUIT_OPEN',
    readyInMs === null
      ? `${nameOf(target)} failed too often; one call is under way to see whether it is back`
      : `${nameOf(target)} failed too often and is left alone for ${Math.ceil(readyInMs)} ms`,
    { details: readyInMs === null ? {} : { retryAtMs: Math.ceil(Date.now() + readyInMs) } },
  );

export const cancelled = (target: CoordinatorTarget, reason: unknown): ReelflowError =>
  new ReelflowError('CANCELLED', `the call of ${nameOf(target)} was aborted by its caller`, { cause: reason });

export const closed = (): ReelflowError =>
  new ReelflowError('CLOSED', 'the coordinator is closed: it makes no more calls');

export const timedOut = (
  target: CoordinatorTarget,
  kind: CallKind,
  afterMs: number,
  byDeadline: boolean,
): ReelflowError =>
  new ReelflowError(
    kind === 'api' ? 'API_TIMEOUT' : 'DB_TIMEOUT',
    byDeadline
      ? `${nameOf(target)} did not answer before the deadline`
      : `${nameOf(target)} did not answer within ${Math.round(afterMs)} ms`,
  );
