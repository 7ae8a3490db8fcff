import { ReelflowError } from '../../errors/reelflow-error.js';
import { refuseUnknown } from '../../errors/refuse-unknown.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** TMDB's terms: nothing is kept longer than six months. */
const longestKeepMs = 180 * dayMs;
const known = {
  searchMs: true,
  detailsMs: true,
  nothingFoundMs: true,
  revalidateMs: true,
  keepMs: true,
  timeLimitMs: true,
} as const;
const longestTimeLimitMs = 60_000;

/** How long what a provider said of films is used. Milliseconds, whole numbers; 0 switches a use off. */
export interface MovieCacheTimes {
  /** The most that candidates of a search are used unasked; a shorter `max-age` of the provider wins. @default 3600000 (an hour) */
  readonly searchMs?: number | undefined;
  /** The same for details of a film. @default 86400000 (a day) */
  readonly detailsMs?: number | undefined;
  /** The same for "there is no such film". It is never used beyond that. @default 600000 (ten minutes) */
  readonly nothingFoundMs?: number | undefined;
  /**
   * How long after that time an answer is still given at once, while one call in the background renews it.
   * @default as long as the answer was used unasked
   */
  readonly revalidateMs?: number | undefined;
  /**
   * How long an answer is kept after the provider gave or confirmed it, for the time in which it cannot answer. Bounds
   * all of the above; at most 15552000000 (180 days). @default 604800000 (seven days)
   */
  readonly keepMs?: number | undefined;
  /** For each call of the cache, from 1 to 60000; a slower answer is a miss. @default 250 */
  readonly timeLimitMs?: number | undefined;
}

export interface ResolvedCacheTimes {
  readonly searchMs: number;
  readonly detailsMs: number;
  readonly nothingFoundMs: number;
  /** null: as long as the answer was used unasked. */
  readonly revalidateMs: number | null;
  readonly keepMs: number;
  readonly timeLimitMs: number;
}

/** @throws INVALID_OPTIONS that names the option */
export function resolveCacheTimes(times: MovieCacheTimes = {}): ResolvedCacheTimes {
  refuseUnknown('cacheTimes', times, known);
  const { searchMs = hourMs, detailsMs = dayMs, nothingFoundMs = hourMs / 6, revalidateMs } = times;
  const { keepMs = 7 * dayMs, timeLimitMs = 250 } = times;
  return {
    searchMs: check('searchMs', searchMs),
    detailsMs: check('detailsMs', detailsMs),
    nothingFoundMs: check('nothingFoundMs', nothingFoundMs),
    revalidateMs: revalidateMs === undefined ? null : check('revalidateMs', revalidateMs),
    keepMs: check('keepMs', keepMs),
    timeLimitMs: check('timeLimitMs', timeLimitMs, 1, longestTimeLimitMs),
  };
}

function check(option: string, value: number, least = 0, most = longestKeepMs): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ReelflowError(
    'INVALID_OPTIONS',
    `cacheTimes.${option} must be a whole number from ${least} to ${most}, got ${value}`,
  );
}
