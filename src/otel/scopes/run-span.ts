import { isSpanContextValid } from '@opentelemetry/api';
import type { WorkflowResult } from '../../domain/workflow-run.js';
import type { ReelflowError } from '../../errors/reelflow-error.js';
import type { InstrumentedRun, InstrumentedScope } from '../../ports/instrumentation.js';
import { own } from '../attributes.js';
import type { Telemetry } from '../telemetry.js';
import { errorOf, outcomeOf } from './outcome.js';
import { SpanScope } from './span-scope.js';

/** A run, known to those who join it as long as it is under way. */
class RunSpan extends SpanScope<WorkflowResult> implements InstrumentedScope<WorkflowResult> {
  readonly #runs: Telemetry['runs'];
  readonly #workflowId: string;

  constructor(runs: Telemetry['runs'], workflowId: string, started: ConstructorParameters<typeof SpanScope>[0]) {
    super(started);
    this.#runs = runs;
    this.#workflowId = workflowId;
    const spanContext = started.span?.spanContext();
    if (spanContext !== undefined && isSpanContextValid(spanContext)) runs.set(workflowId, spanContext);
  }

  succeed(result: WorkflowResult): void {
    this.#runs.delete(this.#workflowId);
    this.end(errorOf(result), {
      [own.outcome]: outcomeOf(result),
      [own.degraded]: result.degraded,
      [own.costUsd]: result.cost.estimatedUsd,
    });
  }

  fail({ code }: ReelflowError): void {
    this.#runs.delete(this.#workflowId);
    this.end(code, { [own.outcome]: 'cancelled' });
  }
}

export function startRunSpan(
  telemetry: Telemetry,
  { workflowId, movieName, priority, resumed }: InstrumentedRun,
): InstrumentedScope<WorkflowResult> | undefined {
  const started = telemetry.start('run', {
    attributes: {
      [own.workflowId]: workflowId,
      [own.priority]: priority,
      [own.resumed]: resumed,
      ...(telemetry.options.recordTitles ? { [own.movieName]: movieName } : {}),
    },
  });
  return started === undefined ? undefined : new RunSpan(telemetry.runs, workflowId, started);
}
