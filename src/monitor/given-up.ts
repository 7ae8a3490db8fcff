import type { TargetStatistics } from '../coordinator/coordinator-statistics.js';

/** Calls that their callers gave up, such as clients that went away: they say nothing of who was called. */
export const givenUp = ({
  errorCounts: { CANCELLED = 0, CLOSED = 0 },
}: Pick<TargetStatistics, 'errorCounts'>): number => CANCELLED + CLOSED;
