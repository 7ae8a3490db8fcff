// Traces and metrics by OpenTelemetry, on the sandbox, printed here instead of being sent to a collector. In your
// project: npm install @opentelemetry/api @opentelemetry/sdk-trace-base @opentelemetry/sdk-metrics @opentelemetry/context-async-hooks
// A service rather takes @opentelemetry/sdk-node, which brings them all, and exports to where your traces are.
import { context, metrics, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { AutomatedWorkflowManager, MemoryRepository } from 'reelflow';
import { createInstrumentation } from 'reelflow/otel';
import { startSandbox } from 'reelflow/sandbox';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';

// The host's part: an SDK, registered before anything is traced.
const spans = new InMemorySpanExporter();
const measured = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const meterProvider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter: measured })] });
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
metrics.setGlobalMeterProvider(meterProvider);

const sandbox = await startSandbox();
const instrumentation = createInstrumentation({ servers: { tmdb: sandbox.tmdbUrl, twitter: sandbox.xUrl } });
const manager = new AutomatedWorkflowManager({
  movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
  reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
  repository: new MemoryRepository(),
  coordinator: { retryDelayMs: 50 },
  instrumentation,
});
instrumentation.observe(manager);

sandbox.setFaults([{ service: 'x', kind: 'status', status: 503, times: 1 }]); // the first page fails once
await Promise.all([manager.handleUserSearch('RRR'), manager.handleUserSearch('RRR')]);
await meterProvider.forceFlush();
await manager.close();
await sandbox.close();

printBelow(undefined, 0);
console.log('\nmetrics:');
for (const { metrics: told } of measured.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics))
  for (const { descriptor, dataPoints } of told) console.log(`  ${descriptor.name} (${dataPoints.length} series)`);
await meterProvider.shutdown();

function printBelow(parent: ReadableSpan | undefined, depth: number): void {
  const children = spans
    .getFinishedSpans()
    .filter(({ parentSpanContext }) => parentSpanContext?.spanId === parent?.spanContext().spanId)
    .sort((one, other) => one.startTime[0] - other.startTime[0] || one.startTime[1] - other.startTime[1]);
  for (const span of children) {
    const { name, duration, status, attributes, events, links } = span;
    const ms = duration[0] * 1000 + duration[1] / 1e6;
    const failed = status.code === SpanStatusCode.ERROR ? `, ${attributes['error.type']}` : '';
    const joined = links.length > 0 ? ', linked to the run that it joined' : '';
    const noted = events.map((event) => `, ${event.name}`).join('');
    console.log(`${'  '.repeat(depth)}${name} ${ms.toFixed(1)} ms${failed}${noted}${joined}`);
    printBelow(span, depth + 1);
  }
}
