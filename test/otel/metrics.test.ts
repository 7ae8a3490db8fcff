import {
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_SYSTEM_NAME,
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_RESEND_COUNT,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ERROR_TYPE_VALUE_OTHER,
  METRIC_DB_CLIENT_OPERATION_DURATION,
} from '@opentelemetry/semantic-conventions';
import { describe, expect, test } from 'vitest';
import { AutomatedCoordinator, type AutomatedWorkflowManager, ReelflowError } from '../../src/index.js';
import { semconv } from '../../src/otel/attributes.js';
import { errorTypeOf } from '../../src/otel/error-type.js';
import { createInstrumentation, type ObservedManager, type OpenTelemetryOptions } from '../../src/otel/index.js';
import { FakeReviewClient } from '../../src/testing/index.js';
import { posts, type SetupOptions, setup } from '../workflow/setup.js';
import { inMemoryTelemetry, pointsOf } from './telemetry.js';

const down = new ReelflowError('API_UNAVAILABLE', 'twitter answered 503', { details: { status: 503 } });

function measured(options: SetupOptions = {}, more: OpenTelemetryOptions = {}) {
  const { providers, metrics } = inMemoryTelemetry();
  const instrumentation = createInstrumentation({ ...providers, ...more });
  return { ...setup({ instrumentation, ...options }), instrumentation, metrics };
}

const counts = (points: ReturnType<typeof pointsOf>) =>
  points.map(({ attributes, value }) => [attributes, (value as { readonly count: number }).count]);

describe('the names', () => {
  test("are those of the conventions' stable part", () => {
    expect(semconv).toEqual({
      errorType: ATTR_ERROR_TYPE,
      serverAddress: ATTR_SERVER_ADDRESS,
      serverPort: ATTR_SERVER_PORT,
      httpStatus: ATTR_HTTP_RESPONSE_STATUS_CODE,
      httpResends: ATTR_HTTP_REQUEST_RESEND_COUNT,
      dbSystem: ATTR_DB_SYSTEM_NAME,
      dbOperation: ATTR_DB_OPERATION_NAME,
    });
    expect(errorTypeOf('made up')).toBe(ERROR_TYPE_VALUE_OTHER);
    expect(errorTypeOf('API_TIMEOUT')).toBe('API_TIMEOUT');
  });
});

describe('durations', () => {
  test('of database operations are in seconds, in the buckets that the conventions recommend', async () => {
    const { manager, metrics } = measured({}, { databaseSystem: 'postgresql' });
    await manager.handleUserSearch('RRR', { maxReviews: 5 });
    await manager.close();
    const operations = (await metrics()).get(METRIC_DB_CLIENT_OPERATION_DURATION);
    expect(operations?.descriptor).toMatchObject({ unit: 's', description: 'Duration of database client operations.' });
    expect(counts(pointsOf(operations))).toContainEqual([
      { 'db.system.name': 'postgresql', 'db.operation.name': 'store_collection' },
      1,
    ]);
    expect(pointsOf(operations)[0]?.value).toMatchObject({
      buckets: { boundaries: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10] },
    });
    for (const { value } of pointsOf(operations)) expect((value as { sum: number }).sum).toBeLessThan(30);
  });

  test('of searches, steps, calls and attempts say how they ended', async () => {
    const reviews = new FakeReviewClient({ reviews: [] }).onSearch({ error: down }, { error: down });
    const coordinator = { maxRetries: 1, retryDelayMs: 0 };
    const { manager, metrics } = measured({ reviews, coordinator }, { servers: { twitter: 'http://localhost:8080' } });
    await Promise.all([1, 2].map(() => manager.handleUserSearch('RRR', { maxReviews: 5 })));
    await manager.close();
    const told = await metrics();
    expect(counts(pointsOf(told.get('reelflow.search.duration')))).toEqual([
      [{ 'reelflow.outcome': 'degraded', 'reelflow.search.coalesced': false }, 1],
      [{ 'reelflow.outcome': 'degraded', 'reelflow.search.coalesced': true }, 1],
    ]);
    expect(counts(pointsOf(told.get('reelflow.step.duration')))).toContainEqual([
      { 'reelflow.step.name': 'collect', 'reelflow.step.status': 'degraded' },
      1,
    ]);
    const failed = { 'reelflow.api.name': 'twitter', 'error.type': 'API_UNAVAILABLE' };
    expect(counts(pointsOf(told.get('reelflow.api.call.duration')))).toContainEqual([failed, 1]);
    expect(counts(pointsOf(told.get('reelflow.api.attempt.duration')))).toContainEqual([
      { ...failed, 'http.response.status_code': 503, 'server.address': 'localhost', 'server.port': 8080 },
      2,
    ]);
    expect(pointsOf(told.get('reelflow.retries'))).toEqual([{ attributes: failed, value: 1 }]);
    expect([...told.keys()].filter((name) => name.startsWith('http.'))).toEqual([]); // those are the HTTP client's to tell
  });

  test('are measured without any tracing, too', async () => {
    const { providers, metrics } = inMemoryTelemetry();
    const instrumentation = createInstrumentation({ meterProvider: providers.meterProvider });
    const { manager } = setup({ instrumentation });
    await manager.handleUserSearch('RRR', { maxReviews: 5 });
    await manager.close();
    expect(counts(pointsOf((await metrics()).get('reelflow.search.duration')))).toHaveLength(1);
  });

  test('a wait for a limit counts', async () => {
    const { providers, metrics } = inMemoryTelemetry();
    const coordinator = new AutomatedCoordinator({ instrumentation: createInstrumentation(providers) });
    coordinator.configureApi('slow', { limits: [{ calls: 1, windowMs: 60_000 }] });
    await coordinator.coordinateApiCall('slow', () => 1);
    const waits = coordinator.coordinateApiCall('slow', () => 2);
    await coordinator.close();
    expect((await waits).success).toBe(false);
    expect(pointsOf((await metrics()).get('reelflow.api.waits'))).toEqual([
      { attributes: { 'reelflow.api.name': 'slow' }, value: 1 },
    ]);
  });
});

