import type { WorkflowResult } from '../domain/workflow-run.js';
import { toReelflowError } from '../errors/classify-error.js';
import type { ReelflowError } from '../errors/reelflow-error.js';
import type { ClaimedRun } from '../ports/repository.js';
import { nowMs } from '../resilience/clock.js';
import { Gate, type GatePass } from '../resilience/gate.js';
import type { CachedMovies } from './cache/cached-movies.js';
import { CatalogueIndex } from './catalogue-index.js';
import type { EventPublisher } from './event-publisher.js';
import { LeaseKeeper, leaseMs } from './lease-keeper.js';
import type { ResolvedManagerOptions } from './manager-options.js';
import { neverStarted } from './never-started.js';
import { RecommendationMemo } from './recommendation-memo.js';
import { RunCalls } from './run-calls.js';
import { RunCheckpoints } from './run-checkpoints.js';
import { RunJournal, type RunJournalSettings } from './run-journal.js';
import type { SearchRequest } from './search-request.js';
import { SearchRun } from './search-run.js';
import { SharedPosts } from './shared-posts.js';
import type { StorageWriter } from './storage/storage-writer.js';
import { turnOf } from './turn-of.js';
import type { WorkflowCounters } from './workflow-counters.js';

/** Each thing that was paid is kept within this time, or bought again after a crash. */
const keepWithinMs = 5000;

/** A run that has not ended. */
export interface ActiveRun {
  readonly workflowId: string;
  readonly movieName: string;
  /** queued: it waits for its turn. */
  readonly status: 'queued' | 'running';
  /** When it was asked for, ISO 8601. */
  readonly startedAt: string;
}

export interface RunStarterParts {
  readonly movies: CachedMovies;
  readonly writer: StorageWriter;
  readonly publish: EventPublisher;
  readonly counters: WorkflowCounters;
  /** Names this process in the leases of the runs that it makes. */
  readonly owner: string;
}

/** Starts runs when their turn comes: at most so many at once, interactive ones first. */
export class RunStarter {
  readonly owner: string;
  readonly #options: ResolvedManagerOptions;
  readonly #publish: EventPublisher;
  readonly #counters: WorkflowCounters;
  readonly #turns: Gate;
  readonly #movies: CachedMovies;
  readonly #posts = new SharedPosts();
  readonly #catalogue: CatalogueIndex;
  readonly #recommended = new RecommendationMemo();
  readonly #leases: LeaseKeeper;
  readonly #writer: StorageWriter;
  readonly #runs = new Map<string, ActiveRun>();

  constructor(options: ResolvedManagerOptions, { movies, writer, publish, counters, owner }: RunStarterParts) {
    this.#options = options;
    this.owner = owner;
    this.#movies = movies;
    this.#writer = writer;
    this.#publish = publish;
    this.#counters = counters;
    this.#turns = new Gate('searches', { limits: [], pace: null, concurrency: options.maxConcurrentWorkflows });
    this.#catalogue = new CatalogueIndex(options.repository, options.recommender);
    this.#leases = new LeaseKeeper(options);
  }

  get running(): number {
    return this.#turns.active;
  }

  get queued(): number {
    return this.#turns.waiting;
  }

  get catalogue(): CatalogueIndex {
    return this.#catalogue;
  }

  /** Oldest first. */
  get active(): ActiveRun[] {
    return [...this.#runs.values()];
  }

  isActive(workflowId: string): boolean {
    return this.#runs.has(workflowId);
  }

  isQueued(workflowId: string): boolean {
    return this.#runs.get(workflowId)?.status === 'queued';
  }

  async run(
    workflowId: string,
    request: SearchRequest,
    signal: AbortSignal,
    claimed?: ClaimedRun,
  ): Promise<WorkflowResult> {
    const { movieName, priority } = request;
    const resumed = claimed !== undefined;
    const scope = this.#options.instrumentation?.startRun({ workflowId, movieName, priority, resumed });
    const work = () => this.#listed(workflowId, request, signal, claimed);
    return scope === undefined ? work() : scope.around(work);
  }

  async #listed(
    workflowId: string,
    request: SearchRequest,
    signal: AbortSignal,
    claimed: ClaimedRun | undefined,
  ): Promise<WorkflowResult> {
    const startedAt = claimed?.run.startedAt ?? new Date().toISOString();
    const { movieName } = request;
    this.#runs.set(workflowId, { workflowId, movieName, status: 'queued', startedAt });
    try {
      return await this.#inTurn(workflowId, request, signal, startedAt, claimed);
    } catch (thrown) {
      if (!isCut(signal)) this.#publish('workflow_cancelled', { workflowId, movieName });
      throw thrown;
    } finally {
      this.#runs.delete(workflowId);
    }
  }

