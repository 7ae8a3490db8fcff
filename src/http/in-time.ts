import { ReelflowError } from '../errors/reelflow-error.js';
import { linkSignal } from '../resilience/linked-signal.js';
import { RequestRefused } from './problem.js';

/**
 * Work that ends in time or is answered for with 504. Its signal aborts then, and when the client has left.
 * @throws what the work throws, RequestRefused with 504
 */
export function inTime<Result>(
  timeoutMs: number,
  client: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const linked = linkSignal(client);
  return new Promise<Result>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new RequestRefused(504, 'TIMEOUT', `there was no answer within ${timeoutMs} ms`));
      linked.abort(new ReelflowError('CANCELLED', 'the time of the request is up'));
    }, timeoutMs);
    work(linked.signal)
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
        linked.dispose();
      });
  });
}
