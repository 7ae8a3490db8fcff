import { type Attributes, type Context, SpanKind } from '@opentelemetry/api';
import type { ReelflowError } from '../../errors/reelflow-error.js';
import type { InstrumentedScope } from '../../ports/instrumentation.js';
import { own, semconv } from '../attributes.js';
import type { Started, Telemetry } from '../telemetry.js';
import { SpanScope } from './span-scope.js';

class AttemptSpan extends SpanScope<void> implements InstrumentedScope {
  readonly #target: Attributes;

  constructor(target: Attributes, started: Started, parent: Context) {
    super(started, parent);
    this.#target = target;
  }

  succeed(): void {
    this.end(undefined);
    this.measure(this.instruments?.attempts, undefined, this.#target);
  }

  fail({ code, details }: ReelflowError): void {
    const status = statusOf(details['status']);
    this.end(code, status);
    this.measure(this.instruments?.attempts, code, { ...this.#target, ...status });
  }
}

/** Known where an adapter kept it: of answers that are failures. */
const statusOf = (status: unknown): Attributes =>
  typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599
    ? { [semconv.httpStatus]: status }
    : {};

export function startAttemptSpan(
  telemetry: Telemetry,
  { api, attempt, parent }: { readonly api: string; readonly attempt: number; readonly parent: Context },
): InstrumentedScope | undefined {
  const server = telemetry.options.servers.get(api);
  const target = {
    [own.api]: api,
    ...(server === undefined ? {} : { [semconv.serverAddress]: server.address, [semconv.serverPort]: server.port }),
  };
  const attributes = {
    ...target,
    [own.attempt]: attempt,
    ...(attempt > 1 ? { [semconv.httpResends]: attempt - 1 } : {}),
  };
  const started = telemetry.start(`attempt ${api}`, { kind: SpanKind.CLIENT, attributes }, parent);
  return started === undefined ? undefined : new AttemptSpan(target, started, parent);
}
