import { type Attributes, context, type Histogram, SpanKind } from '@opentelemetry/api';
import type { ReelflowError } from '../../errors/reelflow-error.js';
import type { CallScope, InstrumentedCall, InstrumentedScope } from '../../ports/instrumentation.js';
import { own, semconv } from '../attributes.js';
import { errorTypeOf } from '../error-type.js';
import type { Started, Telemetry } from '../telemetry.js';
import { startAttemptSpan } from './attempt-span.js';
import { SpanScope } from './span-scope.js';

/** A call of an API or a database operation, with its waits and retries as events. */
abstract class TargetSpan extends SpanScope<void> implements CallScope {
  /** What tells it from others, in few values. */
  readonly #target: Attributes;
  #attempts = 0;

  constructor(target: Attributes, started: Started) {
    super(started);
    this.#target = target;
  }

  protected abstract readonly histogram: Histogram | undefined;
  protected abstract attemptScope(attempt: number): InstrumentedScope | undefined;

  startAttempt(attempt: number): InstrumentedScope | undefined {
    this.#attempts = attempt;
    return this.attemptScope(attempt);
  }

  waiting({ waitMs }: { readonly waitMs: number }): void {
    this.span?.addEvent('rate_limit_wait', { [own.waitMs]: Math.ceil(waitMs) });
    this.instruments?.waits.add(1, this.#target, this.context);
  }

  retrying(retry: { readonly attempt: number; readonly delayMs: number; readonly error: ReelflowError }): void {
    const { attempt, delayMs, error } = retry;
    const why = { [semconv.errorType]: errorTypeOf(error.code) };
    this.span?.addEvent('retry_scheduled', { [own.attempt]: attempt, [own.delayMs]: delayMs, ...why });
    this.instruments?.retries.add(1, { ...this.#target, ...why }, this.context);
  }

  succeed(): void {
    this.#end(undefined);
  }

  fail({ code }: ReelflowError): void {
    this.#end(code);
  }

  #end(code: string | undefined): void {
    this.end(code, { [own.attempts]: this.#attempts });
    this.measure(this.histogram, code, this.#target);
  }
}

/** Each attempt of a call is a client's span below it. */
class ApiCallSpan extends TargetSpan {
  protected readonly histogram = this.instruments?.calls;
  readonly #telemetry: Telemetry;
  readonly #name: string;

  constructor(telemetry: Telemetry, name: string, started: Started) {
    super({ [own.api]: name }, started);
    this.#telemetry = telemetry;
    this.#name = name;
  }

  protected attemptScope(attempt: number): InstrumentedScope | undefined {
    return startAttemptSpan(this.#telemetry, { api: this.#name, attempt, parent: this.context });
  }
}

/** The operation is the client's span, whatever its attempts: what the driver's own instrumentation makes is below it. */
class OperationSpan extends TargetSpan {
  protected readonly histogram = this.instruments?.operations;
  readonly #inside: InstrumentedScope = {
    run: (work) => context.with(this.context, work),
    succeed: () => undefined,
    fail: () => undefined,
  };

  protected attemptScope(): InstrumentedScope | undefined {
    return this.span === undefined ? undefined : this.#inside;
  }
}

export function startCallSpan(
  telemetry: Telemetry,
  { kind, name, workflowId }: InstrumentedCall,
): CallScope | undefined {
  const run = workflowId === undefined ? {} : { [own.workflowId]: workflowId };
  if (kind === 'api') {
    const started = telemetry.start(`call ${name}`, { attributes: { [own.api]: name, ...run } });
    return started === undefined ? undefined : new ApiCallSpan(telemetry, name, started);
  }
  const target = { [semconv.dbSystem]: telemetry.options.databaseSystem, [semconv.dbOperation]: name };
  const started = telemetry.start(name, { kind: SpanKind.CLIENT, attributes: { ...target, ...run } });
  return started === undefined ? undefined : new OperationSpan(target, started);
}
