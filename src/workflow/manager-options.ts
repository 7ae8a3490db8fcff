import { MovieSentimentAnalyzer } from '../analysis/movie-sentiment-analyzer.js';
import { AutomatedCoordinator } from '../coordinator/automated-coordinator.js';
import { checkBudget, checkInstrumentation } from '../coordinator/check-options.js';
import type { CoordinatorOptions } from '../coordinator/coordinator-options.js';
import { GuardedInstrumentation } from '../coordinator/guarded-instrumentation.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import { refuseUnknown } from '../errors/refuse-unknown.js';
import { shown } from '../errors/shown.js';
import { guardLogger } from '../ports/guard-logger.js';
import type { Instrumentation } from '../ports/instrumentation.js';
import type { Logger } from '../ports/logger.js';
import type { MovieApiClient } from '../ports/movie-api-client.js';
import type { Recommender } from '../ports/recommender.js';
import type { Repository, Retention } from '../ports/repository.js';
import type { ResponseCache } from '../ports/response-cache.js';
import type { ReviewApiClient } from '../ports/review-api-client.js';
import type { SentimentAnalyzer } from '../ports/sentiment-analyzer.js';
import type { Spool } from '../ports/spool.js';
import { MovieRecommender } from '../recommend/movie-recommender.js';
import type { SpendLimits } from '../resilience/spend-budget.js';
import { type MovieCacheTimes, resolveCacheTimes } from './cache/movie-cache-times.js';
import { createSpool, defaultCache, defaultSpool, type SpoolDirectory } from './default-adapters.js';
import type { SearchWorkflow } from './search-workflow.js';

export interface Freshness {
  /** A stored film is used up to this age, in milliseconds. @default 86400000 (a day) */
  readonly movieMs?: number | undefined;
  /** Stored posts are used up to this age. @default 21600000 (six hours) */
  readonly reviewsMs?: number | undefined;
}

/** How long data is kept, in milliseconds; Infinity: for ever. */
export interface RetentionOptions {
  /** Films not fetched anew. @default 15552000000 (180 days: TMDB's terms forbid to keep its data for longer than six months) */
  readonly movieMs?: number | undefined;
  /** Texts of posts; ids and scores stay. @default 2592000000 (30 days) */
  readonly reviewTextMs?: number | undefined;
  /** Records in quarantine. @default 2592000000 (30 days) */
  readonly quarantineMs?: number | undefined;
  /** Records of runs that have ended. @default 15552000000 (180 days) */
  readonly runMs?: number | undefined;
}

export interface ManagerOptions {
  readonly movies: MovieApiClient;
  /**
   * One source of posts, or several: they share `maxReviews` evenly. Names must differ. An empty array: no posts are
   * collected, and stored ones are used.
   */
  readonly reviews: ReviewApiClient | readonly ReviewApiClient[];
  readonly repository: Repository;
  /** Options, or a coordinator of yours, which the manager does not close. */
  readonly coordinator?: CoordinatorOptions | AutomatedCoordinator | undefined;
  /** @default MovieSentimentAnalyzer */
  readonly sentiment?: SentimentAnalyzer | undefined;
  /** Whether posts that were liked, shared and answered more weigh more in the average. @default 'equal' */
  readonly sentimentWeighting?: 'equal' | 'engagement' | undefined;
  /** @default MovieRecommender */
  readonly recommender?: Recommender | undefined;
  readonly freshness?: Freshness | undefined;
  /** Keeps the answers of `movies`; false: none is kept. @default MemoryResponseCache */
  readonly cache?: ResponseCache | false | undefined;
  /** How long the cache's answers are used; never longer than `freshness.movieMs` unasked. */
  readonly cacheTimes?: MovieCacheTimes | undefined;
  /** What is older is dropped, a slice at a time, when `sweepRetention()` is called, and once an hour after a search. */
  readonly retention?: RetentionOptions | undefined;
  /**
   * Takes writes while the database cannot; replayed when it can. false: a write that fails has failed.
   * @default files below `.reelflow/spool`, a directory for each database; none for a repository in memory
   */
  readonly spool?: Spool | SpoolDirectory | false | undefined;
  /** @default none; with a coordinator of yours, give it the budget instead */
  readonly budget?: SpendLimits | undefined;
  /** Searches that run at once: a whole number from 1 up. @default 16 */
  readonly maxConcurrentWorkflows?: number | undefined;
  /** A whole number from 1 to 100. @default 10 */
  readonly recommendationLimit?: number | undefined;
  /** Continues the runs that a crash cut, in the background. @default false */
  readonly resumeOnStart?: boolean | undefined;
  /** Replaces the six steps. */
  readonly workflow?: SearchWorkflow | undefined;
  /** @default silent */
  readonly logger?: Logger | undefined;
  /**
   * Hears searches, runs and steps, and, unless the coordinator is yours, calls and attempts, such as
   * `createInstrumentation()` of reelflow/otel. @default none
   */
  readonly instrumentation?: Instrumentation | undefined;
  /** Chance for the jitter, in [0, 1). @default Math.random */
  readonly random?: (() => number) | undefined;
  /** Goes before the path of a poster. @default 'https://image.tmdb.org/t/p/w500' */
  readonly posterBaseUrl?: string | undefined;
}

