import { AsyncResource } from 'node:async_hooks';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { AutomatedCoordinator, type CallContext, MemoryRepository, ReelflowError } from '../../src/index.js';
import { createInstrumentation, type OpenTelemetryOptions } from '../../src/otel/index.js';
import { FakeMovieClient, FakeReviewClient } from '../../src/testing/index.js';
import { errorOf, failing, posts, rrr, type SetupOptions, setup } from '../workflow/setup.js';
import { settled, turn } from '../workflow/turning-clock.js';
import { inMemoryTelemetry } from './telemetry.js';

const down = new ReelflowError('API_UNAVAILABLE', 'tmdb answered 503', { details: { status: 503 } });

function traced(options: SetupOptions = {}, more: OpenTelemetryOptions = {}) {
  const { providers, spans } = inMemoryTelemetry();
  const instrumentation = createInstrumentation({ ...providers, ...more });
  return { ...setup({ instrumentation, ...options }), spans };
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('the spans of a cold search', () => {
  test('hang where the work was done', async () => {
    const { manager, spans } = traced();
    await manager.handleUserSearch('RRR', { maxReviews: 5 });
    await manager.close();
    expect([...new Set(spans().paths())].sort()).toEqual(
      [
        'search',
        'search > run',
        'search > run > save_run',
        'search > run > step identify',
        'search > run > step identify > find_movie',
        'search > run > step identify > save_run',
        'search > run > step identify > call tmdb',
        'search > run > step identify > call tmdb > attempt tmdb',
        'search > run > step collect',
        'search > run > step collect > call tmdb',
        'search > run > step collect > call tmdb > attempt tmdb',
        'search > run > step collect > call twitter',
        'search > run > step collect > call twitter > attempt twitter',
        'search > run > step validate',
        'search > run > step store',
        'search > run > step store > store_collection',
        'search > run > step analyse',
        'search > run > step analyse > find_reviews',
        'search > run > step analyse > store_analysis',
        'search > run > step recommend',
        'search > run > step recommend > read_catalogue',
        'search > run > step recommend > store_recommendations',
      ].sort(),
    );
    expect(new Set(spans().all.map((span) => span.spanContext().traceId)).size).toBe(1);
  });

  test("carry the conventions' attributes, and say that nothing failed by saying nothing", async () => {
    const { manager, spans } = traced(
      {},
      { databaseSystem: 'sqlite', servers: { tmdb: 'https://u:p@films.test/3?k=1' } },
    );
    const { workflowId } = await manager.handleUserSearch('RRR', { maxReviews: 5, collectNewData: true });
    await manager.close();
    const told = spans();
    expect(told.only('search').attributes).toEqual({
      'reelflow.search.max_reviews': 5,
      'reelflow.search.collect_new_data': true,
      'reelflow.workflow.id': workflowId,
      'reelflow.search.coalesced': false,
      'reelflow.outcome': 'completed',
    });
    expect(told.only('run').attributes).toMatchObject({
      'reelflow.run.resumed': false,
      'reelflow.run.cost_usd': 0.025,
      'reelflow.degraded': false,
    });
    expect(told.only('store_collection')).toMatchObject({
      kind: SpanKind.CLIENT,
      attributes: { 'db.system.name': 'sqlite', 'db.operation.name': 'store_collection', 'reelflow.attempts': 1 },
    });
    for (const attempt of told.named('attempt tmdb')) {
      expect(attempt).toMatchObject({ kind: SpanKind.CLIENT, status: { code: SpanStatusCode.UNSET } });
      expect(attempt.attributes).toEqual({
        'reelflow.api.name': 'tmdb',
        'reelflow.attempt': 1,
        'server.address': 'films.test',
        'server.port': 443,
      });
    }
    expect(told.only('attempt twitter').attributes).not.toHaveProperty('server.address');
    expect(told.all.every(({ status }) => status.code === SpanStatusCode.UNSET)).toBe(true);
  });

  test('name the film only when the host wants it', async () => {
    const { manager, spans } = traced({}, { recordTitles: true });
    await manager.handleUserSearch('RRR', { maxReviews: 0 });
    await manager.close();
    expect(spans().only('search').attributes['reelflow.movie.name']).toBe('RRR');
    expect(spans().only('run').attributes['reelflow.movie.name']).toBe('RRR');
  });

  test("hang below the host's span, also those of a coordinator and a store of its own", async () => {
    const { providers, spans } = inMemoryTelemetry();
    const coordinator = new AutomatedCoordinator({ instrumentation: createInstrumentation(providers) });
    const tracer = providers.tracerProvider.getTracer('host');
    await tracer.startActiveSpan('request', async (request) => {
      await coordinator.coordinateApiCall('own', () => 1);
      await coordinator.coordinateDbOperation('save', () => 1);
      request.end();
    });
    await coordinator.close();
    expect(spans().paths()).toEqual([
      'request > call own > attempt own',
      'request > call own',
      'request > save',
      'request',
    ]);
  });
});

describe('inside an attempt', () => {
  test("its span is the active one: what a client's own instrumentation makes is its child", async () => {
    const { providers, spans } = inMemoryTelemetry();
    const tracer = providers.tracerProvider.getTracer('undici');
    class Client extends FakeReviewClient {
      override async searchReviews(...parameters: Parameters<FakeReviewClient['searchReviews']>) {
        await turn();
        return tracer.startActiveSpan('GET', async (span) => {
          const page = await super.searchReviews(...parameters);
          span.end();
          return page;
        });
      }
    }
    class Store extends MemoryRepository {
      override async apply(...parameters: Parameters<MemoryRepository['apply']>) {
        tracer.startSpan('INSERT').end();
        return super.apply(...parameters);
      }
    }
    const { manager } = setup({
      instrumentation: createInstrumentation(providers),
      reviews: new Client({ reviews: posts(5) }),
      repository: new Store(),
    });
    await manager.handleUserSearch('RRR', { maxReviews: 5 });
    await manager.close();
    expect(spans().path(spans().only('GET'))).toBe(
      'search > run > step collect > call twitter > attempt twitter > GET',
    );
    expect(spans().paths()).toContain('search > run > step store > store_collection > INSERT');
  });

  test('that another call let start, it is that of its own call', async () => {
    const { providers, spans } = inMemoryTelemetry();
    const coordinator = new AutomatedCoordinator({ instrumentation: createInstrumentation(providers) });
    coordinator.configureApi('busy', { limits: [], concurrency: 1 });
    const tracer = providers.tracerProvider.getTracer('host');
    const user = (name: string) =>
      tracer.startActiveSpan(name, async (span) => {
        await coordinator.coordinateApiCall('busy', () => tracer.startSpan(`work of ${name}`).end());
        span.end();
      });
    await Promise.all(['anna', 'bela', 'cleo'].map(user));
    await coordinator.close();
    for (const name of ['anna', 'bela', 'cleo'])
      expect(spans().paths()).toContain(`${name} > call busy > attempt busy > work of ${name}`);
  });
});

describe('what goes wrong', () => {
  test('a retried attempt: each has a span, and the call says why and when', async () => {
    const movies = new FakeMovieClient({ movies: [rrr] }).onSearch({ error: down });
    const { manager, spans } = traced({ movies, coordinator: { retryDelayMs: 0 } });
    await manager.handleUserSearch('RRR', { maxReviews: 0 });
    await manager.close();
    const [first, second] = spans()
      .named('attempt tmdb')
      .filter((span) => spans().path(span).includes('identify'));
    expect(first).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'error.type': 'API_UNAVAILABLE', 'http.response.status_code': 503, 'reelflow.attempt': 1 },
    });
    expect(first?.attributes).not.toHaveProperty('http.request.resend_count');
    expect(second).toMatchObject({
      status: { code: SpanStatusCode.UNSET },
      attributes: { 'http.request.resend_count': 1, 'reelflow.attempt': 2 },
    });
    const call = second === undefined ? undefined : spans().parentOf(second);
    expect(call).toMatchObject({ status: { code: SpanStatusCode.UNSET }, attributes: { 'reelflow.attempts': 2 } });
    expect(call?.events.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['retry_scheduled', { 'reelflow.attempt': 1, 'reelflow.delay_ms': 0, 'error.type': 'API_UNAVAILABLE' }],
    ]);
  });

  test('a wait for a limit is an event of the call', async () => {
    vi.useFakeTimers();
    const { providers, spans } = inMemoryTelemetry();
    const coordinator = new AutomatedCoordinator({ instrumentation: createInstrumentation(providers), guardMs: 0 });
    coordinator.configureApi('slow', { limits: [{ calls: 1, windowMs: 500 }] });
    await settled(
      Promise.all([coordinator.coordinateApiCall('slow', () => 1), coordinator.coordinateApiCall('slow', () => 2)]),
    );
    await coordinator.close();
    const events = spans()
      .named('call slow')
      .flatMap(({ events }) => events);
    expect(events.map(({ name }) => name)).toEqual(['rate_limit_wait']);
    expect(events[0]?.attributes?.['reelflow.wait_ms']).toBe(500);
  });

  test('an API that stays down: the step is degraded, and its call failed', async () => {
    const reviews = new FakeReviewClient({ reviews: [] }).onSearch({ error: down }, { error: down });
    const { manager, spans } = traced({ reviews, coordinator: { maxRetries: 1, retryDelayMs: 0 } });
    await manager.handleUserSearch('RRR', { maxReviews: 5 });
    await manager.close();
    expect(spans().only('call twitter')).toMatchObject({
      status: { code: SpanStatusCode.ERROR },
      attributes: { 'error.type': 'API_UNAVAILABLE', 'reelflow.attempts': 2 },
    });
    expect(spans().only('step collect')).toMatchObject({
      status: { code: SpanStatusCode.UNSET },
      attributes: { 'reelflow.step.status': 'degraded' },
    });
    expect(spans().only('step collect').events[0]?.attributes).toEqual({ 'reelflow.reason': 'API_UNAVAILABLE' });
    expect(spans().only('search')).toMatchObject({ attributes: { 'reelflow.outcome': 'degraded' } });
  });

  test('a film that is not found: step, run and search failed', async () => {
    const { manager, spans } = traced();
    await manager.handleUserSearch('No such film', { maxReviews: 5 });
    await manager.close();
    for (const name of ['step identify', 'run', 'search'])
      expect(spans().only(name)).toMatchObject({
        status: { code: SpanStatusCode.ERROR },
        attributes: { 'error.type': 'MOVIE_NOT_FOUND' },
      });
    expect(spans().all.every(({ status }) => status.message === undefined)).toBe(true);
  });

  test('a database that fails once: one span for the operation, with the retry in it', async () => {
    const methods = new Set(['apply']);
    const repository = failing(new MemoryRepository(), methods, () => {
      methods.clear();
      return new ReelflowError('DB_CONNECTION', 'connection lost');
    });
    const { manager, spans } = traced({ repository, coordinator: { retryDelayMs: 0 } });
    await manager.handleUserSearch('RRR', { maxReviews: 5 });
    await manager.close();
    const retried = spans().all.filter(({ events }) => events.length > 0);
    expect(retried).toHaveLength(1);
    expect(retried[0]).toMatchObject({
      kind: SpanKind.CLIENT,
      status: { code: SpanStatusCode.UNSET },
      attributes: { 'db.system.name': 'other_sql', 'reelflow.attempts': 2 },
      events: [{ name: 'retry_scheduled', attributes: { 'error.type': 'DB_CONNECTION' } }],
    });
  });

  test('an error that a host made up a code for has no type of its own', async () => {
    const { providers, spans } = inMemoryTelemetry();
    const coordinator = new AutomatedCoordinator({ instrumentation: createInstrumentation(providers) });
    const code = 'RRR was searched by anna' as ReelflowError['code'];
    await coordinator.coordinateApiCall('own', () => {
      throw new ReelflowError(code, 'strange');
    });
    await coordinator.close();
    expect(spans().all.map(({ attributes }) => attributes['error.type'])).toEqual(['_OTHER', '_OTHER']);
  });
});

