import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { metrics, trace } from '@opentelemetry/api';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { afterEach, describe, expect, test } from 'vitest';
import { AutomatedCoordinator, type Instrumentation } from '../../src/index.js';
import { createInstrumentation, type OpenTelemetryOptions } from '../../src/otel/index.js';
import { CollectingLogger } from '../../src/testing/index.js';
import { setup } from '../workflow/setup.js';
import { inMemoryTelemetry } from './telemetry.js';

afterEach(() => {
  trace.disable();
  metrics.disable();
});

const search = { movieName: 'RRR', maxReviews: 1, collectNewData: true, priority: undefined };
const run = { workflowId: 'workflow_1', movieName: 'RRR', priority: 'interactive', resumed: false } as const;

describe('without an SDK', () => {
  test('nothing is made: no scope, so that the work runs as if nobody watched', () => {
    const instrumentation = createInstrumentation();
    expect(instrumentation.startSearch(search)).toBeUndefined();
    expect(instrumentation.startRun(run)).toBeUndefined();
    expect(instrumentation.startStep({ workflowId: 'workflow_1', name: 'collect' })).toBeUndefined();
    expect(instrumentation.startCall({ kind: 'api', name: 'tmdb', workflowId: undefined })).toBeUndefined();
    expect(instrumentation.startCall({ kind: 'database', name: 'save', workflowId: undefined })).toBeUndefined();
  });

  test('a search works, and a manager can be observed', async () => {
    const instrumentation = createInstrumentation();
    const { manager } = setup({ instrumentation });
    const stop = instrumentation.observe(manager);
    expect(await manager.handleUserSearch('RRR', { maxReviews: 5 })).toMatchObject({ success: true });
    stop();
    await manager.close();
  });

  test('global providers that are registered later are used from then on', async () => {
    const coordinator = new AutomatedCoordinator({ instrumentation: createInstrumentation() });
    await coordinator.coordinateApiCall('own', () => 1);
    const { providers, spans, metrics: measured } = inMemoryTelemetry();
    trace.setGlobalTracerProvider(providers.tracerProvider);
    metrics.setGlobalMeterProvider(providers.meterProvider);
    await coordinator.coordinateApiCall('own', () => 1);
    await coordinator.close();
    expect(spans().paths()).toEqual(['call own > attempt own', 'call own']);
    expect((await measured()).has('reelflow.api.call.duration')).toBe(true);
  });
});

describe('an SDK that throws', () => {
  test('hurts no search', async () => {
    const broken = () => {
      throw new Error('the exporter is gone');
    };
    const { providers } = inMemoryTelemetry();
    for (const options of [
      { tracerProvider: { getTracer: () => ({ startSpan: broken, startActiveSpan: broken }) } },
      { meterProvider: { getMeter: broken } },
      { tracerProvider: providers.tracerProvider, meterProvider: { getMeter: broken } },
    ] satisfies OpenTelemetryOptions[]) {
      const logger = new CollectingLogger();
      const instrumentation: Instrumentation = createInstrumentation(options);
      const { manager } = setup({ instrumentation, logger });
      expect(await manager.handleUserSearch('RRR', { maxReviews: 5 })).toMatchObject({
        success: true,
        degraded: false,
      });
      await manager.close();
      expect(logger.lines.some(({ message }) => message.includes('the exporter is gone'))).toBe(true);
    }
  });
});

/** Bytes in use after a collection of garbage. */
function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  const gc: () => void = runInNewContext('gc');
  gc();
  gc();
  return process.memoryUsage().heapUsed;
}

describe('many searches', () => {
  test('leave nothing behind: runs are forgotten when they end', async () => {
    const { providers } = inMemoryTelemetry();
    await providers.tracerProvider.shutdown(); // spans are made and dropped
    const instrumentation = createInstrumentation(providers);
    const made = (from: number, to: number) => {
      for (let number = from; number < to; number += 1) {
        const scope = instrumentation.startRun({ ...run, workflowId: `workflow_${number}` });
        const joined = instrumentation.startSearch(search);
        joined?.accepted?.({ workflowId: `workflow_${number}`, coalesced: true });
        scope?.run(() => instrumentation.startCall({ kind: 'api', name: 'tmdb', workflowId: 'workflow_1' })?.succeed());
        scope?.fail(new Error('cancelled') as never);
        joined?.fail(new Error('cancelled') as never);
      }
    };
    made(0, 2000);
    const before = heapUsed();
    made(2000, 22_000);
    expect(heapUsed() - before).toBeLessThan(2 ** 20);
  });

  test('let their spans go, while the manager lives on', async () => {
    const spans: Array<WeakRef<object>> = [];
    const tracerProvider = new BasicTracerProvider({
      spanProcessors: [
        {
          onStart: (span) => void spans.push(new WeakRef(span)),
          onEnd: () => undefined,
          forceFlush: async () => undefined,
          shutdown: async () => undefined,
        },
      ],
    });
    const { manager } = setup({ instrumentation: createInstrumentation({ tracerProvider }) });
    await manager.handleUserSearch('RRR', { maxReviews: 5 });
    await manager.handleUserSearch('No such film', { maxReviews: 5 });
    expect(spans.length).toBeGreaterThan(25);
    await new Promise((resolve) => setImmediate(resolve));
    heapUsed();
    await new Promise((resolve) => setImmediate(resolve));
    heapUsed();
    expect(spans.map((span) => span.deref()).filter((span) => span !== undefined)).toEqual([]);
    await manager.close();
  });
});

describe('options', () => {
  test.each<[string, unknown]>([
    ['tracerProvider', {}],
    ['tracerProvider', null],
    ['meterProvider', { getTracer: () => undefined }],
    ['recordTitles', 'yes'],
    ['databaseSystem', ''],
    ['servers', null],
    ['servers.tmdb', { tmdb: 'api.themoviedb.org' }],
    ['servers.tmdb', { tmdb: 'file:///etc' }],
  ])('%s is refused with the fix when it is %j', (name, value) => {
    const options = { [name.split('.')[0] ?? '']: value };
    expect(() => createInstrumentation(options)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringMatching(`^${name} must be `) }),
    );
  });
});
