import { ReelflowError } from '../errors/reelflow-error.js';
import { checkFaults } from './faults/check-faults.js';
import type { SandboxFault } from './faults/fault.js';
import { longestMs } from './faults/fault-rules.js';
import type { SandboxFilm } from './film.js';
import type { SandboxService } from './sandbox-service.js';
import type { SandboxVocabulary } from './x/vocabulary.js';

export interface SandboxLimit {
  readonly calls: number;
  readonly windowMs: number;
}

export interface SandboxOptions {
  /** @default a free one */
  readonly port?: number | undefined;
  /** Films of yours, or the path of a JSON-lines file, gzip allowed. @default some 300 well-known ones */
  readonly movies?: readonly SandboxFilm[] | string | undefined;
  /** From the arrival of a request to its answer, in milliseconds. @default 0 */
  readonly latencyMs?: number | Partial<Readonly<Record<SandboxService, number>>> | undefined;
  /** Answers 429 above this. @default X: 450 in 15 minutes; TMDB: 50 in a second */
  readonly limits?: Partial<Readonly<Record<SandboxService, SandboxLimit>>> | undefined;
  /** What goes wrong, in this order. @default nothing */
  readonly faults?: readonly SandboxFault[] | undefined;
  /** Makes the posts: the same seed, the same texts. @default 1 */
  readonly seed?: number | undefined;
  /** X's names that are taken; the others are a 400. @default 'both': each request is answered in the names it is put in */
  readonly vocabulary?: SandboxVocabulary | 'both' | undefined;
  /** Whether a search finds retweets, as X's did until May 2026. @default false */
  readonly retweets?: boolean | undefined;
}

export interface ResolvedSandboxOptions {
  readonly port: number;
  readonly movies: readonly SandboxFilm[] | string | undefined;
  readonly latencyMs: Readonly<Record<SandboxService, number>>;
  readonly limits: Readonly<Record<SandboxService, SandboxLimit>>;
  readonly faults: readonly SandboxFault[];
  readonly seed: number;
  readonly vocabulary: SandboxVocabulary | 'both';
  readonly retweets: boolean;
}

const known = ['port', 'movies', 'latencyMs', 'limits', 'faults', 'seed', 'vocabulary', 'retweets'];
const services = ['tmdb', 'x'];
const standardLimits = { tmdb: { calls: 50, windowMs: 1000 }, x: { calls: 450, windowMs: 900_000 } };

/** @throws INVALID_OPTIONS that names the option, and what would do */
export function resolveSandboxOptions(options: SandboxOptions): ResolvedSandboxOptions {
  const {
    port = 0,
    movies,
    latencyMs = 0,
    limits = {},
    faults = [],
    seed = 1,
    vocabulary = 'both',
    retweets = false,
  } = options;
  const odd = Object.keys(options).find((name) => !known.includes(name));
  if (odd !== undefined) refuse(odd, `is no option; there are ${known.join(', ')}`);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) refuse('port', 'must be a whole number from 0 to 65535');
  if (movies !== undefined && typeof movies !== 'string' && !Array.isArray(movies))
    refuse('movies', 'must be an array of films, or the path of a file with one film a line');
  if (!Number.isSafeInteger(seed)) refuse('seed', 'must be a whole number');
  if (!['tweet', 'post', 'both'].includes(vocabulary)) refuse('vocabulary', "must be 'tweet', 'post' or 'both'");
  if (typeof retweets !== 'boolean') refuse('retweets', 'must be true or false');
  checkFaults(faults, 'startSandbox');
  return {
    port,
    movies,
    latencyMs: resolveLatency(latencyMs),
    limits: resolveLimits(limits),
    faults,
    seed,
    vocabulary,
    retweets,
  };
}

function resolveLatency(given: NonNullable<SandboxOptions['latencyMs']>): ResolvedSandboxOptions['latencyMs'] {
  if (typeof given !== 'number') checkServices('latencyMs', given, 'a number of milliseconds, or ');
  const { tmdb = 0, x = 0 } = typeof given === 'number' ? { tmdb: given, x: given } : given;
  for (const ms of [tmdb, x]) {
    if (!(ms >= 0 && ms <= longestMs)) refuse('latencyMs', `must be from 0 to ${longestMs} milliseconds`);
  }
  return { tmdb, x };
}

function resolveLimits(given: NonNullable<SandboxOptions['limits']>): ResolvedSandboxOptions['limits'] {
  checkServices('limits', given);
  const { tmdb = standardLimits.tmdb, x = standardLimits.x } = given;
  for (const limit of [tmdb, x]) {
    if (!(Number.isInteger(limit?.calls) && limit.calls > 0 && limit.windowMs > 0))
      refuse('limits', 'must have calls and windowMs above 0');
  }
  return { tmdb, x };
}

function checkServices(option: string, given: object, or = ''): void {
  if (typeof given !== 'object' || given === null || Object.keys(given).some((name) => !services.includes(name)))
    refuse(option, `must be ${or}an object with 'tmdb', 'x' or both`);
}

function refuse(option: string, why: string): never {
  throw new ReelflowError('INVALID_OPTIONS', `startSandbox: ${option} ${why}`);
}