export interface ResolvedManagerOptions {
  readonly movies: MovieApiClient;
  readonly reviews: readonly ReviewApiClient[];
  readonly repository: Repository;
  readonly coordinator: AutomatedCoordinator;
  readonly ownsCoordinator: boolean;
  readonly sentiment: SentimentAnalyzer;
  readonly sentimentWeighting: 'equal' | 'engagement';
  readonly recommender: Recommender;
  readonly freshness: { readonly movieMs: number; readonly reviewsMs: number };
  readonly retention: Required<Retention>;
  readonly spool: Spool | null;
  readonly cache: ResponseCache | null;
  readonly cacheTimes: MovieCacheTimes;
  readonly maxConcurrentWorkflows: number;
  readonly recommendationLimit: number;
  readonly resumeOnStart: boolean;
  readonly workflow: SearchWorkflow | undefined;
  readonly logger: Logger;
  readonly instrumentation: GuardedInstrumentation | undefined;
  readonly posterBaseUrl: string;
}

const dayMs = 86_400_000;
const known = {
  movies: true,
  reviews: true,
  repository: true,
  coordinator: true,
  sentiment: true,
  sentimentWeighting: true,
  recommender: true,
  freshness: true,
  cache: true,
  cacheTimes: true,
  retention: true,
  spool: true,
  budget: true,
  maxConcurrentWorkflows: true,
  recommendationLimit: true,
  resumeOnStart: true,
  workflow: true,
  logger: true,
  instrumentation: true,
  random: true,
  posterBaseUrl: true,
} as const;
const knownAges = { movieMs: true, reviewsMs: true } as const;
const knownRetention = { movieMs: true, reviewTextMs: true, quarantineMs: true, runMs: true } as const;
const spoolMethods = ['append', 'read', 'acknowledge', 'setAside', 'forget', 'size'] as const;
const wantedSpool = `must be { directory: 'a path' }, false, or an object with ${spoolMethods.join(', ')}`;
const repositoryMethods = ['apply', 'findMovie', 'findReviews', 'catalogue', 'createRun'] as const;

/** Stores keep it with each post or score. */
const isName = (name: unknown): boolean => typeof name === 'string' && /^\P{Cc}{1,100}$/u.test(name);
const whatNamesAre = 'of 1 to 100 characters';

