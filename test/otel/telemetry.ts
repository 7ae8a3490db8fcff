import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  type MetricData,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';

/** The part of an SDK that carries the current span through awaits: one for the whole process. */
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());

/** An SDK in memory, without any global provider. */
export function inMemoryTelemetry() {
  const spanExporter = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spanExporter)] });
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: metricExporter, exportIntervalMillis: 2 ** 30 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  return {
    providers: { tracerProvider, meterProvider },
    spans: () => new Spans(spanExporter.getFinishedSpans()),
    /** What is measured now, by name. */
    async metrics(): Promise<Map<string, MetricData>> {
      metricExporter.reset();
      await reader.forceFlush();
      const scopes = metricExporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics);
      return new Map(scopes.flatMap(({ metrics }) => metrics.map((metric) => [metric.descriptor.name, metric])));
    },
  };
}

/** Finished spans, and where they hang. */
export class Spans {
  readonly all: readonly ReadableSpan[];

  constructor(all: readonly ReadableSpan[]) {
    this.all = all;
  }

  named(name: string): ReadableSpan[] {
    return this.all.filter((span) => span.name === name);
  }

  only(name: string): ReadableSpan {
    const [span, ...others] = this.named(name);
    if (span === undefined || others.length > 0)
      throw new Error(`${this.named(name).length} spans are named '${name}'`);
    return span;
  }

  parentOf(span: ReadableSpan): ReadableSpan | undefined {
    return this.all.find((other) => other.spanContext().spanId === span.parentSpanContext?.spanId);
  }

  /** Names from the root to the span. */
  path(span: ReadableSpan): string {
    const parent = this.parentOf(span);
    return parent === undefined ? span.name : `${this.path(parent)} > ${span.name}`;
  }

  paths(): string[] {
    return this.all.map((span) => this.path(span));
  }
}

export const pointsOf = (metric: MetricData | undefined) =>
  (metric?.dataPoints ?? []).map(({ attributes, value }) => ({ attributes, value }));

/** Everything about our spans that leaves the process, as text. */
export const textOf = ({ all }: Spans): string =>
  JSON.stringify(
    all.map(({ name, attributes, events, links, status }) => [
      [name, attributes, status],
      [events.map((event) => [event.name, event.attributes]), links.map((link) => link.attributes)],
    ]),
  );