describe("an observed manager's statistics", () => {
  test('are read when the SDK collects', async () => {
    const reviews = new FakeReviewClient({ reviews: posts(5), usdPerPost: 0.005 });
    const { manager, metrics, instrumentation } = measured({ reviews, budget: { usdPerDay: 2, postsPerMonth: 1000 } });
    manager.coordinator.configureApi('tmdb', { limits: [{ calls: 40, windowMs: 3_600_000 }] });
    instrumentation.observe(manager);
    await Promise.all([1, 2].map(() => manager.handleUserSearch('RRR', { maxReviews: 5 })));
    await manager.handleUserSearch('No such film', { maxReviews: 5 });
    const told = await metrics();
    const values = (name: string) =>
      Object.fromEntries(
        pointsOf(told.get(name)).map(({ attributes, value }) => [Object.values(attributes).join(' '), value]),
      );
    expect(values('reelflow.run.ended')).toEqual({ completed: 1, failed: 1, cancelled: 0 });
    expect(values('reelflow.run.degraded')).toEqual({ '': 0 });
    expect(values('reelflow.run.active')).toEqual({ '': 0 });
    expect(values('reelflow.run.queued')).toEqual({ '': 0 });
    expect(values('reelflow.search.coalesced')).toEqual({ '': 1 });
    expect(values('reelflow.api.quota.limit')).toEqual({ tmdb: 40 });
    const { attempts = 0 } = manager.coordinator.getStatistics().apiCalls.byApi['tmdb'] ?? {};
    expect(values('reelflow.api.quota.remaining')).toEqual({ tmdb: 40 - attempts });
    expect(values('reelflow.circuit.state')).toMatchObject({
      'tmdb closed': 1,
      'tmdb open': 0,
      'save_run half_open': 0,
    });
    expect(values('reelflow.budget.spent')).toEqual({ day: 0.025, month: 0.025 });
    expect(values('reelflow.budget.limit')).toEqual({ day: 2 });
    expect(values('reelflow.budget.posts.bought')).toEqual({ '': 5 });
    expect(values('reelflow.budget.posts.limit')).toEqual({ '': 1000 });
    expect(values('reelflow.cache.answers')).toEqual({ hit: 0, miss: expect.any(Number), stale: 0, failure: 0 });
    expect(values('reelflow.storage.diverted')).toEqual({ '': 0 });
    expect(values('reelflow.quarantine.records')).toEqual({ '': 0 });
    expect(values('reelflow.ready')).toEqual({ '': 1 });
    await manager.close();
  });

  test('are read no more when it closes, or when the host says stop', async () => {
    const { manager, metrics, instrumentation } = measured();
    let reads = 0;
    const observed: ObservedManager = {
      closing: manager.closing,
      getStatus: () => manager.getStatus(),
      getAutomationStatistics: () => {
        reads += 1;
        return manager.getAutomationStatistics();
      },
    };
    const stop = instrumentation.observe(observed);
    await metrics();
    expect(reads).toBe(1);
    stop();
    await metrics();
    expect(reads).toBe(1);
    instrumentation.observe(observed);
    await manager.close();
    instrumentation.observe(observed);
    await metrics();
    expect(reads).toBe(1);
  });

  test('are of a shape that the manager has', () => {
    const observed: (manager: AutomatedWorkflowManager) => ObservedManager = (manager) => manager;
    expect(observed).toBeTypeOf('function');
  });
});