  async #inTurn(
    workflowId: string,
    request: SearchRequest,
    signal: AbortSignal,
    startedAt: string,
    claimed: ClaimedRun | undefined,
  ): Promise<WorkflowResult> {
    const queuedAtMs = nowMs();
    const isNew = claimed === undefined;
    let turn: GatePass;
    try {
      // Nobody waits for a claimed run, and its record can only end by its being run: its time begins with its turn.
      turn = await turnOf(this.#turns, isNew ? request : { ...request, deadlineMs: Number.POSITIVE_INFINITY }, signal);
    } catch (thrown) {
      if (signal.aborted) this.#counters.cancelled();
      signal.throwIfAborted();
      return this.#neverStarted(workflowId, request, startedAt, toReelflowError(thrown, 'api'));
    }
    const { movieName } = request;
    this.#runs.set(workflowId, { workflowId, movieName, status: 'running', startedAt });
    const stopLease = isNew ? this.keepLeases(this.owner) : () => undefined; // its claim keeps the other
    try {
      const deadlineMs = request.deadlineMs - (isNew ? nowMs() - queuedAtMs : 0);
      return await this.#execute(workflowId, request, signal, deadlineMs, startedAt, claimed);
    } finally {
      stopLease();
      turn.end();
    }
  }

  async #execute(
    workflowId: string,
    request: SearchRequest,
    signal: AbortSignal,
    deadlineMs: number,
    startedAt: string,
    claimed: ClaimedRun | undefined,
  ): Promise<WorkflowResult> {
    const options = this.#options;
    const { coordinator } = options;
    const calls = new RunCalls({ coordinator, signal, priority: request.priority, deadlineMs, workflowId });
    const journal = this.#journal({ workflowId, request, calls, startedAt, isKnown: claimed !== undefined }, claimed);
    const checkpoints = new RunCheckpoints(journal, claimed);
    const shared = {
      publish: this.#publish,
      movies: this.#movies,
      posts: this.#posts,
      catalogue: this.#catalogue,
      recommended: this.#recommended,
    };
    // What was collected is stored: asking again, even where the search wanted new data, would buy it twice.
    const hasStored = checkpoints.outcome('store') !== null;
    const asked = hasStored ? { ...request, collectNewData: undefined } : request;
    const run = new SearchRun(
      { workflowId, request: asked, options, calls, journal, checkpoints, signal, ...shared },
      startedAt,
    );
    try {
      return this.#ended(request, await run.execute());
    } catch (thrown) {
      this.#counters.cancelled();
      await journal.kept();
      await this.#recordCancelled({ workflowId, request, startedAt, isKnown: journal.hasBegun }, signal, claimed);
      throw toReelflowError(thrown, 'api');
    }
  }

  /** A run cut by `close()` stays 'running' in its record, so that it can be resumed; one that nobody wanted any more does not. */
  async #recordCancelled(
    run: Pick<RunJournalSettings, 'workflowId' | 'request' | 'startedAt' | 'isKnown'>,
    signal: AbortSignal,
    claimed: ClaimedRun | undefined,
  ): Promise<void> {
    if (isCut(signal)) return;
    const { coordinator } = this.#options;
    const { workflowId, request } = run;
    const calls = new RunCalls({
      coordinator,
      signal: new AbortController().signal,
      priority: request.priority,
      deadlineMs: 1000,
      workflowId,
    });
    const journal = this.#journal({ ...run, calls }, claimed);
    await journal.end('cancelled', null).catch((thrown: unknown) => {
      this.#options.logger.warn(
        { workflowId, code: toReelflowError(thrown, 'database').code },
        'the record of a cancelled search could not be written',
      );
    });
  }

  /** Holds the owner's runs from now on. @returns stop */
  keepLeases(owner: string): () => void {
    return this.#leases.keep(owner);
  }

  /**
   * Before runs are claimed: those under way here may have lost their leases while the database was away, and are not
   * free. @throws what the repository throws
   */
  renewLeases(): Promise<void> {
    return this.#leases.renew();
  }

  /** Runs that were cut can be taken over at once, by whoever comes next. */
  async releaseLeases(owner: string): Promise<void> {
    const { coordinator, repository, logger } = this.#options;
    if (repository.isVolatile === true) return;
    const released = await coordinator.coordinateDbOperation('renew_lease', () => repository.renewLease(owner, 1), {
      deadlineMs: 1000,
    });
    if (!released.success)
      logger.warn({ code: released.error.code }, 'the leases could not be given back: they end by themselves');
  }

  #journal(
    run: Pick<RunJournalSettings, 'workflowId' | 'request' | 'calls' | 'startedAt' | 'isKnown'>,
    claimed: ClaimedRun | undefined,
  ): RunJournal {
    const { coordinator, repository, logger } = this.#options;
    const { request, workflowId } = run;
    const { priority } = request;
    const signal = new AbortController().signal; // never aborts
    return new RunJournal({
      ...run,
      keepCalls: () => new RunCalls({ coordinator, signal, priority, deadlineMs: keepWithinMs, workflowId }),
      repository,
      logger,
      writer: this.#writer,
      lease: { owner: this.owner, leaseMs },
      fence: claimed?.fence ?? 0,
    });
  }

  /** Counts it, with a line of the log. */
  #ended({ movieName }: SearchRequest, result: WorkflowResult): WorkflowResult {
    this.#counters.ended(result);
    const { workflowId, success, degraded, durationMs, cost } = result;
    const fields = { workflowId, movieName, success, degraded, durationMs, cost };
    this.#options.logger.info(fields, `search '${movieName}' ended`);
    return result;
  }

  #neverStarted(workflowId: string, request: SearchRequest, startedAt: string, error: ReelflowError): WorkflowResult {
    const result = this.#ended(request, neverStarted(workflowId, request, startedAt, error));
    this.#publish('workflow_failed', { workflowId, movieName: request.movieName, result });
    return result;
  }
}

/** By `close()`: the run can be resumed. */
const isCut = ({ reason }: AbortSignal): boolean => toReelflowError(reason, 'api').code === 'CLOSED';
