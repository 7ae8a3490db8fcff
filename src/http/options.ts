import { ReelflowError } from '../errors/reelflow-error.js';
import { refuseUnknown } from '../errors/refuse-unknown.js';
import type { StatisticsRecorder } from '../monitor/statistics-recorder.js';
import { guardLogger } from '../ports/guard-logger.js';
import type { Logger } from '../ports/logger.js';

/**
 * Who may call. `'none'`: everybody who reaches the app, which then stands behind a door of its own. Tokens of `bearer`
 * may do everything, those of `readOnly` may look and start nothing.
 */
export type OrchestratorAuth =
  | 'none'
  | { readonly bearer: readonly string[]; readonly readOnly?: readonly string[] | undefined };

export interface OrchestratorOptions {
  /** There is no default: searches cost money, so who may start one is said, never assumed. */
  readonly auth: OrchestratorAuth;
  /** Where the routes begin; '' or '/': at the root. @default '/api/orchestrator' */
  readonly basePath?: string | undefined;
  /** Pages of these origins, such as 'https://app.example', may call; '*': every page. @default none may */
  readonly cors?: { readonly origins: readonly string[] | '*' } | undefined;
  /** Longest body of a request. @default 65536 */
  readonly maxBodyBytes?: number | undefined;
  /**
   * Time for one answer, in milliseconds, from 1000 up; then 504. A search's own deadline is a little shorter, so that
   * what is there by then is answered. Streams are not bound by it. @default 120000
   */
  readonly requestTimeoutMs?: number | undefined;
  /** Requests of one caller in any stretch of time; health checks do not count. @default no limit */
  readonly rateLimit?: { readonly requests: number; readonly windowMs: number } | undefined;
  /** Largest `max_reviews` of a search: posts cost money. A whole number from 0 to 1000. @default 100 */
  readonly maxReviews?: number | undefined;
  /** Searches that one caller has under way at once. @default 16 */
  readonly maxSearchesPerCaller?: number | undefined;
  /**
   * Whether `GET /movies/:tmdbId` gives posts with their text and author, at most 50,000 a day to one caller, and
   * `GET /quarantine` the raw text of posts. X's terms allow it among those who have a contract with you, never in
   * public. @default true with tokens, false with `auth: 'none'`
   */
  readonly postTexts?: boolean | undefined;
  /** Event streams that are open at once, of all callers. @default 500 */
  readonly maxStreams?: number | undefined;
  /**
   * Names the caller of a request without a token, for the limits, such as by a header that your proxy sets.
   * @default the address of the connection where the server tells it, else all are one caller
   */
  readonly callerOf?: ((request: Request) => string | undefined) | undefined;
  /** Keeps the statistics over time. @default one of its own, a sample each 10 s for an hour */
  readonly recorder?: StatisticsRecorder | undefined;
  /** @default silent */
  readonly logger?: Logger | undefined;
}

export interface ResolvedOrchestratorOptions {
  readonly auth: OrchestratorAuth;
  readonly basePath: string;
  readonly cors: { readonly origins: readonly string[] | '*' } | null;
  readonly maxBodyBytes: number;
  readonly requestTimeoutMs: number;
  readonly rateLimit: { readonly requests: number; readonly windowMs: number } | null;
  readonly maxReviews: number;
  readonly maxSearchesPerCaller: number;
  readonly postTexts: boolean;
  readonly maxStreams: number;
  readonly callerOf: ((request: Request) => string | undefined) | null;
  readonly recorder: StatisticsRecorder | null;
  readonly logger: Logger;
}

const known = {
  auth: true,
  basePath: true,
  cors: true,
  maxBodyBytes: true,
  requestTimeoutMs: true,
  rateLimit: true,
  maxReviews: true,
  maxSearchesPerCaller: true,
  postTexts: true,
  maxStreams: true,
  callerOf: true,
  recorder: true,
  logger: true,
} as const;

