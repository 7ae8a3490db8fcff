import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  MemoryRepository,
  MovieRecommender,
  MovieSentimentAnalyzer,
  ReelflowError,
  type SentimentAnalyzer,
  StatisticsRecorder,
} from '../../src/index.js';
import { FakeMovieClient, FakeReviewClient } from '../../src/testing/index.js';
import { errorOf, failing, posts, rrr, setup } from './setup.js';

const down = () => new ReelflowError('API_UNAVAILABLE', 'down');
const coordinator = { maxRetries: 0 };

describe('error handling: bad input', () => {
  test.each([
    ['', 'must not be empty'],
    ['   ', 'must not be empty'],
    ['x'.repeat(201), 'at most 200 characters'],
    ['?!...', 'at least one letter or digit'],
    [42, 'must be a text'],
    [null, 'must be a text'],
    [undefined, 'must be a text'],
    [{}, 'must be a text'],
  ])('the name %j is INVALID_INPUT and says what is allowed', async (name, message) => {
    const { manager, movies, reviews, repository } = setup();
    const createRun = vi.spyOn(repository, 'createRun');
    const error = await errorOf(manager.handleUserSearch(name as string));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining(message) });
    expect([...movies.calls, ...reviews.calls]).toEqual([]);
    expect(createRun).not.toHaveBeenCalled();
    expect(manager.trigger.totalFired).toBe(0);
  });

  test.each([-1, 1.5, Number.NaN, 1001, '10', Number.POSITIVE_INFINITY])(
    'maxReviews of %j is INVALID_INPUT',
    async (maxReviews) => {
      const { manager, movies } = setup();
      const error = await errorOf(manager.handleUserSearch('RRR', { maxReviews: maxReviews as number }));
      expect(error).toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringContaining('whole number from 0 to 1000'),
      });
      expect(movies.calls).toEqual([]);
    },
  );

  test.each([
    [{ deadlineMs: 0 }, 'deadlineMs'],
    [{ deadlineMs: Number.NaN }, 'deadlineMs'],
    [{ priority: 'now' }, 'priority'],
    [{ collectNewData: 'yes' }, 'collectNewData'],
    [{ signal: {} }, 'signal'],
    [null, 'options'],
  ])('the options %j are INVALID_INPUT and name the option', async (options, name) => {
    const { manager } = setup();
    expect(await errorOf(manager.handleUserSearch('RRR', options as never))).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(name),
    });
  });

  test('a signal that has aborted is CANCELLED and nothing is sent', async () => {
    const { manager, movies } = setup();
    expect(await errorOf(manager.handleUserSearch('RRR', { signal: AbortSignal.abort() }))).toMatchObject({
      code: 'CANCELLED',
    });
    expect(await errorOf(manager.coordinateDataCollection('RRR', { signal: AbortSignal.abort() }))).toMatchObject({
      code: 'CANCELLED',
    });
    expect(movies.calls).toEqual([]);
  });

  test('a closed manager is CLOSED for every call, and closing twice is one', async () => {
    const { manager, movies, reviews } = setup();
    await Promise.all([manager.close(), manager.close()]);
    for (const work of [
      () => manager.handleUserSearch('RRR'),
      () => manager.coordinateDataCollection('RRR'),
      () => manager.coordinateDatabaseOperations({ movie: rrr }),
      () => manager.findRun('x'),
      () => manager.resumePending(),
      () => manager.listQuarantine(),
      () => manager.forgetReviews([]),
    ]) {
      expect(await errorOf(work())).toMatchObject({ code: 'CLOSED' });
    }
    expect(movies.closed && reviews.closed).toBe(true);
    expect(movies.calls).toEqual([]);
  });

  test.each([
    [{ movies: undefined }, 'movies'],
    [{ movies: {} }, 'searchMovies'],
    [{ reviews: [{ name: 'x' }] }, 'searchReviews'],
    [{ reviews: { name: 'x'.repeat(101), searchReviews: () => undefined } }, 'name'],
    [{ sentiment: { analyze: () => [] } }, 'sentiment must have a name'],
    [{ sentiment: { name: 'a\0', analyze: () => [] } }, 'sentiment must have a name'],
    [{ repository: {} }, 'apply'],
    [{ maxConcurrentWorkflows: 0 }, 'maxConcurrentWorkflows'],
    [{ recommendationLimit: 101 }, 'recommendationLimit'],
    [{ freshness: { movieMs: -1 } }, 'freshness.movieMs'],
    [{ budget: { usdPerDay: 0 } }, 'budget.usdPerDay'],
    [{ coordinator: { maxRetries: -1 } }, 'maxRetries'],
    [{ workflow: 'x' }, 'workflow'],
    [{ spool: { directory: '' } }, 'directory'],
    [{ spool: { directory: 'x', maxBytes: 0 } }, 'maxBytes'],
    [{ spool: {} }, 'spool'],
    [{ spool: null }, 'spool'],
    [{ cache: {} }, 'cache'],
    [{ retention: { movieMs: -1 } }, 'retention.movieMs'],
    [{ retention: { reviewTextMs: '30d' } }, 'retention.reviewTextMs'],
  ])('the manager option %j is INVALID_OPTIONS and is named', async (options, name) => {
    const { AutomatedWorkflowManager } = await import('../../src/index.js');
    const good = { movies: new FakeMovieClient(), reviews: new FakeReviewClient(), repository: new MemoryRepository() };
    expect(() => new AutomatedWorkflowManager({ ...good, ...(options as object) })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(name) }),
    );
  });
});

