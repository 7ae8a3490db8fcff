import { ReelflowError } from '../../errors/reelflow-error.js';
import { nowMs } from '../../resilience/clock.js';
import type { BeginOptions } from './dialect.js';
import { pause } from './pause.js';

/** The first pause, doubled up to the longest: short waits are the rule, long ones must not load the server. */
const firstPauseMs = 2;
const longestPauseMs = 50;

/**
 * Asks for a lock until it is had.
 * @throws DB_CONFLICT when it is not had in time, CANCELLED
 */
export async function waitFor(
  ask: () => Promise<boolean>,
  { timeoutMs, signal }: Pick<BeginOptions, 'timeoutMs' | 'signal'>,
): Promise<void> {
  const untilMs = nowMs() + timeoutMs;
  for (let pauseMs = firstPauseMs; !(await ask()); pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
    if (nowMs() >= untilMs) throw new ReelflowError('DB_CONFLICT', 'another writer has not ended in time');
    await pause(pauseMs, signal);
  }
}
