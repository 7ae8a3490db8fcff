import type { GuardedInstrumentation, GuardedSearch } from '../coordinator/guarded-instrumentation.js';
import type { SearchOptions, WorkflowResult } from '../domain/workflow-run.js';
import { toReelflowError } from '../errors/classify-error.js';
import { isReelflowError, ReelflowError } from '../errors/reelflow-error.js';
import type { WorkflowEvents } from '../trigger/workflow-events.js';
import type { Delivery, WorkflowTrigger } from '../trigger/workflow-trigger.js';
import type { PendingDeliveries } from './pending-deliveries.js';
import type { SearchHandle } from './search-handle.js';
import { parseSearchRequest } from './search-request.js';
import type { SharedSearches } from './shared-searches.js';

type UserSearch = WorkflowEvents['user_search'];

export interface UserSearchesParts {
  readonly trigger: WorkflowTrigger<WorkflowEvents>;
  readonly pending: PendingDeliveries;
  readonly searches: SharedSearches;
  readonly instrumentation: GuardedInstrumentation | undefined;
}

/** A user's search is a trigger, and what it gives is the outcome of the callback named 'workflow'. */
export class UserSearches {
  readonly #parts: UserSearchesParts;
  /** What the default workflow has accepted, by the data that it was triggered with. */
  readonly #accepted = new WeakMap<UserSearch, SearchHandle>();

  constructor(parts: UserSearchesParts) {
    this.#parts = parts;
  }

  /** @throws INVALID_INPUT, CANCELLED */
  async start(movieName: string, options: SearchOptions): Promise<SearchHandle> {
    parseSearchRequest(movieName, options);
    const { signal, ...rest } = options;
    if (signal?.aborted)
      throw new ReelflowError('CANCELLED', 'the signal was aborted already', { cause: signal.reason });
    const data = { movieName, options: rest, at: new Date().toISOString() };
    const scope = this.#watch(data);
    const fire = () => this.#parts.trigger.fire('user_search', data, { signal });
    const deliveries = scope === undefined ? fire() : scope.run(fire);
    this.#parts.pending.add(deliveries);
    const result = resultOf(deliveries, signal);
    result.then(
      (ended) => scope?.succeed(ended),
      (thrown: unknown) => scope?.fail(toReelflowError(thrown, 'api')),
    ); // and whoever wants it hears it
    const accepted = this.#accepted.get(data);
    if (accepted !== undefined) scope?.accepted({ workflowId: accepted.workflowId, coalesced: accepted.coalesced });
    const { workflowId, coalesced } = accepted ?? (await result);
    return { workflowId, coalesced, result };
  }

  #watch({ movieName, options: { maxReviews, collectNewData, priority } = {} }: UserSearch): GuardedSearch | undefined {
    return this.#parts.instrumentation?.startSearch({ movieName, maxReviews, collectNewData, priority });
  }

  /** The default workflow. A host may trigger `user_search` itself, so everything is checked again here. */
  answer(data: UserSearch, signal: AbortSignal): Promise<WorkflowResult> {
    const accepted = this.#parts.searches.search(parseSearchRequest(data.movieName, data.options), signal);
    this.#accepted.set(data, accepted);
    // Read in this turn, or by nobody. The history keeps the data, and would keep the handle and its result with it.
    queueMicrotask(() => this.#accepted.delete(data));
    return accepted.result;
  }
}

async function resultOf(deliveries: readonly Delivery[], signal: AbortSignal | undefined): Promise<WorkflowResult> {
  const outcome = await deliveries.find(({ callback }) => callback === 'workflow')?.outcome;
  if (outcome === undefined) throw new ReelflowError('UNEXPECTED', "no callback named 'workflow' hears 'user_search'");
  if (!outcome.success) {
    const { error } = outcome;
    // In the caller's words: it aborted a search, and no callback.
    if (signal?.aborted && isReelflowError(error) && error.code === 'CANCELLED')
      throw new ReelflowError('CANCELLED', 'the search was aborted by its caller', { cause: signal.reason });
    throw error;
  }
  return outcome.result as WorkflowResult; // what the callback named 'workflow' gives, by its type
}
