import type { StepName, StepReport } from '../../domain/workflow-run.js';
import type { ReelflowError } from '../../errors/reelflow-error.js';
import type { InstrumentedScope, InstrumentedStep } from '../../ports/instrumentation.js';
import { own } from '../attributes.js';
import { errorTypeOf } from '../error-type.js';
import type { Telemetry } from '../telemetry.js';
import { SpanScope } from './span-scope.js';

class StepSpan extends SpanScope<StepReport> implements InstrumentedScope<StepReport> {
  readonly #name: StepName;

  constructor(name: StepName, started: ConstructorParameters<typeof SpanScope>[0]) {
    super(started);
    this.#name = name;
  }

  succeed({ status, attempts, error }: StepReport): void {
    this.span?.setAttribute(own.attempts, attempts);
    if (status === 'degraded' && error !== undefined)
      this.span?.addEvent('degraded', { [own.reason]: errorTypeOf(error.code) });
    this.#end(status === 'failed' ? (error?.code ?? 'UNEXPECTED') : undefined, status);
  }

  fail({ code }: ReelflowError): void {
    this.#end(code, 'cancelled');
  }

  #end(code: string | undefined, status: StepReport['status'] | 'cancelled'): void {
    this.end(code, { [own.stepStatus]: status });
    this.measure(this.instruments?.steps, code, { [own.step]: this.#name, [own.stepStatus]: status });
  }
}

export function startStepSpan(
  telemetry: Telemetry,
  { name, workflowId }: InstrumentedStep,
): InstrumentedScope<StepReport> | undefined {
  const started = telemetry.start(`step ${name}`, { attributes: { [own.step]: name, [own.workflowId]: workflowId } });
  return started === undefined ? undefined : new StepSpan(name, started);
}
