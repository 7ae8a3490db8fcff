import { ReelflowError } from '../../errors/reelflow-error.js';
import type { SessionLimits } from './session-limits.js';
import { cancelled } from './write-queue.js';

/**
 * Waits for a driver's work until the time is over or the signal aborts. What comes later is not heard any more.
 * @param leave - called when the work is not waited for any longer; its own end is awaited before the error goes on
 * @throws DB_TIMEOUT, CANCELLED
 */
export async function bounded<Result>(
  work: Promise<Result>,
  { timeoutMs, signal }: SessionLimits,
  leave: () => Promise<void> | void,
): Promise<Result> {
  let stop: () => void = () => undefined;
  let left: unknown;
  const interrupted = new Promise<never>((_resolve, reject) => {
    const end = (error: ReelflowError) => {
      left = leave();
      reject(error);
    };
    const abort = () => end(cancelled(signal));
    const timer = setTimeout(
      () => end(new ReelflowError('DB_TIMEOUT', `the database has not answered within ${timeoutMs} ms`)),
      timeoutMs,
    );
    signal?.addEventListener('abort', abort, { once: true });
    stop = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };
  });
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    stop();
    await left;
  }
}
