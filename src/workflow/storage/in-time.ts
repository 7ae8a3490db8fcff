import { ReelflowError } from '../../errors/reelflow-error.js';

/** A spool whose disk answers no more may hold up neither a search nor the end for ever. */
const spoolPatienceMs = 5000;

/** The outcome of work of the spool, or DB_TIMEOUT; what comes later is not heard. */
export function inTime<Result>(work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const late = () =>
      reject(new ReelflowError('DB_TIMEOUT', `the spool has not answered within ${spoolPatienceMs} ms`));
    const timer = setTimeout(late, spoolPatienceMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
