import { ReelflowError } from '../errors/reelflow-error.js';
import type { SandboxFault } from './faults.js';
import type { SandboxFilm } from './film.js';
import type { SandboxService } from './sandbox-service.js';

export interface SandboxLimit {
  readonly calls: number;
  readonly windowMs: number;
}

export interface SandboxOptions {
  /** @default a free one */
  readonly port?: number | undefined;
  /** Films of yours, or the path of a JSON-lines file, gzip allowed. @default some 300 well-known ones */
  readonly movies?: readonly SandboxFilm[] | string | undefined;
  /** Before each answer, in milliseconds. @default 0 */
  readonly latencyMs?: number | Partial<Readonly<Record<SandboxService, number>>> | undefined;
  /** Answers 429 above this. @default X: 450 in 15 minutes; TMDB: 50 in a second */
  readonly limits?: Partial<Readonly<Record<SandboxService, SandboxLimit>>> | undefined;
  /** What goes wrong, in this order. @default nothing */
  readonly faults?: readonly SandboxFault[] | undefined;
  /** Makes the posts: the same seed, the same texts. @default 1 */
  readonly seed?: number | undefined;
}

export interface ResolvedSandboxOptions {
  readonly port: number;
  readonly movies: readonly SandboxFilm[] | string | undefined;
  readonly latencyMs: Readonly<Record<SandboxService, number>>;
  readonly limits: Readonly<Record<SandboxService, SandboxLimit>>;
  readonly faults: readonly SandboxFault[];
  readonly seed: number;
}

/** @throws INVALID_OPTIONS that names the option */
export function resolveSandboxOptions({
  port = 0,
  movies,
  latencyMs = 0,
  limits = {},
  faults = [],
  seed = 1,
}: SandboxOptions): ResolvedSandboxOptions {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) refuse('port', 'must be a whole number from 0 to 65535');
  if (!Number.isInteger(seed)) refuse('seed', 'must be a whole number');
  if (!Array.isArray(faults)) refuse('faults', 'must be an array');
  const latency = typeof latencyMs === 'number' ? { tmdb: latencyMs, x: latencyMs } : { tmdb: 0, x: 0, ...latencyMs };
  for (const ms of Object.values(latency))
    if (!(ms >= 0 && ms <= 600_000)) refuse('latencyMs', 'must be from 0 to 600000 milliseconds');
  const standard = { tmdb: { calls: 50, windowMs: 1000 }, x: { calls: 450, windowMs: 900_000 } };
  for (const limit of Object.values(limits)) {
    if (!(Number.isInteger(limit?.calls) && limit.calls > 0 && limit.windowMs > 0))
      refuse('limits', 'must have calls and windowMs above 0');
  }
  return { port, movies, latencyMs: latency, limits: { ...standard, ...limits }, faults, seed };
}

function refuse(option: string, why: string): never {
  throw new ReelflowError('INVALID_OPTIONS', `startSandbox: ${option} ${why}`);
}
