import { randomUUID } from 'node:crypto';
import type { AutomatedCoordinator } from '../coordinator/automated-coordinator.js';
import type { CallOptions } from '../coordinator/call-options.js';
import type { CoordinatorEvent } from '../coordinator/coordinator-event.js';
import { logCoordinatorEvent } from '../coordinator/log-event.js';
import type { QuarantinedRecord } from '../domain/records.js';
import type { SearchOptions, WorkflowResult, WorkflowRun } from '../domain/workflow-run.js';
import { toReelflowError } from '../errors/classify-error.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import type { QuarantineQuery } from '../ports/repository.js';
import type { WorkflowEvents } from '../trigger/workflow-events.js';
import { WorkflowTrigger } from '../trigger/workflow-trigger.js';
import type { AutomationStatistics } from './automation-statistics.js';
import type { CachedMovies } from './cache/cached-movies.js';
import { createCachedMovies } from './cache/create-cached-movies.js';
import { checkGraceMs, closeManager } from './close-manager.js';
import { collectData, type DataCollection } from './data-collection.js';
import { type DatabaseInput, type DatabaseReport, storeData } from './database-operations.js';
import { createPublisher } from './event-publisher.js';
import { forgetReviews } from './forget-reviews.js';
import { hostWorkflow } from './host-workflow.js';
import { leaseMs } from './lease-keeper.js';
import { type ManagerOptions, type ResolvedManagerOptions, resolveManagerOptions } from './manager-options.js';
import { type ManagerStatus, StatusReader } from './manager-status.js';
import { PendingDeliveries } from './pending-deliveries.js';
import { listQuarantine, type QuarantineRetry, retryQuarantined } from './quarantine.js';
import { resumeRuns } from './resume-runs.js';
import { RetentionSweeper, type SweepTotals } from './retention-sweeper.js';
import { type ActiveRun, RunStarter } from './run-starter.js';
import type { SearchHandle } from './search-handle.js';
import { parseSearchRequest } from './search-request.js';
import type { SearchWorkflow } from './search-workflow.js';
import { SharedSearches } from './shared-searches.js';
import { StorageWriter } from './storage/storage-writer.js';
import { findStoredFilm, type StoredFilm, type StoredFilmOptions } from './stored-film.js';
import { recommendStored, type StoredFilmChoice, type StoredRecommendationOptions } from './stored-recommendations.js';
import { UserSearches } from './user-searches.js';
import { WorkflowCounters } from './workflow-counters.js';

const recentTriggers = 10;

/**
 * Searches a film and does everything else by itself. It wires the parts and decides their order; the rules live in them.
 * It owns what it was given: `close()` closes the clients and the repository, and the coordinator when it made it.
 * @throws INVALID_OPTIONS that names the option
 */
export class AutomatedWorkflowManager {
  readonly trigger = new WorkflowTrigger<WorkflowEvents>();
  readonly coordinator: AutomatedCoordinator;
  readonly #options: ResolvedManagerOptions;
  readonly #counters = new WorkflowCounters();
  readonly #pending: PendingDeliveries;
  readonly #writer: StorageWriter;
  readonly #sweeper: RetentionSweeper;
  readonly #movies: CachedMovies;
  readonly #starter: RunStarter;
  readonly #searches: SharedSearches;
  readonly #userSearches: UserSearches;
  readonly #status: StatusReader;
  readonly #resuming = new Set<Promise<unknown>>();
  readonly #stopping = new AbortController();
  readonly #cut = new AbortController();
  readonly #unsubscribe: () => void;
  #closing: Promise<void> | undefined;