describe('error handling: what a message says', () => {
  test.each([
    [{ repository: Promise.resolve() }, 'repository is a Promise: await it first'],
    [
      { repository: MemoryRepository },
      'repository must be an object with apply, findMovie, findReviews, catalogue, createRun, got a function',
    ],
    [{ cache: true }, 'cache must be an object with get, set, delete, got true'],
    [
      { budget: { usdPerDay: 1 }, coordinator: { budget: { usdPerDay: 2 } } },
      'budget is also among the options of coordinator',
    ],
    [{ freshness: null }, 'freshness must be an object, got null'],
    [{ retention: 30 }, 'retention must be an object, got 30'],
    [{ spool: '/tmp/x' }, "spool must be { directory: 'a path' }, false, or an object with append"],
    [{ spool: { dir: '/tmp/x' } }, "spool must be { directory: 'a path' }, false, or an object with append"],
    [{ spool: { append: () => 1 } }, 'spool has no method read'],
    [{ budgets: { usdPerDay: 1 } }, 'budgets is no option of AutomatedWorkflowManager; there are movies, reviews'],
    [{ freshness: { moviesMs: 1 } }, 'moviesMs is no option of freshness; there are movieMs, reviewsMs'],
    [{ retention: { textMs: 1 } }, 'textMs is no option of retention; there are movieMs'],
    [{ cacheTimes: { detailMs: 1 } }, 'detailMs is no option of cacheTimes; there are searchMs'],
    [{ recommendationLimit: '10' }, "from 1 to 100, got '10'"],
    [{ resumeOnStart: 'yes' }, "resumeOnStart must be true or false, got 'yes'"],
    [{ posterBaseUrl: 5 }, 'posterBaseUrl must be a text, got 5'],
    [{ coordinator: null }, 'coordinator must be an object of options, or an AutomatedCoordinator, got null'],
  ])('of the manager option %j', (options, message) => {
    expect(() => setup(options as object)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(message) }),
    );
  });

  test.each<[string, () => unknown]>([
    ['weight is no option of MovieRecommender; there are weights', () => new MovieRecommender({ weight: 1 } as object)],
    ['models is no option of MovieSentimentAnalyzer', () => new MovieSentimentAnalyzer({ models: false } as object)],
    [
      'interval is no option of StatisticsRecorder',
      () => new StatisticsRecorder(setup().manager, { interval: 5 } as object),
    ],
    [
      'timeout is no option of registerTrigger; there are once',
      () => setup().manager.trigger.registerTrigger('user_search', () => 1, { timeout: 5 } as object),
    ],
    [
      'deadline is no option of a call; there are signal, deadlineMs',
      () => setup().manager.coordinator.coordinateApiCall('x', async () => 1, { deadline: 5 } as object),
    ],
  ])('of an option elsewhere: %s', async (message, work) => {
    expect(await errorOf((async () => work())())).toMatchObject({ message: expect.stringContaining(message) });
  });

  test('a repository that was made by new, and not opened', async () => {
    const { TypeOrmRepository } = await import('../../src/adapters/typeorm/index.js');
    const make = () => Reflect.construct(TypeOrmRepository, [{ type: 'sqlite', database: ':memory:' }]);
    expect(make).toThrow('await TypeOrmRepository.open(options)');
  });

  test('a text in place of a number is in quotes', async () => {
    const { manager } = setup();
    const ten = '10' as unknown as number;
    const inQuotes = { code: 'INVALID_INPUT', message: expect.stringMatching(/, got '10'$/) };
    expect(await errorOf(manager.handleUserSearch('RRR', { maxReviews: ten }))).toMatchObject(inQuotes);
    expect(await errorOf(manager.findStoredMovie(ten))).toMatchObject(inQuotes);
  });

  test.each([{ maxReview: 5 }, { collectNewdata: false }])('the search option %j is misspelled', async (options) => {
    const { manager, movies } = setup();
    const [name] = Object.keys(options);
    expect(await errorOf(manager.handleUserSearch('RRR', options as object))).toMatchObject({
      code: 'INVALID_INPUT',
      message: `${name} is no option of a search; there are collectNewData, maxReviews, deadlineMs, priority, signal`,
    });
    expect(movies.calls).toEqual([]);
  });

  test('an option that is unknown and undefined is as good as left out', async () => {
    const { manager } = setup({ mine: undefined } as object);
    const options = { mine: undefined, maxReviews: 0 };
    await expect(manager.handleUserSearch('RRR', options)).resolves.toMatchObject({ success: true });
  });

  test.each([undefined, null, '', 7])('retryQuarantined(%j) retries no record that nobody named', async (id) => {
    const { manager, repository } = setup();
    const listed = vi.spyOn(repository, 'listQuarantine');
    expect(await errorOf(manager.retryQuarantined(id as string))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(listed).not.toHaveBeenCalled();
  });

  test.each([Number.NaN, -1, 'x', null])(
    'close with a graceMs of %j is refused, and closes nothing',
    async (graceMs) => {
      const { manager } = setup();
      const error = await errorOf(manager.close({ graceMs: graceMs as number }));
      expect(error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('graceMs') });
      await expect(manager.handleUserSearch('RRR', { maxReviews: 0 })).resolves.toMatchObject({ success: true });
      await manager.close({ graceMs: 0 });
    },
  );
});

