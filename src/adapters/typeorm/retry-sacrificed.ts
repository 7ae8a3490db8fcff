import { isReelflowError, ReelflowError } from '../../errors/reelflow-error.js';
import { pause } from './pause.js';

const mostAttempts = 4;
const pauseMs = 20;

/**
 * Runs a transaction again that the database gave up for another one, such as in a deadlock with the host's own
 * statements: nothing of it has happened.
 */
export async function retrySacrificed<Result>(
  transaction: () => Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === mostAttempts || !isReelflowError(error) || error.details['sacrificed'] !== true) throw error;
    }
    await pause(pauseMs * attempt, signal);
  }
}

/** The error, as one after which the same work can be done again at once. */
export const sacrificed = ({ code, message, cause, retryable, details }: ReelflowError): ReelflowError =>
  new ReelflowError(code, message, { cause, retryable, details: { ...details, sacrificed: true } });