describe('an abort', () => {
  test('ends every span, as cancelled', async () => {
    const controller = new AbortController();
    class Hanging extends FakeMovieClient {
      override async getMovie(tmdbId: number, context: CallContext) {
        void turn().then(() => controller.abort());
        return super.getMovie(tmdbId, context);
      }
    }
    const movies = new Hanging({ movies: [rrr] }).onDetails({ hang: true });
    const { manager, spans } = traced({ movies });
    const search = manager.handleUserSearch('RRR', { maxReviews: 0, signal: controller.signal });
    expect(await errorOf(search)).toMatchObject({ code: 'CANCELLED' });
    await manager.close();
    const told = spans();
    for (const span of [
      told.only('search'),
      told.only('run'),
      told.only('step collect'),
      told.named('attempt tmdb')[1],
    ])
      expect(span).toMatchObject({
        status: { code: SpanStatusCode.ERROR },
        attributes: { 'error.type': 'CANCELLED' },
      });
    expect(told.only('run').attributes['reelflow.outcome']).toBe('cancelled');
  });

  test('of one of two leaves the other and the run alone', async () => {
    const controller = new AbortController();
    const { manager, spans } = traced();
    const stays = manager.handleUserSearch('RRR', { maxReviews: 0 });
    const leaves = manager.handleUserSearch('RRR', { maxReviews: 0, signal: controller.signal });
    controller.abort();
    expect(await errorOf(leaves)).toMatchObject({ code: 'CANCELLED' });
    await stays;
    await manager.close();
    expect(
      spans()
        .named('search')
        .map(({ attributes }) => attributes['reelflow.outcome']),
    ).toEqual(['cancelled', 'completed']);
    expect(spans().only('run').attributes['reelflow.outcome']).toBe('completed');
  });
});

