import type { WorkflowResult } from '../domain/workflow-run.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import { nowMs } from '../resilience/clock.js';
import { ownResult } from './own-result.js';
import type { SearchHandle } from './search-handle.js';
import type { SearchRequest } from './search-request.js';
import { newWorkflowId } from './workflow-id.js';

/** A search under way, with everybody who waits for it. */
interface Shared {
  readonly workflowId: string;
  readonly request: SearchRequest;
  readonly deadlineAtMs: number;
  readonly controller: AbortController;
  readonly promise: Promise<WorkflowResult>;
  waiting: number;
}

interface Runner {
  run(workflowId: string, request: SearchRequest, signal: AbortSignal): Promise<WorkflowResult>;
  /** Whether a run still waits for its turn. */
  isQueued(workflowId: string): boolean;
}

/** Equal searches at the same time share one run. */
export class SharedSearches {
  readonly #runner: Runner;
  readonly #shared = new Map<string, Set<Shared>>();
  #joined = 0;

  constructor(runner: Runner) {
    this.#runner = runner;
  }

  /** Searches that joined another since the start. */
  get joined(): number {
    return this.#joined;
  }

  /** Those under way. */
  running(): Promise<WorkflowResult>[] {
    return [...this.#shared.values()].flatMap((searches) => [...searches].map(({ promise }) => promise));
  }

  abortAll(reason: ReelflowError): void {
    for (const searches of this.#shared.values()) for (const { controller } of searches) controller.abort(reason);
  }

  /** @throws CANCELLED when the signal is aborted already */
  search(request: SearchRequest, signal: AbortSignal): SearchHandle {
    if (signal.aborted) throw aborted(signal);
    const joinable = this.#find(request);
    if (joinable !== undefined) return this.#join(joinable, signal);
    const started = this.#start(request);
    return { workflowId: started.workflowId, coalesced: false, result: this.#wait(started, signal) };
  }

  #join(running: Shared, signal: AbortSignal): SearchHandle {
    this.#joined += 1;
    const result = this.#wait(running, signal).then((shared) => ({
      ...ownResult(shared),
      coalesced: true,
      cost: { apiCalls: {}, estimatedUsd: 0 },
    }));
    return { workflowId: running.workflowId, coalesced: true, result };
  }

  /** One that asks for at least as much, was given at least as much time, ends no later, and is in no later lane of the queue. */
  #find({ name, maxReviews, collectNewData, deadlineMs, priority }: SearchRequest): Shared | undefined {
    const untilMs = nowMs() + deadlineMs;
    for (const shared of this.#shared.get(name.key) ?? []) {
      const { workflowId, request, deadlineAtMs, controller } = shared;
      if (request.priority !== priority && priority === 'interactive' && this.#runner.isQueued(workflowId)) continue;
      const sameData = request.collectNewData === collectNewData || request.collectNewData === true;
      const inTime = request.deadlineMs >= deadlineMs && deadlineAtMs <= untilMs;
      if (sameData && request.maxReviews >= maxReviews && inTime && !controller.signal.aborted) return shared;
    }
    return undefined;
  }

  #start(request: SearchRequest): Shared {
    const controller = new AbortController();
    const { key } = request.name;
    const siblings = this.#shared.get(key) ?? new Set();
    this.#shared.set(key, siblings);
    const workflowId = newWorkflowId();
    const promise = this.#runner.run(workflowId, request, controller.signal).finally(() => {
      siblings.delete(shared);
      if (siblings.size === 0 && this.#shared.get(key) === siblings) this.#shared.delete(key);
    });
    const deadlineAtMs = nowMs() + request.deadlineMs;
    const shared: Shared = { workflowId, request, deadlineAtMs, controller, promise, waiting: 0 };
    siblings.add(shared);
    return shared;
  }

  #wait(shared: Shared, signal: AbortSignal): Promise<WorkflowResult> {
    shared.waiting += 1;
    return new Promise((resolve, reject) => {
      const leave = () => {
        shared.waiting -= 1;
        const error = aborted(signal);
        if (shared.waiting === 0) shared.controller.abort(error);
        reject(error);
      };
      signal.addEventListener('abort', leave, { once: true });
      shared.promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }
}

const aborted = (signal: AbortSignal): ReelflowError =>
  new ReelflowError('CANCELLED', 'the search was aborted by its caller', { cause: signal.reason });
