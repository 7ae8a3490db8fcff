import {
  type Attributes,
  type Context,
  context,
  type Histogram,
  type Span,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { InstrumentedScope } from '../../ports/instrumentation.js';
import { semconv } from '../attributes.js';
import { errorTypeOf } from '../error-type.js';
import type { Instruments } from '../instruments.js';
import type { Started } from '../telemetry.js';

/** Work with a span around it, which is current in it, and a duration. */
export abstract class SpanScope<Outcome> implements Pick<InstrumentedScope<Outcome>, 'run'> {
  protected readonly span: Span | undefined;
  protected readonly instruments: Instruments | undefined;
  /** Parent of what happens inside. */
  protected readonly context: Context;
  readonly #startedAtMs = performance.now();

  constructor({ span, instruments }: Started, parent: Context = context.active()) {
    this.span = span;
    this.instruments = instruments;
    this.context = span === undefined ? parent : trace.setSpan(parent, span);
  }

  run<T>(work: () => T): T {
    return this.span === undefined ? work() : context.with(this.context, work);
  }

  /** @param code - of its error; undefined: it did not fail */
  protected end(code: string | undefined, attributes: Attributes = {}): void {
    this.span?.setAttributes(attributes);
    if (code !== undefined) {
      this.span?.setAttribute(semconv.errorType, errorTypeOf(code));
      this.span?.setStatus({ code: SpanStatusCode.ERROR }); // without the message: it may name a film
    }
    this.span?.end();
  }

  protected measure(histogram: Histogram | undefined, code: string | undefined, attributes: Attributes): void {
    const seconds = (performance.now() - this.#startedAtMs) / 1000;
    histogram?.record(
      seconds,
      code === undefined ? attributes : { ...attributes, [semconv.errorType]: errorTypeOf(code) },
      this.context,
    );
  }
}
