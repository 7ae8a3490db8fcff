import { toReelflowError } from '../errors/classify-error.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import { Alarm, nowMs } from '../resilience/clock.js';
import { linkSignal } from '../resilience/linked-signal.js';
import type { FlightTicket } from './single-flight.js';

/** How long somebody waits for the answer of an API. */
export interface Patience {
  readonly signal: AbortSignal;
  /** The time that was given to the whole of it, in milliseconds. */
  readonly patienceMs: number;
  /** When it ends: a moment of `performance.now()`. */
  readonly untilMs: number;
}

export interface SharedWork<Value> {
  /** Whose answer it is, for the error. */
  readonly of: string;
  /** Joins the work that is under way, or begins it. */
  readonly board: (signal: AbortSignal) => FlightTicket<Value>;
  /** Why a value is not all that was asked for. @default it is */
  readonly failureOf?: (value: Value) => ReelflowError | null;
}

/**
 * Waits for work that is shared with others, as long as one's own patience lasts. Work under way has the time of whoever
 * began it: when that was less than ours and it failed, it is begun anew, since more time may be all that it wanted.
 * @throws API_TIMEOUT when our own time is up, and what the work throws
 */
export async function shareInTime<Value>(
  { of, board, failureOf = () => null }: SharedWork<Value>,
  { signal, patienceMs, untilMs }: Patience,
): Promise<{ readonly value: Value; readonly started: boolean }> {
  for (;;) {
    const leaving = linkSignal(signal);
    const ticket = board(leaving.signal);
    const { started } = ticket;
    const mayBeginAnew = ({ code, retryable }: ReelflowError) =>
      !started && ticket.patienceMs < patienceMs && nowMs() < untilMs && (retryable || code === 'API_RATE_LIMITED');
    let isLate = false;
    const alarm = new Alarm(() => {
      isLate = true;
      leaving.abort(undefined);
    });
    if (!started) alarm.set(untilMs); // whoever began it has a deadline in each of its calls
    try {
      const value = await ticket.promise;
      const failure = failureOf(value);
      if (failure === null || !mayBeginAnew(failure)) return { value, started };
    } catch (thrown) {
      if (isLate) throw new ReelflowError('API_TIMEOUT', `${of} did not answer before the deadline`);
      if (!mayBeginAnew(toReelflowError(thrown, 'api'))) throw thrown;
    } finally {
      alarm.clear();
      leaving.dispose();
    }
  }
}