describe('error handling: falling back', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const run = async <T>(work: Promise<T>): Promise<T> => {
    await vi.advanceTimersByTimeAsync(200_000);
    return work;
  };

  test('TMDB down and the film stored: answered from it, and said so', async () => {
    const { manager, movies } = setup({ coordinator });
    await run(manager.handleUserSearch('RRR'));
    movies.onSearch({ error: down() });
    const result = await run(manager.handleUserSearch('RRR', { collectNewData: true }));
    expect(result).toMatchObject({
      success: true,
      degraded: true,
      sources: { movie: 'live' }, // the details came
      errors: [{ code: 'API_UNAVAILABLE', api: 'tmdb', step: 'identify' }],
    });
    movies.onSearch({ error: down() }).onDetails({ error: down() });
    const older = await run(manager.handleUserSearch('RRR', { collectNewData: true }));
    expect(older).toMatchObject({
      success: true,
      degraded: true,
      sources: { movie: 'stored' },
      movie: { name: 'RRR' },
    });
    expect(older.recommendations.length).toBeGreaterThan(0);
  });

  test('TMDB down and an unknown film: success false with the code, every step reported', async () => {
    const { manager } = setup({ movies: new FakeMovieClient().onSearch({ error: down() }), coordinator });
    const result = await run(manager.handleUserSearch('RRR'));
    expect(result).toMatchObject({
      success: false,
      movie: null,
      sources: { movie: 'none', reviews: 'none' },
      errors: [{ code: 'API_UNAVAILABLE', step: 'identify', api: 'tmdb' }],
    });
    expect(result.steps.map(({ status }) => status)).toEqual([
      'failed',
      'skipped',
      'skipped',
      'skipped',
      'skipped',
      'skipped',
    ]);
    expect(await manager.findRun(result.workflowId)).toMatchObject({ status: 'failed' });
  });

  test('a film that does not exist is MOVIE_NOT_FOUND', async () => {
    const { manager } = setup();
    expect(await run(manager.handleUserSearch('No Such Film'))).toMatchObject({
      success: false,
      errors: [{ code: 'MOVIE_NOT_FOUND' }],
    });
  });

  test('X down: film, stored posts and recommendations', async () => {
    const { manager, reviews } = setup({ coordinator });
    await run(manager.handleUserSearch('RRR', { maxReviews: 10 }));
    reviews.onSearch({ error: new ReelflowError('API_QUOTA_EXHAUSTED', 'no credit') });
    const result = await run(manager.handleUserSearch('RRR', { collectNewData: true, maxReviews: 10 }));
    expect(result).toMatchObject({
      success: true,
      degraded: true,
      sources: { movie: 'live', reviews: 'stored' },
      movie: { reviewsAnalyzed: 10 },
      errors: [{ code: 'API_QUOTA_EXHAUSTED', api: 'twitter', step: 'collect' }],
    });
  });

  test('X down and nothing stored: the rest of the result', async () => {
    const reviews = new FakeReviewClient().onSearch({ error: down() });
    const { manager } = setup({ reviews, coordinator });
    expect(await run(manager.handleUserSearch('RRR'))).toMatchObject({
      success: true,
      degraded: true,
      analysis: null,
      sources: { reviews: 'none' },
    });
  });

  test('a page that fails leaves what was bought before it', async () => {
    const reviews = new FakeReviewClient({ reviews: posts(250) }).onSearch({}, { error: down() });
    const { manager, repository } = setup({ reviews, coordinator });
    const result = await run(manager.handleUserSearch('RRR', { maxReviews: 250 }));
    expect(result).toMatchObject({ success: true, degraded: true, sources: { reviews: 'live' } });
    expect(await repository.findReviews(rrr.tmdbId, { limit: 1000 })).toHaveLength(100);
  });

  test('details down: the candidate is kept, and asked for again next time', async () => {
    const { manager, movies } = setup({ coordinator });
    movies.onDetails({ error: down() });
    const first = await run(manager.handleUserSearch('RRR'));
    expect(first).toMatchObject({ success: true, degraded: true, movie: { name: 'RRR' }, sources: { movie: 'live' } });
    const second = await run(manager.handleUserSearch('RRR'));
    expect(second).toMatchObject({ success: true, degraded: false, movie: { genres: ['Action', 'Drama'] } });
  });

  test('sentiment or recommender throwing: the rest of the result', async () => {
    const sentiment: SentimentAnalyzer = { name: 'broken', analyze: () => Promise.reject(new Error('boom')) };
    const { manager } = setup({ sentiment });
    const result = await run(manager.handleUserSearch('RRR'));
    expect(result).toMatchObject({
      success: true,
      degraded: true,
      analysis: null,
      errors: [{ step: 'analyse', code: 'UNEXPECTED' }],
    });
    expect(result.recommendations.length).toBeGreaterThan(0);
    const recommender = { index: () => undefined, recommend: () => Promise.reject(new Error('boom')) };
    const { manager: other } = setup({ recommender });
    const half = await run(other.handleUserSearch('RRR'));
    expect(half).toMatchObject({
      success: false,
      degraded: true,
      recommendations: [],
      errors: [{ step: 'recommend' }],
    });
    expect(half.analysis?.reviewsAnalyzed).toBe(10);
  });

  test('an analyser that gives too few scores is found out', async () => {
    const sentiment: SentimentAnalyzer = { name: 'short', analyze: async () => [] };
    const { manager } = setup({ sentiment });
    expect(await run(manager.handleUserSearch('RRR'))).toMatchObject({ analysis: null, errors: [{ step: 'analyse' }] });
  });

  test.each([Number.NaN, 7, undefined])('a score of %j is found out', async (score) => {
    const analyze = async (texts: string[]) =>
      texts.map(() => ({ score: score as number, label: 'positive' as const, confidence: 1 }));
    const { manager } = setup({ sentiment: { name: 'odd', analyze } });
    expect(await run(manager.handleUserSearch('RRR'))).toMatchObject({
      analysis: null,
      degraded: true,
      errors: [{ step: 'analyse' }],
    });
  });

  test('the database down: the result is computed all the same, without waiting again and again', async () => {
    const methods = new Set(['apply', 'createRun', 'findMovie', 'findReviews', 'catalogue', 'renewLease']);
    const repository = failing(new MemoryRepository(), methods, () => new ReelflowError('DB_CONNECTION', 'gone'));
    const { manager } = setup({ repository });
    const result = await run(manager.handleUserSearch('RRR'));
    expect(result).toMatchObject({
      success: true,
      degraded: true,
      movie: { id: '', name: 'RRR', reviewsAnalyzed: 10 },
      sources: { movie: 'live', reviews: 'live' },
    });
    expect(result.errors.every(({ code }) => code === 'DB_CONNECTION')).toBe(true);
    expect(result.durationMs).toBeLessThan(15_000); // one operation with its retries, the others tried once
  });

  test('a deadline bounds the search: what is not there is left out', async () => {
    const reviews = new FakeReviewClient().onSearch({ hang: true });
    const { manager } = setup({ reviews });
    const started = performance.now();
    const search = manager.handleUserSearch('RRR', { deadlineMs: 5000 });
    let endedMs = 0;
    void search.then(() => {
      endedMs = performance.now() - started;
    });
    const result = await run(search);
    expect(result).toMatchObject({
      success: true,
      degraded: true,
      movie: { name: 'RRR' },
      errors: [{ code: 'API_TIMEOUT', api: 'twitter' }],
    });
    expect(endedMs).toBeLessThanOrEqual(5000);
  });

  test('an analyser that hangs is cut off at the deadline', async () => {
    const sentiment: SentimentAnalyzer = { name: 'hangs', analyze: () => new Promise(() => undefined) };
    const { manager } = setup({ sentiment });
    const result = await run(manager.handleUserSearch('RRR', { deadlineMs: 3000 }));
    expect(result).toMatchObject({ degraded: true, analysis: null });
    expect(result.durationMs).toBeLessThanOrEqual(3001);
  });

  test('an abort ends the search at once, in every step, and leaves no timer', async () => {
    const { manager, repository } = setup({ movies: new FakeMovieClient({ movies: [rrr] }).onDetails({ hang: true }) });
    const controller = new AbortController();
    const failure = errorOf(manager.handleUserSearch('RRR', { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(100);
    controller.abort(new Error('the user left'));
    await vi.advanceTimersByTimeAsync(10);
    expect(await failure).toMatchObject({
      code: 'CANCELLED',
      message: 'the search was aborted by its caller',
      cause: new Error('the user left'),
    });
    expect(vi.getTimerCount()).toBe(0);
    expect(manager.getAutomationStatistics().performance).toMatchObject({ cancelled: 1, running: 0 });
    expect(await repository.findMovie({ tmdbId: rrr.tmdbId })).toBeNull();
  });

  test('close waits for running searches, then cuts them with CLOSED', async () => {
    const repository = new MemoryRepository();
    const close = vi.spyOn(repository, 'close');
    const { manager } = setup({
      repository,
      movies: new FakeMovieClient({ movies: [rrr] }).onSearch({ hang: true }),
      coordinator: { timeoutMs: 100_000 },
    });
    const failure = errorOf(manager.handleUserSearch('RRR'));
    await vi.advanceTimersByTimeAsync(10);
    const closing = manager.close({ graceMs: 1000 });
    expect(await errorOf(manager.handleUserSearch('RRR'))).toMatchObject({ code: 'CLOSED' });
    await vi.advanceTimersByTimeAsync(999);
    expect(close).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(10);
    await closing;
    expect(await failure).toMatchObject({ code: 'CLOSED' });
    expect(close).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });
});