/** Checks everything once; inside, nothing is optional. @throws INVALID_OPTIONS that names the option */
export function resolveManagerOptions(options: ManagerOptions): ResolvedManagerOptions {
  if (typeof options !== 'object' || options === null)
    refuse('the options', 'must be an object with movies, reviews and repository');
  const { movies, repository, coordinator, freshness = {}, retention = {}, posterBaseUrl } = options;
  refuseUnknown('AutomatedWorkflowManager', options, known);
  refuseUnknown('freshness', freshness, knownAges);
  refuseUnknown('retention', retention, knownRetention);
  if (options.logger !== undefined) needs('logger', options.logger, ['debug', 'info', 'warn', 'error']);
  const logger = guardLogger(options.logger);
  const reviews = (Array.isArray(options.reviews) ? options.reviews : [options.reviews]) as readonly ReviewApiClient[];
  needs('movies', movies, ['searchMovies', 'getMovie']);
  for (const [index, client] of reviews.entries())
    needs(Array.isArray(options.reviews) ? `reviews[${index}]` : 'reviews', client, ['searchReviews']);
  const names = [movies.name, ...reviews.map(({ name }) => name)];
  if (!names.every(isName)) refuse('movies and reviews', `must each have a name, ${whatNamesAre}`);
  if (new Set(names).size < names.length)
    refuse('movies and reviews', `must have different names, got ${names.join(', ')}`);
  needs('repository', repository, repositoryMethods);
  if (options.sentiment !== undefined) needs('sentiment', options.sentiment, ['analyze']);
  if (options.sentiment !== undefined && !isName(options.sentiment.name))
    refuse('sentiment', `must have a name, ${whatNamesAre}`);
  if (![undefined, 'equal', 'engagement'].includes(options.sentimentWeighting))
    refuse('sentimentWeighting', "must be 'equal' or 'engagement'");
  if (options.recommender !== undefined) needs('recommender', options.recommender, ['index', 'recommend']);
  if (options.budget !== undefined) checkBudget(options.budget);
  if (options.workflow !== undefined && typeof options.workflow !== 'function')
    refuse('workflow', 'must be a function');
  if (options.resumeOnStart !== undefined && typeof options.resumeOnStart !== 'boolean')
    refuse('resumeOnStart', `must be true or false, got ${shown(options.resumeOnStart)}`);
  if (posterBaseUrl !== undefined && typeof posterBaseUrl !== 'string')
    refuse('posterBaseUrl', `must be a text, got ${shown(posterBaseUrl)}`);
  if (coordinator !== undefined && (typeof coordinator !== 'object' || coordinator === null))
    refuse('coordinator', `must be an object of options, or an AutomatedCoordinator, got ${shown(coordinator)}`);
  const { instrumentation } = options;
  if (instrumentation !== undefined) checkInstrumentation(instrumentation);
  const given = coordinator instanceof AutomatedCoordinator ? coordinator : undefined;
  const settings = given === undefined ? (coordinator as CoordinatorOptions | undefined) : undefined;
  if (options.budget !== undefined && settings?.budget !== undefined)
    refuse('budget', 'is also among the options of coordinator: give one of the two');
  if (given !== undefined && options.budget !== undefined)
    refuse('budget', 'belongs to the coordinator when you bring one: give it there');
  return {
    movies,
    reviews,
    repository,
    coordinator: given ?? newCoordinator(settings, options),
    ownsCoordinator: given === undefined,
    sentiment: options.sentiment ?? new MovieSentimentAnalyzer(),
    sentimentWeighting: options.sentimentWeighting ?? 'equal',
    recommender: options.recommender ?? new MovieRecommender(posterBaseUrl === undefined ? {} : { posterBaseUrl }),
    freshness: {
      movieMs: age('freshness.movieMs', freshness.movieMs, dayMs),
      reviewsMs: age('freshness.reviewsMs', freshness.reviewsMs, dayMs / 4),
    },
    retention: {
      movieMs: age('retention.movieMs', retention.movieMs, 180 * dayMs),
      reviewTextMs: age('retention.reviewTextMs', retention.reviewTextMs, 30 * dayMs),
      quarantineMs: age('retention.quarantineMs', retention.quarantineMs, 30 * dayMs),
      runMs: age('retention.runMs', retention.runMs, 180 * dayMs),
    },
    cache: cacheOf(options.cache),
    cacheTimes: timesOf(options.cacheTimes, age('freshness.movieMs', freshness.movieMs, dayMs)),
    spool: spoolOf(options.spool, repository, logger),
    maxConcurrentWorkflows: whole('maxConcurrentWorkflows', options.maxConcurrentWorkflows, 16, 100_000),
    recommendationLimit: whole('recommendationLimit', options.recommendationLimit, 10, 100),
    resumeOnStart: options.resumeOnStart ?? false,
    workflow: options.workflow,
    logger,
    instrumentation: instrumentation === undefined ? undefined : new GuardedInstrumentation(instrumentation, logger),
    posterBaseUrl: posterBaseUrl ?? 'https://image.tmdb.org/t/p/w500',
  };
}