  constructor(options: ManagerOptions) {
    this.#options = resolveManagerOptions(options);
    const { coordinator, movies, reviews, ownsCoordinator, logger } = this.#options;
    this.coordinator = coordinator;
    this.#pending = new PendingDeliveries(logger);
    for (const { name, defaultPolicy } of [movies, ...reviews]) {
      if (defaultPolicy !== undefined) coordinator.registerDefaultPolicy(name, defaultPolicy);
    }
    const publish = createPublisher(this.trigger, this.#pending, this.#counters);
    this.#unsubscribe = coordinator.subscribe((event) => {
      if (!ownsCoordinator) logCoordinatorEvent(logger, event);
      this.#relay(event);
    });
    const owner = randomUUID();
    this.#writer = new StorageWriter({ ...this.#options, publish, lease: { owner, leaseMs } });
    this.#sweeper = new RetentionSweeper(this.#options);
    this.#movies = createCachedMovies(this.#options, publish);
    const parts = { movies: this.#movies, writer: this.#writer, publish, counters: this.#counters, owner };
    this.#starter = new RunStarter(this.#options, parts);
    this.#searches = new SharedSearches(this.#starter);
    const heard = { trigger: this.trigger, pending: this.#pending, searches: this.#searches };
    this.#userSearches = new UserSearches({ ...this.#options, ...heard });
    const looked = { writer: this.#writer, movies: this.#movies, closing: this.closing };
    this.#status = new StatusReader({ options: this.#options, ...looked });
    const { workflow: own } = this.#options;
    const steps: SearchWorkflow = (data, { signal }) => this.#answer(data, signal);
    const workflow = own === undefined ? steps : hostWorkflow(own, this.#cut.signal);
    const settings = { name: 'workflow', timeoutMs: Number.POSITIVE_INFINITY };
    this.trigger.registerTrigger('user_search', workflow, settings);
    if (this.#options.resumeOnStart) void this.#resumeQuietly();
    else void this.#writer.begin();
  }

  /**
   * Finds the film, collects, stores, scores and recommends. Triggers `user_search` and settles with the workflow's result.
   * @throws INVALID_INPUT with what is allowed, CANCELLED when `signal` aborts, CLOSED after `close()`
   */
  async handleUserSearch(movieName: string, options: SearchOptions = {}): Promise<WorkflowResult> {
    const { result } = await this.startUserSearch(movieName, options);
    return result;
  }

  /**
   * Like {@link handleUserSearch}, but resolves as soon as the search is accepted, with the id of its run.
   * A `workflow` of the host's own gives its id only with its result.
   */
  async startUserSearch(movieName: string, options: SearchOptions = {}): Promise<SearchHandle> {
    this.#checkOpen();
    const handle = await this.#userSearches.start(movieName, options);
    void handle.result.catch(() => undefined).then(() => this.#sweeper.sweepWhenDue());
    return handle;
  }

  /** Asks for candidates and posts, and stores nothing. @throws INVALID_INPUT, CANCELLED, CLOSED */
  async coordinateDataCollection(
    movieName: string,
    options: Pick<SearchOptions, 'maxReviews' | 'signal' | 'deadlineMs' | 'priority'> = {},
  ): Promise<DataCollection> {
    this.#checkOpen();
    const request = parseSearchRequest(movieName, options);
    checkNotAborted(options.signal);
    return collectData(this.#options, request, options.signal ?? new AbortController().signal);
  }

  /** Stores a film and posts. The counts are of posts. @throws INVALID_INPUT, CANCELLED, CLOSED */
  async coordinateDatabaseOperations(input: DatabaseInput, options: CallOptions = {}): Promise<DatabaseReport> {
    this.#checkOpen();
    checkNotAborted(options.signal);
    return storeData(this.#options, input, options, this.#writer);
  }

  /** Aborts, with CLOSED, when `close()` begins. */
  get closing(): AbortSignal {
    return this.#stopping.signal;
  }

  /** What works now, and what does not, since when. It waits two seconds at most; calls within a second share a look. @throws CLOSED */
  async getStatus(): Promise<ManagerStatus> {
    this.#checkOpen();
    return this.#status.read();
  }

  getAutomationStatistics(): AutomationStatistics {
    return {
      coordinatorStats: this.coordinator.getStatistics(),
      triggerHistory: this.trigger.totalFired,
      recentTriggers: this.trigger.recent(recentTriggers),
      performance: this.#counters.performance({
        coalesced: this.#searches.joined,
        running: this.#starter.running,
        queued: this.#starter.queued,
      }),
      cache: this.#movies.statistics,
      storage: { ...this.#writer.statistics, rejected: this.#counters.rejected },
    };
  }

  /** The searches that have not ended, oldest first: of this process, without those of a `workflow` of the host's own. */
  get activeRuns(): readonly ActiveRun[] {
    return this.#starter.active;
  }

  /** A film as it is stored, with its newest posts when they are asked for; no API call. @throws INVALID_INPUT, DB_*, CLOSED */
  async findStoredMovie(tmdbId: number, options: StoredFilmOptions = {}): Promise<StoredFilm | null> {
    this.#checkOpen();
    return findStoredFilm(this.#options, tmdbId, options);
  }

  /** Films like a stored one, from what is stored; no API call. null: it is not stored. @throws INVALID_INPUT, CANCELLED, DB_*, CLOSED */
  async recommendStored(film: StoredFilmChoice, options: StoredRecommendationOptions = {}) {
    this.#checkOpen();
    return recommendStored(this.#options, this.#starter.catalogue, film, options);
  }

  /** The record of one search, or null. @throws DB_* when the store cannot be read, CLOSED */
  async findRun(workflowId: string): Promise<WorkflowRun | null> {
    this.#checkOpen();
    const { repository } = this.#options;
    const outcome = await this.coordinator.coordinateDbOperation('find_run', () => repository.findRun(workflowId));
    if (!outcome.success) throw outcome.error;
    return outcome.result ?? null;
  }

  /**
   * Replays the spool, takes over the runs whose process has gone, after waiting for their leases to end, and finishes
   * them; what they had bought is not bought again.
   * @returns their records, when all have ended
   */
  async resumePending(): Promise<WorkflowRun[]> {
    this.#checkOpen();
    const resuming = this.#resume();
    this.#resuming.add(resuming);
    try {
      return await resuming;
    } finally {
      this.#resuming.delete(resuming);
    }
  }

  /** Writes what was put aside while the database could not be written. @throws what the spool throws */
  async replaySpool(): Promise<{ readonly replayed: number; readonly remaining: number }> {
    this.#checkOpen();
    return this.#writer.replay();
  }

  /** Drops what is past its retention, for at most two seconds. Once an hour a search sets it off. @throws DB_* */
  async sweepRetention(): Promise<SweepTotals> {
    this.#checkOpen();
    return this.#sweeper.sweep();
  }

  /** @param options - at most `limit` records (100), after the id `after`; oldest first */
  async listQuarantine(options: QuarantineQuery = {}): Promise<QuarantinedRecord[]> {
    this.#checkOpen();
    return listQuarantine(this.#options, options);
  }

  /** Checks a record that was set aside once more, and stores it when it is right. */
  async retryQuarantined(id: string): Promise<QuarantineRetry> {
    this.#checkOpen();
    return retryQuarantined(this.#options, id);
  }

  /** Deletes posts wherever they are: database, run records, spool, quarantine. @returns how many were held */
  async forgetReviews(tweetIds: readonly string[]): Promise<number> {
    this.#checkOpen();
    return forgetReviews(this.#options, this.#writer, tweetIds);
  }

  /**
   * Refuses new searches with CLOSED, lets running ones finish for `graceMs` (10 s), cuts the rest, which can be
   * resumed, then closes the spool, the clients and the repository. Called again, it waits for the same end. @throws INVALID_INPUT
   */
  async close({ graceMs = 10_000 }: { readonly graceMs?: number | undefined } = {}): Promise<void> {
    checkGraceMs(graceMs);
    this.#closing ??= this.#end(graceMs);
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #end(graceMs: number): Promise<void> {
    this.#stopping.abort(new ReelflowError('CLOSED', 'the manager was closed'));
    const options = this.#options;
    const work = { searches: this.#searches, pending: this.#pending, resuming: this.#resuming };
    const rest = { starter: this.#starter, writer: this.#writer, sweeper: this.#sweeper, cached: this.#movies };
    try {
      await closeManager({ options, ...work, ...rest, cut: this.#cut }, graceMs);
    } finally {
      this.#unsubscribe();
    }
  }

  async #resume(): Promise<WorkflowRun[]> {
    await this.#writer.begin();
    return resumeRuns({
      options: this.#options,
      starter: this.#starter,
      closing: this.#stopping.signal,
      cut: this.#cut.signal,
    });
  }

  async #answer(data: WorkflowEvents['user_search'], signal: AbortSignal): Promise<WorkflowResult> {
    this.#checkOpen();
    return this.#userSearches.answer(data, signal);
  }

  #relay(event: CoordinatorEvent): void {
    if (event.type === 'attempt_failed') return; // a log line; what follows from it has events of its own
    const { type, ...data } = event;
    this.#pending.add(this.trigger.deliver(type, data as WorkflowEvents[typeof type]), type);
  }

  async #resumeQuietly(): Promise<void> {
    try {
      await this.resumePending();
    } catch (thrown) {
      const { code, message } = toReelflowError(thrown, 'database');
      this.#options.logger.error({ code }, `runs that were cut could not be resumed: ${message}`);
    }
  }

  #checkOpen(): void {
    if (this.#closing !== undefined) throw new ReelflowError('CLOSED', 'the manager is closed: make a new one');
  }
}

function checkNotAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ReelflowError('CANCELLED', 'the signal was aborted already', { cause: signal.reason });
}
