import { ReelflowError } from '../errors/reelflow-error.js';
import type { Gate, GatePass } from '../resilience/gate.js';
import type { SearchRequest } from './search-request.js';

/** Infinity as the deadline: whenever. */
type Wait = Pick<SearchRequest, 'priority' | 'deadlineMs'>;

/**
 * Waits until a search may run.
 * @throws CANCELLED; API_RATE_LIMITED when its deadline comes first
 */
export function turnOf(turns: Gate, { priority, deadlineMs }: Wait, signal: AbortSignal): Promise<GatePass> {
  return new Promise<GatePass>((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    let isSettled = false;
    const settle = () => {
      isSettled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
    const leave = (error: ReelflowError) => {
      settle();
      turns.leave(waiter);
      reject(error);
    };
    const abort = () => leave(new ReelflowError('CANCELLED', 'the search was aborted', { cause: signal.reason }));
    const waiter = {
      priority,
      deadlineAtMs: Number.POSITIVE_INFINITY,
      admit: () => null,
      onWait: () => undefined,
      refuse: (error: ReelflowError) => {
        settle();
        reject(error);
      },
      start: (pass: GatePass) => {
        settle();
        resolve(pass);
      },
    };
    const late = 'too many searches run at once: this one had no turn before its deadline';
    const tooLate = () => leave(new ReelflowError('API_RATE_LIMITED', late, { retryable: false }));
    if (signal.aborted) return abort();
    turns.enter(waiter);
    if (isSettled) return;
    if (Number.isFinite(deadlineMs)) timer = setTimeout(tooLate, Math.min(deadlineMs, 2 ** 31 - 1));
    signal.addEventListener('abort', abort, { once: true });
  });
}