function newCoordinator(
  options: CoordinatorOptions | undefined,
  { logger, budget, random, instrumentation }: ManagerOptions,
): AutomatedCoordinator {
  return new AutomatedCoordinator({
    ...(logger === undefined ? {} : { logger }),
    ...(budget === undefined ? {} : { budget }),
    ...(random === undefined ? {} : { random }),
    ...(instrumentation === undefined ? {} : { instrumentation }),
    // One that is there and undefined was left out: a budget must not go with it.
    ...Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value !== undefined)),
  });
}

function cacheOf(given: ManagerOptions['cache']): ResponseCache | null {
  if (given === false) return null;
  if (given === undefined) return defaultCache();
  needs('cache', given, ['get', 'set', 'delete']);
  return given;
}

/** A host that wants a film anew after a minute does not want a cached one of an hour. */
function timesOf(given: MovieCacheTimes | undefined, freshMs: number): MovieCacheTimes {
  const { searchMs, detailsMs, keepMs } = resolveCacheTimes(given);
  const most = Math.floor(Math.min(freshMs, keepMs));
  return { ...given, searchMs: Math.min(searchMs, most), detailsMs: Math.min(detailsMs, most) };
}

function spoolOf(given: ManagerOptions['spool'], repository: Repository, logger: Logger): Spool | null {
  if (given === false) return null;
  if (given === undefined) return defaultSpool(repository, logger);
  if (typeof given === 'object' && given !== null) {
    if ('directory' in given) return createSpool(given, logger);
    if (spoolMethods.some((method) => method in given)) needs('spool', given, spoolMethods);
    else refuse('spool', wantedSpool);
  } else refuse('spool', wantedSpool);
  return given;
}

function refuse(option: string, why: string): never {
  throw new ReelflowError('INVALID_OPTIONS', `${option} ${why}`);
}

function needs(option: string, value: unknown, methods: readonly string[]): void {
  const wanted = `an object with ${methods.join(', ')}`;
  if (value === undefined || value === null) refuse(option, `is missing: give ${wanted}`);
  if (typeof value === 'function') refuse(option, `must be ${wanted}, got a function`);
  if (typeof value !== 'object') refuse(option, `must be ${wanted}, got ${shown(value)}`);
  if ('then' in value && typeof value.then === 'function') refuse(option, 'is a Promise: await it first');
  const missing = methods.filter((method) => typeof Reflect.get(value, method) !== 'function');
  if (missing.length > 0) refuse(option, `has no method ${missing.join(', ')}`);
}

function whole(option: string, value: number | undefined, standard: number, most: number): number {
  if (value === undefined) return standard;
  if (!Number.isInteger(value) || value < 1 || value > most)
    refuse(option, `must be a whole number from 1 to ${most}, got ${shown(value)}`);
  return value;
}

function age(option: string, value: number | undefined, standard: number): number {
  if (value === undefined) return standard;
  if (typeof value !== 'number' || !(value >= 0))
    refuse(option, `must be a number of milliseconds from 0 up, got ${shown(value)}`);
  return value;
}
