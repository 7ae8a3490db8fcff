import {
  type Context,
  context,
  createNoopMeter,
  isSpanContextValid,
  type Meter,
  type MeterProvider,
  metrics,
  type Span,
  type SpanContext,
  type SpanOptions,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import packageJson from '../../package.json' with { type: 'json' };
import { createInstruments, type Instruments } from './instruments.js';
import type { ResolvedOpenTelemetryOptions } from './options.js';

/** A span that is of interest, and what is measured about it; at least one of the two is there. */
export interface Started {
  readonly span: Span | undefined;
  readonly instruments: Instruments | undefined;
}

/** The way to the host's SDK, if there is one. */
export class Telemetry {
  readonly options: ResolvedOpenTelemetryOptions;
  /** The spans of runs under way: who joins one links to it. */
  readonly runs = new Map<string, SpanContext>();
  readonly #tracer: Tracer;
  #meterProvider: MeterProvider | undefined;
  #instruments: Instruments | undefined;

  constructor(options: ResolvedOpenTelemetryOptions) {
    this.options = options;
    // The global one hands on to the SDK from the moment when that is registered.
    this.#tracer = (options.tracerProvider ?? trace).getTracer(packageJson.name, packageJson.version);
  }

  /** undefined: there is no SDK, so that nobody needs to know. */
  start(name: string, options: SpanOptions, parent: Context = context.active()): Started | undefined {
    const instruments = this.#measuring();
    const span = this.#tracer.startSpan(name, options, parent);
    if (span.isRecording() || isSpanContextValid(span.spanContext())) return { span, instruments };
    return instruments === undefined ? undefined : { span: undefined, instruments };
  }

  meter(): Meter {
    const provider = this.options.meterProvider ?? metrics.getMeterProvider();
    return provider.getMeter(packageJson.name, packageJson.version);
  }

  /** A meter of the time before the SDK was registered stays without effect: it is asked for again when that changes. */
  #measuring(): Instruments | undefined {
    const provider = this.options.meterProvider ?? metrics.getMeterProvider();
    if (provider !== this.#meterProvider) {
      this.#meterProvider = provider;
      const meter = this.meter();
      this.#instruments = meter === createNoopMeter() ? undefined : createInstruments(meter);
    }
    return this.#instruments;
  }
}
