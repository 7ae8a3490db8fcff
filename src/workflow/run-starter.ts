import { randomUUID } from 'node:crypto';
import type { WorkflowResult } from '../domain/workflow-run.js';
import { toReelflowError } from '../errors/classify-error.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import { serializeError } from '../errors/serialized-error.js';
import { nowMs } from '../resilience/clock.js';
import { Gate, type GatePass } from '../resilience/gate.js';
import { CatalogueIndex } from './catalogue-index.js';
import type { EventPublisher } from './event-publisher.js';
import { LeaseKeeper, leaseMs } from './lease-keeper.js';
import type { ResolvedManagerOptions } from './manager-options.js';
import { RunCalls } from './run-calls.js';
import { RunJournal } from './run-journal.js';
import type { SearchRequest } from './search-request.js';
import { SearchRun } from './search-run.js';
import { createSharedFetches } from './shared-fetches.js';
import type { WorkflowCounters } from './workflow-counters.js';
import { newWorkflowId } from './workflow-id.js';

/** A run that a crash cut, taken over by this process. */
export interface Resumed {
  readonly workflowId: string;
  readonly fence: number;
}

/** Starts runs when their turn comes: at most so many at once, interactive ones first. */
export class RunStarter {
  readonly owner = randomUUID();
  readonly #options: ResolvedManagerOptions;
  readonly #publish: EventPublisher;
  readonly #counters: WorkflowCounters;
  readonly #turns: Gate;
  readonly #fetches = createSharedFetches();
  readonly #catalogue: CatalogueIndex;
  readonly #leases: LeaseKeeper;

  constructor(options: ResolvedManagerOptions, publish: EventPublisher, counters: WorkflowCounters) {
    this.#options = options;
    this.#publish = publish;
    this.#counters = counters;
    this.#turns = new Gate('searches', { limits: [], pace: null, concurrency: options.maxConcurrentWorkflows });
    this.#catalogue = new CatalogueIndex(options.repository, options.recommender);
    this.#leases = new LeaseKeeper(options, this.owner);
  }

  get running(): number {
    return this.#turns.active;
  }

  get queued(): number {
    return this.#turns.waiting;
  }

  async run(request: SearchRequest, signal: AbortSignal, resumed?: Resumed): Promise<WorkflowResult> {
    const startedAt = new Date().toISOString();
    const queuedAtMs = nowMs();
    let turn: GatePass;
    try {
      turn = await this.#turn(request, signal);
    } catch (thrown) {
      signal.throwIfAborted();
      return this.#neverStarted(request, startedAt, toReelflowError(thrown, 'api'));
    }
    const stopLease = this.#leases.keep();
    try {
      return await this.#execute(request, signal, request.deadlineMs - (nowMs() - queuedAtMs), startedAt, resumed);
    } finally {
      stopLease();
      turn.end();
    }
  }

  async #execute(
    request: SearchRequest,
    signal: AbortSignal,
    deadlineMs: number,
    startedAt: string,
    resumed: Resumed | undefined,
  ): Promise<WorkflowResult> {
    const options = this.#options;
    const { coordinator, repository, logger } = options;
    const workflowId = resumed?.workflowId ?? newWorkflowId();
    const calls = new RunCalls({ coordinator, signal, priority: request.priority, deadlineMs });
    const lease = { owner: this.owner, leaseMs };
    const journal = new RunJournal({ workflowId, request, repository, calls, lease, fence: resumed?.fence, startedAt });
    const shared = { publish: this.#publish, fetches: this.#fetches, catalogue: this.#catalogue };
    const run = new SearchRun({ workflowId, request, options, calls, journal, signal, ...shared }, startedAt);
    try {
      const result = await run.execute();
      this.#counters.ended(result);
      const { success, degraded, durationMs, cost } = result;
      logger.info(
        { workflowId, movieName: request.movieName, success, degraded, durationMs, cost },
        `search '${request.movieName}' ended`,
      );
      return result;
    } catch (thrown) {
      this.#counters.cancelled();
      await this.#recordCancelled(workflowId, request, startedAt, signal);
      throw toReelflowError(thrown, 'api');
    }
  }

  /** A run cut by `close()` stays 'running' in its record, so that it can be resumed; one that nobody wanted any more does not. */
  async #recordCancelled(
    workflowId: string,
    request: SearchRequest,
    startedAt: string,
    signal: AbortSignal,
  ): Promise<void> {
    if (toReelflowError(signal.reason, 'api').code === 'CLOSED') return;
    const { coordinator, repository } = this.#options;
    const calls = new RunCalls({
      coordinator,
      signal: new AbortController().signal,
      priority: request.priority,
      deadlineMs: 1000,
    });
    const lease = { owner: this.owner, leaseMs };
    const journal = new RunJournal({ workflowId, request, repository, calls, lease, fence: undefined, startedAt });
    await journal.end('cancelled', null).catch((thrown: unknown) => {
      this.#options.logger.warn(
        { workflowId, code: toReelflowError(thrown, 'database').code },
        'the record of a cancelled search could not be written',
      );
    });
  }

  #turn(request: SearchRequest, signal: AbortSignal): Promise<GatePass> {
    return new Promise<GatePass>((resolve, reject) => {
      const settle = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
      };
      const leave = (error: ReelflowError) => {
        settle();
        this.#turns.leave(waiter);
        reject(error);
      };
      const abort = () => leave(new ReelflowError('CANCELLED', 'the search was aborted', { cause: signal.reason }));
      const waiter = {
        priority: request.priority,
        deadlineAtMs: Number.POSITIVE_INFINITY,
        admit: () => null,
        onWait: () => undefined,
        refuse: reject,
        start: (pass: GatePass) => {
          settle();
          resolve(pass);
        },
      };
      const late = new ReelflowError(
        'API_RATE_LIMITED',
        'too many searches run at once: this one had no turn before its deadline',
        { retryable: false },
      );
      const timer = setTimeout(() => leave(late), Math.min(request.deadlineMs, 2 ** 31 - 1));
      if (signal.aborted) abort();
      else {
        signal.addEventListener('abort', abort, { once: true });
        this.#turns.enter(waiter);
      }
    });
  }

  #neverStarted(request: SearchRequest, startedAt: string, error: ReelflowError): WorkflowResult {
    const result: WorkflowResult = {
      success: false,
      workflowId: newWorkflowId(),
      movie: null,
      analysis: null,
      recommendations: [],
      degraded: true,
      sources: { movie: 'none', reviews: 'none' },
      steps: [],
      errors: [serializeError(error)],
      cost: { apiCalls: {}, estimatedUsd: 0 },
      coalesced: false,
      startedAt,
      finishedAt: new Date().toISOString(),
      durationMs: request.deadlineMs,
    };
    this.#counters.ended(result);
    return result;
  }
}