/** @throws INVALID_OPTIONS that names the option and what it may be */
export function resolveOptions(options: OrchestratorOptions): ResolvedOrchestratorOptions {
  if (typeof options !== 'object' || options === null) refuse('the options', "must be an object with 'auth'");
  refuseUnknown('createOrchestratorApp', options, known);
  const { callerOf, recorder, logger, postTexts } = options;
  if (postTexts !== undefined && typeof postTexts !== 'boolean') refuse('postTexts', 'must be true or false');
  if (callerOf !== undefined && typeof callerOf !== 'function')
    refuse('callerOf', 'must be a function of the request that gives a text');
  if (recorder !== undefined && typeof recorder?.samples !== 'function')
    refuse('recorder', 'must be a StatisticsRecorder');
  if (logger !== undefined && typeof logger?.error !== 'function')
    refuse('logger', 'must have debug, info, warn and error');
  return {
    auth: checkAuth(options.auth),
    basePath: checkBasePath(options.basePath),
    cors: checkCors(options.cors),
    maxBodyBytes: whole('maxBodyBytes', options.maxBodyBytes, 65_536, 1, 100_000_000),
    requestTimeoutMs: whole('requestTimeoutMs', options.requestTimeoutMs, 120_000, 1000, 2 ** 31 - 1),
    rateLimit: checkRateLimit(options.rateLimit),
    maxReviews: whole('maxReviews', options.maxReviews, 100, 0, 1000),
    maxSearchesPerCaller: whole('maxSearchesPerCaller', options.maxSearchesPerCaller, 16, 1, 10_000),
    postTexts: postTexts ?? options.auth !== 'none',
    maxStreams: whole('maxStreams', options.maxStreams, 500, 0, 100_000),
    callerOf: callerOf ?? null,
    recorder: recorder ?? null,
    logger: guardLogger(logger),
  };
}

const choices = "give { bearer: [tokens] }, or 'none' when the app stands behind a door of its own";

function checkAuth(auth: OrchestratorAuth | undefined): OrchestratorAuth {
  if (auth === 'none') return auth;
  if (typeof auth !== 'object' || auth === null) refuse('auth', `must be chosen: ${choices}`);
  refuseUnknown('auth', auth, { bearer: true, readOnly: true });
  const { bearer, readOnly = [] } = auth;
  if (!Array.isArray(bearer) || !Array.isArray(readOnly))
    refuse('auth', 'must hold lists: { bearer: [tokens], readOnly: [tokens] }');
  const tokens = [...bearer, ...readOnly];
  if (tokens.length === 0) refuse('auth', `holds no token, so that nobody could call: ${choices}`);
  if (!tokens.every((token) => typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)))
    refuse('auth', 'holds a token that is no text of visible ASCII characters: is the variable that brings it set?');
  if (new Set(tokens).size < tokens.length) refuse('auth', 'holds a token twice: say once what it may do');
  return { bearer: [...bearer], readOnly: [...readOnly] };
}

function checkBasePath(basePath: string | undefined = '/api/orchestrator'): string {
  if (basePath === '' || basePath === '/') return '';
  if (typeof basePath !== 'string' || !/^(\/[\w.~-]+)+$/.test(basePath))
    refuse('basePath', "must be a path such as '/api/orchestrator', without a slash at its end");
  return basePath;
}

function checkCors(cors: OrchestratorOptions['cors']): ResolvedOrchestratorOptions['cors'] {
  if (cors === undefined) return null;
  const { origins } = cors ?? {};
  if (origins === '*') return { origins };
  const isOrigin = (origin: unknown) =>
    typeof origin === 'string' && URL.canParse(origin) && new URL(origin).origin === origin;
  if (!Array.isArray(origins) || !origins.every(isOrigin))
    refuse('cors', "must be { origins: ['https://app.example'] }, each without a path, or { origins: '*' }");
  return { origins: [...origins] };
}

function checkRateLimit(limit: OrchestratorOptions['rateLimit']): ResolvedOrchestratorOptions['rateLimit'] {
  if (limit === undefined) return null;
  if (typeof limit !== 'object' || limit === null)
    refuse('rateLimit', 'must be { requests, windowMs }, such as { requests: 300, windowMs: 60_000 }');
  return {
    requests: whole('rateLimit.requests', limit.requests, Number.NaN, 1, 1_000_000),
    windowMs: whole('rateLimit.windowMs', limit.windowMs, Number.NaN, 1, 86_400_000),
  };
}

function whole(option: string, value: number | undefined, standard: number, least: number, most: number): number {
  const given = value ?? standard;
  if (!Number.isInteger(given) || given < least || given > most)
    refuse(option, `must be a whole number from ${least} to ${most}, got ${String(value)}`);
  return given;
}

function refuse(option: string, reason: string): never {
  throw new ReelflowError('INVALID_OPTIONS', `${option} ${reason}`);
}
