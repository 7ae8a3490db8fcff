import type { WorkflowResult } from '../../domain/workflow-run.js';
import type { ReelflowError } from '../../errors/reelflow-error.js';
import type { InstrumentedSearch, SearchScope } from '../../ports/instrumentation.js';
import { own } from '../attributes.js';
import type { Telemetry } from '../telemetry.js';
import { errorOf, outcomeOf } from './outcome.js';
import { SpanScope } from './span-scope.js';

/** One user's search. One that joined the run of another links to its span. */
class SearchSpan extends SpanScope<WorkflowResult> implements SearchScope {
  readonly #telemetry: Telemetry;
  #coalesced = false;

  constructor(telemetry: Telemetry, started: ConstructorParameters<typeof SpanScope>[0]) {
    super(started);
    this.#telemetry = telemetry;
  }

  accepted({ workflowId, coalesced }: { readonly workflowId: string; readonly coalesced: boolean }): void {
    this.#coalesced = coalesced;
    this.span?.setAttributes({ [own.workflowId]: workflowId, [own.coalesced]: coalesced });
    const run = coalesced ? this.#telemetry.runs.get(workflowId) : undefined;
    if (run !== undefined) this.span?.addLink({ context: run });
  }

  succeed(result: WorkflowResult): void {
    this.#end(errorOf(result), outcomeOf(result));
  }

  fail({ code }: ReelflowError): void {
    this.#end(code, code === 'CANCELLED' || code === 'CLOSED' ? 'cancelled' : 'failed');
  }

  #end(code: string | undefined, outcome: string): void {
    const attributes = { [own.outcome]: outcome };
    this.end(code, attributes);
    this.measure(this.instruments?.searches, code, { ...attributes, [own.coalesced]: this.#coalesced });
  }
}

export function startSearchSpan(
  telemetry: Telemetry,
  { movieName, maxReviews, collectNewData, priority }: InstrumentedSearch,
): SearchScope | undefined {
  const started = telemetry.start('search', {
    attributes: {
      ...(maxReviews === undefined ? {} : { [own.maxReviews]: maxReviews }),
      ...(collectNewData === undefined ? {} : { [own.collectNewData]: collectNewData }),
      ...(priority === undefined ? {} : { [own.priority]: priority }),
      ...(telemetry.options.recordTitles ? { [own.movieName]: movieName } : {}),
    },
  });
  return started === undefined ? undefined : new SearchSpan(telemetry, started);
}
