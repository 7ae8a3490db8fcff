import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AutomatedCoordinator, type CoordinatorEvent, MemoryRepository, ReelflowError } from '../../src/index.js';
import { FakeMovieClient, FakeReviewClient } from '../../src/testing/index.js';
import { errorOf, failing, film, posts, rrr, setup } from './setup.js';

describe('API coordination with retries: in a search', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('a provider that fails twice is asked again after 2 and 4 s, and the attempts are counted', async () => {
    const movies = new FakeMovieClient({ movies: [rrr] });
    const down = { error: new ReelflowError('API_UNAVAILABLE', 'down') };
    movies.onSearch(down, down);
    const { manager } = setup({ movies });
    const retries: unknown[] = [];
    manager.trigger.registerTrigger('retry_scheduled', ({ api, attempt, delayMs }) =>
      retries.push([api, attempt, delayMs]),
    );
    const search = manager.handleUserSearch('RRR');
    await vi.advanceTimersByTimeAsync(6000);
    expect(await search).toMatchObject({ success: true, degraded: false, cost: { apiCalls: { tmdb: 4, twitter: 1 } } });
    expect(retries).toEqual([
      ['tmdb', 1, 2000],
      ['tmdb', 2, 4000],
    ]);
    expect((await search).steps[0]).toMatchObject({ name: 'identify', status: 'ok' });
  });

  test('the limit of X holds across searches: the sixteenth page waits for the window', async () => {
    const reviews = new FakeReviewClient({ reviews: posts(10), defaultPolicy: {} });
    const films = Array.from({ length: 16 }, (_, index) => film(1000 + index, `Film Number ${index + 1}`));
    const { manager } = setup({ movies: new FakeMovieClient({ movies: films }), reviews });
    const waits: unknown[] = [];
    manager.trigger.registerTrigger('rate_limit_wait', ({ api, waitMs }) => waits.push([api, waitMs]));
    const all = Promise.all(films.map(({ title }) => manager.handleUserSearch(title)));
    await vi.advanceTimersByTimeAsync(1000);
    expect(reviews.calls).toHaveLength(15);
    expect(manager.coordinator.remainingQuota('twitter')).toMatchObject({ remaining: 0, limit: 15 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(reviews.calls).toHaveLength(16);
    expect((await all).every(({ success, degraded }) => success && !degraded)).toBe(true);
    expect(waits).toHaveLength(1);
  });

  test('an accessor of the coordinator acts from the next call on', async () => {
    const { manager, movies } = setup();
    manager.coordinator.maxRetries = 0;
    movies.onSearch({ error: new ReelflowError('API_NETWORK', 'gone') });
    expect(await manager.handleUserSearch('RRR')).toMatchObject({ success: false, cost: { apiCalls: { tmdb: 1 } } });
  });

  test('a budget holds beside options of the coordinator that are there and undefined', async () => {
    const { manager } = setup({ budget: { usdPerDay: 0.01 }, coordinator: { budget: undefined, logger: undefined } });
    const { errors, cost } = await manager.handleUserSearch('RRR');
    expect(errors).toMatchObject([{ code: 'API_QUOTA_EXHAUSTED' }]);
    expect(cost.estimatedUsd).toBe(0);
  });

  test('a budget is never overspent, and its end is said once', async () => {
    const reviews = new FakeReviewClient({ reviews: posts(250), usdPerPost: 0.005 });
    const { manager } = setup({ reviews, budget: { usdPerDay: 0.6 } });
    const exhausted = vi.fn();
    manager.trigger.registerTrigger('budget_exhausted', exhausted);
    const result = await manager.handleUserSearch('RRR', { maxReviews: 250 });
    expect(result).toMatchObject({
      success: true,
      degraded: true,
      errors: [{ code: 'API_QUOTA_EXHAUSTED', api: 'twitter' }],
      cost: { estimatedUsd: 0.5 },
    });
    expect(reviews.calls).toHaveLength(1);
    expect(exhausted.mock.calls[0]?.[0]).toEqual({ period: 'day', spentUsd: 0.5, limitUsd: 0.6 });
    expect(manager.coordinator.getStatistics().spend.usdToday).toBe(0.5);
  });

  test('a coordinator of the host is used, heard and left open', async () => {
    const mine = new AutomatedCoordinator({ maxRetries: 0 });
    const events: CoordinatorEvent[] = [];
    mine.subscribe((event) => events.push(event));
    const lines: string[] = [];
    const line = (_fields: unknown, message: string) => void lines.push(message);
    const { manager, movies } = setup({
      coordinator: mine,
      logger: { debug: line, info: line, warn: line, error: line },
    });
    movies.onSearch({ error: new ReelflowError('API_NETWORK', 'gone') });
    await manager.handleUserSearch('RRR');
    expect(lines).toContain('[tmdb] attempt 1 of 1 failed: API_NETWORK; giving up');
    await manager.close();
    expect(await mine.coordinateApiCall('other', () => 1)).toMatchObject({ success: true });
    expect(events.some(({ type }) => type === 'attempt_failed')).toBe(true);
  });
});

describe('automatic workflow triggering: many at once', () => {
  test('100 searches of 20 films: each film fetched once, all answered, no double row', async () => {
    const films = Array.from({ length: 20 }, (_, index) => film(1000 + index, `Film Number ${index + 1}`));
    const movies = new FakeMovieClient({ movies: films });
    const reviews = new FakeReviewClient({ reviews: films.flatMap((one) => posts(10, one)) });
    const { manager, repository } = setup({ movies, reviews });
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, index) => manager.handleUserSearch(`Film Number ${(index % 20) + 1}`)),
    );
    expect(results.every(({ success, degraded }) => success && !degraded)).toBe(true);
    expect(movies.calls.filter(({ method }) => method === 'getMovie')).toHaveLength(20);
    expect(reviews.calls).toHaveLength(20);
    expect(results.filter(({ coalesced }) => coalesced)).toHaveLength(80);
    expect(new Set(results.map(({ workflowId }) => workflowId)).size).toBe(20);
    for (const joined of results.filter(({ coalesced }) => coalesced))
      expect(joined.cost).toEqual({ apiCalls: {}, estimatedUsd: 0 });
    for (const { tmdbId } of films) expect(await repository.findReviews(tmdbId, { limit: 100 })).toHaveLength(10);
    expect(manager.getAutomationStatistics()).toMatchObject({
      triggerHistory: 100,
      performance: { workflows: 20, coalesced: 80, running: 0, queued: 0 },
    });
  });

  test('a search joins one that asks for at least as much, and only such a one', async () => {
    const { manager, movies } = setup();
    const [big, small, bigger, fresh] = await Promise.all([
      manager.handleUserSearch('RRR', { maxReviews: 20 }),
      manager.handleUserSearch('rrr ', { maxReviews: 10 }),
      manager.handleUserSearch('RRR', { maxReviews: 30 }),
      manager.handleUserSearch('RRR', { maxReviews: 10, collectNewData: true }),
    ]);
    expect(small).toMatchObject({ coalesced: true, workflowId: big.workflowId });
    expect(bigger).toMatchObject({ coalesced: false });
    expect(fresh).toMatchObject({ coalesced: false });
    expect(movies.calls.filter(({ method }) => method === 'getMovie')).toHaveLength(1); // one flight for the details
  });

  test('one who leaves is CANCELLED alone; the run stops when the last one leaves', async () => {
    const movies = new FakeMovieClient({ movies: [rrr] }).onDetails({ hang: true });
    const { manager } = setup({ movies });
    const [first, second] = [new AbortController(), new AbortController()];
    const one = errorOf(manager.handleUserSearch('RRR', { signal: first.signal }));
    const two = errorOf(manager.handleUserSearch('RRR', { signal: second.signal }));
    await vi.waitFor(() => expect(movies.calls).toHaveLength(2));
    first.abort();
    expect(await one).toMatchObject({ code: 'CANCELLED' });
    expect(manager.getAutomationStatistics().performance.running).toBe(1);
    second.abort();
    expect(await two).toMatchObject({ code: 'CANCELLED' });
    await vi.waitFor(() =>
      expect(manager.getAutomationStatistics().performance).toMatchObject({ running: 0, cancelled: 1 }),
    );
  });

  test('no more run at once than allowed, interactive ones first', async () => {
    const films = ['Alpha', 'Beta', 'Gamma', 'Delta'].map((title, index) => film(2000 + index, title));
    const movies = new FakeMovieClient({ movies: films });
    const { manager } = setup({ movies, maxConcurrentWorkflows: 1 });
    const order: string[] = [];
    manager.trigger.registerTrigger('workflow_started', ({ movieName }) => order.push(movieName));
    const searches = [
      manager.handleUserSearch('Alpha', { priority: 'background' }),
      manager.handleUserSearch('Beta', { priority: 'background' }),
      manager.handleUserSearch('Gamma'),
      manager.handleUserSearch('Delta'),
    ];
    expect(manager.getAutomationStatistics().performance).toMatchObject({ running: 1, queued: 3 });
    await Promise.all(searches);
    expect(order).toEqual(['Alpha', 'Gamma', 'Delta', 'Beta']);
  });

  test('an interactive search does not queue up behind a background one of the same film, and joins it once it runs', async () => {
    const films = ['Alpha', 'Beta', 'Gamma'].map((title, index) => film(2000 + index, title));
    const movies = new FakeMovieClient({ movies: films }).onSearch({ delayMs: 20 });
    const { manager } = setup({ movies, maxConcurrentWorkflows: 1 });
    const ended: string[] = [];
    const search = async (name: string, priority: 'background' | 'interactive') => {
      const result = await manager.handleUserSearch(name, { priority });
      ended.push(`${name} ${priority}`);
      return result;
    };
    const background = ['Alpha', 'Beta', 'Gamma'].map((name) => search(name, 'background'));
    await new Promise((resolve) => setImmediate(resolve));
    const [own, joined] = await Promise.all([search('Gamma', 'interactive'), search('Alpha', 'interactive')]);
    await Promise.all(background);
    expect([own.coalesced, joined.coalesced]).toEqual([false, true]);
    expect(ended.slice(2)).toEqual(['Gamma interactive', 'Beta background', 'Gamma background']);
    expect(movies.calls.filter(({ method }) => method === 'getMovie')).toHaveLength(3);
  });

  test('a search that is aborted while it waits for its turn is counted as cancelled', async () => {
    const movies = new FakeMovieClient({ movies: [rrr] }).onSearch({ hang: true });
    const { manager } = setup({ movies, maxConcurrentWorkflows: 1 });
    void manager.handleUserSearch('RRR').catch(() => undefined);
    const controller = new AbortController();
    const waiting = manager.handleUserSearch('Up', { signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    const performance = { workflows: 1, cancelled: 1, running: 1, queued: 0 };
    expect(manager.getAutomationStatistics().performance).toMatchObject(performance);
    await manager.close({ graceMs: 0 });
  });

  test('a search that has no turn before its deadline says so', async () => {
    vi.useFakeTimers();
    try {
      const movies = new FakeMovieClient({ movies: [rrr] }).onSearch({ hang: true });
      const { manager } = setup({ movies, maxConcurrentWorkflows: 1, coordinator: { timeoutMs: 60_000 } });
      const first = manager.handleUserSearch('RRR', { deadlineMs: 60_000 });
      const second = manager.handleUserSearch('Up', { deadlineMs: 1000 });
      await vi.advanceTimersByTimeAsync(1000);
      expect(await second).toMatchObject({ success: false, errors: [{ code: 'API_RATE_LIMITED' }] });
      await vi.advanceTimersByTimeAsync(60_000);
      expect(await first).toMatchObject({ success: false, errors: [{ code: 'API_TIMEOUT' }] });
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('database coordination', () => {
  test('a film that shares its title with the one that is meant is not taken from the store', async () => {
    const it1990 = film(437, 'It', { releaseDate: '1990-11-18', voteCount: 100 });
    const it2017 = film(346_364, 'It', { releaseDate: '2017-09-06', voteCount: 20_000 });
    const movies = new FakeMovieClient({ movies: [it1990, it2017] }).onDetails({
      answer: { movie: it1990, related: [] },
    });
    const { manager } = setup({ movies, reviews: new FakeReviewClient() });
    expect((await manager.handleUserSearch('It (1990)')).movie?.tmdbId).toBe(437);
    expect((await manager.handleUserSearch('It')).movie?.tmdbId).toBe(346_364);
    const asked = movies.calls.length;
    expect((await manager.handleUserSearch('It (1990)')).movie?.tmdbId).toBe(437);
    expect(movies.calls).toHaveLength(asked);
  });

  test('counts what was inserted, updated and unchanged, of posts', async () => {
    const { manager } = setup();
    const reviews = posts(3);
    const first = await manager.coordinateDatabaseOperations({ movie: rrr, reviews });
    expect(first).toEqual({
      success: true,
      movieStored: true,
      movieId: expect.any(String),
      reviewsStored: 3,
      inserted: 3,
      updated: 0,
      unchanged: 0,
      rejected: 0,
      errors: [],
    });
    const changed = reviews.map((review, index) => (index === 0 ? { ...review, likeCount: 99 } : review));
    const second = await manager.coordinateDatabaseOperations({ movie: rrr, reviews: [...changed, ...changed] });
    expect(second).toMatchObject({ movieId: first.movieId, inserted: 0, updated: 1, unchanged: 2 });
  });

  test('a record that cannot be used is refused with its reason; the others are stored', async () => {
    const { manager } = setup();
    const report = await manager.coordinateDatabaseOperations({
      movie: { ...rrr, title: '' },
      reviews: [...posts(2), { nonsense: true }],
    });
    expect(report).toMatchObject({
      success: false,
      movieStored: false,
      reviewsStored: 2,
      rejected: 1,
      errors: [{ code: 'DATA_MISSING_FIELD' }, { code: 'DATA_MISSING_FIELD' }],
    });
    expect(await manager.listQuarantine()).toHaveLength(2);
  });

  test('a database that fails is tried again, and its failure is said', async () => {
    vi.useFakeTimers();
    try {
      let failures = 2;
      const error = () => {
        failures -= 1;
        if (failures === 0) methods.clear();
        return new ReelflowError('DB_CONFLICT', 'busy');
      };
      const methods = new Set(['apply']);
      const { manager } = setup({ repository: failing(new MemoryRepository(), methods, error) });
      const work = manager.coordinateDatabaseOperations({ movie: rrr, reviews: posts(1) });
      await vi.advanceTimersByTimeAsync(6000);
      expect(await work).toMatchObject({ success: true, inserted: 1 });
      methods.add('apply');
      failures = 100;
      const lost = manager.coordinateDatabaseOperations({ movie: rrr });
      await vi.advanceTimersByTimeAsync(14_000);
      expect(await lost).toMatchObject({
        success: false,
        movieStored: false,
        movieId: null,
        errors: [{ code: 'DB_CONFLICT', step: 'store' }],
      });
    } finally {
      vi.useRealTimers();
    }
  });

  test.each([[{}], [null], [{ reviews: 'x' }]])('%j is INVALID_INPUT', async (input) => {
    const { manager } = setup();
    expect(await errorOf(manager.coordinateDatabaseOperations(input as never))).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  test('posts can be forgotten', async () => {
    const { manager, repository } = setup();
    const reviews = posts(3);
    await manager.coordinateDatabaseOperations({ movie: rrr, reviews });
    expect(await manager.forgetReviews([reviews[0]?.tweetId ?? '', 'unknown'])).toBe(1);
    expect(await repository.findReviews(rrr.tmdbId, { limit: 10 })).toHaveLength(2);
  });
});

describe('API coordination with retries: collecting without storing', () => {
  test('gives candidates and posts, and stores nothing', async () => {
    const { manager, repository } = setup();
    const data = await manager.coordinateDataCollection('RRR', { maxReviews: 150 });
    expect(data).toMatchObject({ success: true, movieName: 'RRR', errors: [] });
    expect(data.tmdbData?.[0]).toMatchObject({ tmdbId: rrr.tmdbId });
    expect(data.twitterData).toHaveLength(150);
    expect(await repository.findMovie({ tmdbId: rrr.tmdbId })).toBeNull();
  });

  test('says what failed: null where nothing came', async () => {
    const error = new ReelflowError('API_UNAUTHORIZED', 'no');
    const { manager, movies, reviews } = setup();
    reviews.onSearch({ error });
    expect(await manager.coordinateDataCollection('RRR')).toMatchObject({
      success: false,
      tmdbData: [{ title: 'RRR' }],
      twitterData: null,
      errors: [{ code: 'API_UNAUTHORIZED', api: 'twitter' }],
    });
    movies.onSearch({ error });
    expect(await manager.coordinateDataCollection('RRR')).toMatchObject({
      success: false,
      tmdbData: null,
      twitterData: null,
      errors: [{ api: 'tmdb' }],
    });
    expect(await manager.coordinateDataCollection('Nobody Knows')).toMatchObject({
      success: false,
      tmdbData: [],
      twitterData: null,
      errors: [{ code: 'MOVIE_NOT_FOUND' }],
    });
    expect(await manager.coordinateDataCollection('RRR', { maxReviews: 0 })).toMatchObject({
      success: true,
      twitterData: [],
    });
  });
});

describe('statistics tracking: of the manager', () => {
  test('counts calls, operations, triggers and searches exactly', async () => {
    const { manager, movies } = setup({ coordinator: { maxRetries: 0 } });
    expect(manager.getAutomationStatistics()).toMatchObject({
      coordinatorStats: { apiCalls: { total: 0, successRate: 0 }, databaseOperations: { total: 0 }, errorCounts: {} },
      triggerHistory: 0,
      recentTriggers: [],
      performance: { workflows: 0, averageDurationMs: 0 },
    });
    await manager.handleUserSearch('RRR');
    movies.onSearch({ error: new ReelflowError('API_UNAVAILABLE', 'down') });
    await manager.handleUserSearch('Something Else');
    const { coordinatorStats, triggerHistory, recentTriggers, performance } = manager.getAutomationStatistics();
    expect(coordinatorStats.apiCalls).toMatchObject({ total: 4, successful: 3, failed: 1, successRate: 75 });
    expect(coordinatorStats.apiCalls.byApi).toMatchObject({
      tmdb: { total: 3, failed: 1, errorCounts: { API_UNAVAILABLE: 1 } },
      twitter: { total: 1 },
    });
    expect(Object.keys(coordinatorStats.databaseOperations.byOperation).sort()).toEqual([
      'find_movie',
      'find_reviews',
      'read_catalogue',
      'save_run',
      'store_analysis',
      'store_collection',
      'store_recommendations',
    ]);
    expect(coordinatorStats.errorCounts).toEqual({ API_UNAVAILABLE: 1 });
    expect(triggerHistory).toBe(2);
    expect(recentTriggers.map(({ event }) => event)).toEqual(['user_search', 'user_search']);
    expect(recentTriggers[0]?.outcomes).toMatchObject([{ callback: 'workflow', success: true }]);
    expect(performance).toMatchObject({ workflows: 2, completed: 1, failed: 1, degraded: 0, running: 0, queued: 0 });
  });

  test('one info line for a search', async () => {
    const info = vi.fn();
    const { manager } = setup({ logger: { debug: vi.fn(), info, warn: vi.fn(), error: vi.fn() } });
    const { workflowId } = await manager.handleUserSearch('RRR');
    expect(info.mock.calls).toEqual([[expect.objectContaining({ workflowId, success: true }), "search 'RRR' ended"]]);
  });
});
