import type { ErrorCode } from '../errors/error-code.js';
import { ReelflowError } from '../errors/reelflow-error.js';

/** What the process says when it ends; docs/cli.md holds the same table. */
export const exitCodes = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  filmNotFound: 3,
  api: 4,
  database: 5,
  /** Only with --strict: there is a result, but something was missing. */
  degraded: 6,
  interrupted: 130,
  terminated: 143,
} as const;

export type InterruptSignal = 'SIGINT' | 'SIGTERM';

/** The reason to abort with when the process is told to end. */
export const interrupted = (signal: InterruptSignal): ReelflowError =>
  new ReelflowError('CANCELLED', `stopped by ${signal}`, { details: { signal } });

/** The exit code of an abort, by its reason. */
export const exitCodeOfInterrupt = (reason: unknown): number =>
  reason instanceof ReelflowError && reason.details['signal'] === 'SIGTERM'
    ? exitCodes.terminated
    : exitCodes.interrupted;

export function exitCodeOf(code: ErrorCode): number {
  if (code === 'MOVIE_NOT_FOUND') return exitCodes.filmNotFound;
  if (code === 'INVALID_INPUT' || code === 'INVALID_OPTIONS' || code === 'DEPENDENCY_MISSING') return exitCodes.usage;
  if (code === 'CIRCUIT_OPEN' || code.startsWith('API_')) return exitCodes.api;
  if (code.startsWith('DB_')) return exitCodes.database;
  return code === 'CANCELLED' ? exitCodes.interrupted : exitCodes.unexpected;
}
