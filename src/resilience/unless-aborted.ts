import { throwIfAborted } from '../errors/throw-if-aborted.js';

/**
 * The outcome of work that may be deaf to its signal. What comes after the abort is not heard.
 * @throws the signal's reason when that is a ReelflowError, else CANCELLED
 */
export async function unlessAborted<Result>(
  work: Promise<Result>,
  signal: AbortSignal | undefined,
  what: string,
): Promise<Result> {
  if (signal === undefined) return work;
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    const leave = () => {
      try {
        throwIfAborted(signal, what);
      } catch (error) {
        reject(error);
      }
    };
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    stop = () => signal.removeEventListener('abort', leave);
  });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    stop();
  }
}