describe('searches that share a run', () => {
  test('each have a span; those that joined link to the run', async () => {
    const { manager, spans } = traced();
    await Promise.all([1, 2, 3].map(() => manager.handleUserSearch('RRR', { maxReviews: 5 })));
    await manager.close();
    const run = spans().only('run');
    const searches = spans().named('search');
    const joined = searches.filter(({ attributes }) => attributes['reelflow.search.coalesced'] === true);
    expect(searches).toHaveLength(3);
    expect(joined).toHaveLength(2);
    for (const { links, attributes } of joined) {
      expect(links.map(({ context }) => context.spanId)).toEqual([run.spanContext().spanId]);
      expect(attributes['reelflow.workflow.id']).toBe(run.attributes['reelflow.workflow.id']);
    }
    expect(spans().parentOf(run)).toMatchObject({ attributes: { 'reelflow.search.coalesced': false }, links: [] });
  });

  test('in different traces, too', async () => {
    const { providers, spans } = inMemoryTelemetry();
    const { manager } = setup({ instrumentation: createInstrumentation(providers) });
    const tracer = providers.tracerProvider.getTracer('host');
    const request = (name: string) =>
      tracer.startActiveSpan(name, async (span) => {
        await manager.handleUserSearch('RRR', { maxReviews: 0 });
        span.end();
      });
    await Promise.all([request('anna'), request('bela')]);
    await manager.close();
    const run = spans().only('run');
    expect(spans().path(run)).toBe('anna > search > run');
    const joined = spans()
      .named('search')
      .find(({ links }) => links.length > 0);
    expect(joined === undefined ? '' : spans().path(joined)).toBe('bela > search');
    expect(joined?.links[0]?.context.traceId).toBe(run.spanContext().traceId);
  });
});

describe('what serves all searches', () => {
  test('is in the trace of none: leases are renewed outside of the run that came first', async () => {
    vi.useFakeTimers();
    const fake = globalThis.setInterval;
    const asRealOnes = (callback: () => void, ms: number) => fake(AsyncResource.bind(callback), ms); // they keep the context
    vi.stubGlobal('setInterval', asRealOnes);
    const movies = new FakeMovieClient({ movies: [rrr] }).onSearch({ delayMs: 3000 });
    const { manager, spans } = traced({ movies });
    await settled(manager.handleUserSearch('RRR', { maxReviews: 0 }));
    await settled(manager.close());
    expect(spans().path(spans().only('renew_lease'))).toBe('renew_lease');
    expect(spans().only('renew_lease').spanContext().traceId).not.toBe(spans().only('run').spanContext().traceId);
  });
});
