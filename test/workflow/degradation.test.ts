import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  MemoryRepository,
  MemoryResponseCache,
  MemorySpool,
  ReelflowError,
  type Repository,
  type ResponseCache,
  type SentimentAnalyzer,
  type WorkflowResult,
} from '../../src/index.js';
import { FakeMovieClient, FakeReviewClient, injectFaults } from '../../src/testing/index.js';
import { expectSoundResult } from './result-rules.js';
import { baahubali, posts, rrr, type SetupOptions, setup, up } from './setup.js';
import { settled } from './turning-clock.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const coordinator = { maxRetries: 0 };
const down = new ReelflowError('API_UNAVAILABLE', 'tmdb answered 503');

/** A client of films that answers, or does not, as told. */
function films() {
  const { port, faults } = injectFaults(new FakeMovieClient({ movies: [rrr, baahubali, up] }));
  return { movies: port, fail: () => faults.add({ error: down }), faults };
}

async function search(
  { manager }: Pick<ReturnType<typeof setup>, 'manager'>,
  options: Parameters<typeof manager.handleUserSearch>[1] = {},
  name = 'RRR',
): Promise<WorkflowResult> {
  const result = await settled(manager.handleUserSearch(name, options));
  expectSoundResult(result);
  return result;
}

/** What everybody who meets a degraded result must be able to see. */
const flagged = (errors: ReadonlyArray<{ readonly code: string; readonly step?: string; readonly api?: string }>) => ({
  degraded: true,
  errors: errors.map((error) => expect.objectContaining(error)),
});

describe('error handling: what a search still gives', () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 4, 15, 12) }));
  afterEach(() => void vi.useRealTimers());

  describe('TMDB down', () => {
    test('and the film stored, too old to be used unasked: the stored one, with its age', async () => {
      const { movies, fail } = films();
      const made = setup({ movies, coordinator, cache: false });
      await search(made);
      vi.setSystemTime(Date.now() + 3 * dayMs);
      fail();
      const result = await search(made);
      expect(result).toMatchObject({
        success: true,
        ...flagged([{ code: 'API_UNAVAILABLE', step: 'collect', api: 'tmdb' }]),
        movie: { name: 'RRR', genres: rrr.genres, matchConfidence: 1 },
        sources: { movie: 'stored', reviews: 'live' },
        dataAge: { movieMs: 3 * dayMs, reviewsMs: 0 },
      });
      expect(result.recommendations.length).toBeGreaterThan(0);
    });

    test('and the film in the cache alone, too old to be used unasked: the cached one, with its age', async () => {
      const { movies, fail } = films();
      const cache = new MemoryResponseCache();
      await search(setup({ movies, coordinator, cache }));
      vi.setSystemTime(Date.now() + 3 * dayMs);
      fail();
      const elsewhere = setup({ movies, coordinator, cache });
      const result = await search(elsewhere);
      expect(result).toMatchObject({
        success: true,
        ...flagged([
          { code: 'API_UNAVAILABLE', step: 'identify', api: 'tmdb' },
          { code: 'API_UNAVAILABLE', step: 'collect', api: 'tmdb' },
        ]),
        movie: { name: 'RRR', genres: rrr.genres },
        sources: { movie: 'cache', reviews: 'live' },
        dataAge: { movieMs: 3 * dayMs, reviewsMs: 0 },
      });
      expect(result.recommendations.length).toBeGreaterThan(0);
      expect(await elsewhere.repository.findMovie({ tmdbId: rrr.tmdbId })).toMatchObject({
        fetchedAt: new Date(Date.now() - 3 * dayMs).toISOString(), // not as if it were new
      });
    });

    test('and a cached film that may be used unasked: nobody is asked, nothing is amiss', async () => {
      const { movies, fail } = films();
      const cache = new MemoryResponseCache();
      await search(setup({ movies, coordinator, cache }));
      vi.setSystemTime(Date.now() + 10 * minuteMs);
      fail();
      expect(await search(setup({ movies, coordinator, cache }))).toMatchObject({
        success: true,
        degraded: false,
        errors: [],
        sources: { movie: 'cache' },
        dataAge: { movieMs: 10 * minuteMs },
        cost: { apiCalls: { twitter: 1 } },
      });
    });

    test('and an unknown film: the code after the retries, and at once when the breaker is open', async () => {
      const { movies, faults, fail } = films();
      fail();
      const made = setup({ movies });
      const opened = vi.fn();
      made.manager.trigger.registerTrigger('circuit_opened', opened);
      const failed = {
        success: false,
        movie: null,
        analysis: null,
        recommendations: [],
        sources: { movie: 'none', reviews: 'none' },
        dataAge: { movieMs: null, reviewsMs: null },
      };
      const first = await search(made, {}, 'Nobody Knows');
      expect(first).toMatchObject({ ...failed, ...flagged([{ code: 'API_UNAVAILABLE', step: 'identify' }]) });
      expect(first.durationMs).toBe(14_000); // 2, 4 and 8 s
      await settled(Promise.all([1, 2, 3, 4].map((number) => made.manager.handleUserSearch(`Nobody Knows ${number}`))));
      expect(opened).toHaveBeenCalledWith({ api: 'tmdb' }, expect.anything());
      const asked = faults.total;
      const later = await search(made, {}, 'Nobody Knows');
      expect(later).toMatchObject({ ...failed, ...flagged([{ code: 'CIRCUIT_OPEN', step: 'identify' }]) });
      expect(later.errors[0]?.retryAtMs).toBeGreaterThan(Date.now());
      expect([later.durationMs, faults.total - asked]).toEqual([0, 0]);
    });
  });

  describe('X', () => {
    const failures: Array<readonly [string, ReelflowError, object]> = [
      ['down', new ReelflowError('API_UNAVAILABLE', 'twitter answered 503'), {}],
      [
        'limited past the deadline',
        new ReelflowError('API_RATE_LIMITED', 'too many', { retryAfterMs: 15 * minuteMs, retryable: true }),
        { retryAtMs: expect.any(Number) },
      ],
      ['out of credit', new ReelflowError('API_QUOTA_EXHAUSTED', 'credits depleted'), {}],
    ];
    test.each(failures)('%s: the film, the stored posts with their age, recommendations', async (_, error, more) => {
      const { port: reviews, faults } = injectFaults(new FakeReviewClient({ reviews: posts(30) }));
      const made = setup({ reviews });
      await search(made, { maxReviews: 20 });
      vi.setSystemTime(Date.now() + 7 * hourMs);
      faults.add({ error });
      const result = await search(made, { maxReviews: 20, deadlineMs: minuteMs });
      const ageMs = 7 * hourMs + result.durationMs; // of when it was given
      expect(result).toMatchObject({
        success: true,
        ...flagged([{ code: error.code, step: 'collect', api: 'twitter', ...more }]),
        movie: { name: 'RRR', reviewsAnalyzed: 20 },
        analysis: { reviewsAnalyzed: 20 },
        sources: { movie: 'stored', reviews: 'stored' },
        dataAge: { movieMs: ageMs, reviewsMs: ageMs },
      });
      expect(result.durationMs).toBe(error.code === 'API_UNAVAILABLE' ? 14_000 : 0); // no retry of the others, no wait for a window
      expect(result.recommendations.length).toBeGreaterThan(0);
    });

    test('beyond the budget of the host: the same, with the time at which there is money again', async () => {
      const reviews = new FakeReviewClient({ reviews: posts(30), usdPerPost: 0.1 });
      const made = setup({ reviews, budget: { usdPerDay: 2 } });
      const told = vi.fn();
      made.manager.trigger.registerTrigger('budget_exhausted', told);
      await search(made, { maxReviews: 20 });
      const result = await search(made, { maxReviews: 20, collectNewData: true });
      expect(result).toMatchObject({
        success: true,
        ...flagged([{ code: 'API_QUOTA_EXHAUSTED', step: 'collect', api: 'twitter' }]),
        movie: { reviewsAnalyzed: 20 },
        sources: { movie: 'live', reviews: 'stored' },
        cost: { apiCalls: { tmdb: 2 }, estimatedUsd: 0 },
      });
      expect(result.errors[0]?.retryAtMs).toBe(Date.UTC(2026, 4, 16));
      expect(told).toHaveBeenCalledOnce();
      expect(reviews.calls).toHaveLength(1);
    });
  });

  test('the analyser throws: everything but the analysis, and the posts are scored next time', async () => {
    const analyze = vi.fn<SentimentAnalyzer['analyze']>();
    analyze.mockRejectedValueOnce(new TypeError('lexicon is undefined'));
    analyze.mockImplementation(async (texts) => texts.map(() => ({ score: 1, label: 'positive', confidence: 1 })));
    const made = setup({ sentiment: { name: 'shaky', analyze } });
    const result = await search(made);
    expect(result).toMatchObject({
      success: true,
      ...flagged([{ code: 'UNEXPECTED', step: 'analyse' }]),
      movie: { name: 'RRR', reviewsAnalyzed: 0 },
      analysis: null,
      sources: { movie: 'live', reviews: 'live' },
      dataAge: { movieMs: 0, reviewsMs: 0 },
    });
    expect(result.recommendations.length).toBeGreaterThan(0);
    expect(await search(made)).toMatchObject({
      degraded: false,
      analysis: { reviewsAnalyzed: 10, averageSentiment: 1 },
    });
  });

  test('the recommender throws: film and analysis, and no success', async () => {
    const recommender = {
      index: () => {
        throw new RangeError('out of memory');
      },
      recommend: async () => [],
    };
    expect(await search(setup({ recommender }))).toMatchObject({
      success: false,
      ...flagged([{ code: 'UNEXPECTED', step: 'recommend' }]),
      movie: { name: 'RRR', reviewsAnalyzed: 10 },
      recommendations: [],
      sources: { movie: 'live', reviews: 'live' },
      dataAge: { movieMs: 0, reviewsMs: 0 },
    });
  });

  describe('the database', () => {
    const downFor = (repository: Repository) =>
      injectFaults(
        repository,
        ...(['apply', 'createRun', 'findMovie', 'findReviews', 'catalogue', 'renewLease', 'health'] as const).map(
          (method) => ({ method, error: 'DB_CONNECTION' as const }),
        ),
      );

    test.each([
      ['with a spool', new MemorySpool(), true],
      ['without one', false, false],
    ] as const)('down, %s: the result, with what the providers gave', async (_, spool, isKept) => {
      const store = new MemoryRepository();
      const { port: repository, faults } = downFor(store);
      const made = setup({ repository, spool, coordinator });
      const diverted = vi.fn();
      made.manager.trigger.registerTrigger('storage_diverted', diverted);
      const result = await search(made);
      expect(result).toMatchObject({
        success: true,
        degraded: true,
        movie: { id: '', name: 'RRR', reviewsAnalyzed: 10 },
        sources: { movie: 'live', reviews: 'live' },
        dataAge: { movieMs: 0, reviewsMs: 0 },
      });
      expect(new Set(result.errors.map(({ code }) => code))).toEqual(new Set(['DB_CONNECTION']));
      expect(result.errors.map(({ step }) => step)).toEqual(expect.arrayContaining(['identify', 'store', 'analyse']));
      expect(diverted.mock.calls.length > 0).toBe(isKept);
      faults.clear();
      await settled(made.manager.replaySpool());
      expect(await store.findReviews(rrr.tmdbId, { limit: 100 })).toHaveLength(isKept ? 10 : 0);
    });

    test('cannot be read: nothing stored is known, so that the providers are asked again', async () => {
      const { port: repository, faults } = injectFaults(new MemoryRepository());
      const made = setup({ repository, coordinator, cache: false });
      await search(made);
      for (const method of ['findMovie', 'findReviews', 'catalogue'] as const)
        faults.add({ method, error: 'DB_TIMEOUT' });
      const result = await search(made);
      expect(result).toMatchObject({
        success: true,
        ...flagged([
          { code: 'DB_TIMEOUT', step: 'identify' },
          { code: 'DB_TIMEOUT', step: 'analyse' },
          { code: 'DB_TIMEOUT', step: 'recommend' },
        ]),
        movie: { name: 'RRR', reviewsAnalyzed: 10 },
        sources: { movie: 'live', reviews: 'live' },
        cost: { apiCalls: { tmdb: 2, twitter: 1 } },
      });
      expect(result.recommendations.length).toBeGreaterThan(0);
    });

    test.each([
      ['every post', 10, '10 records'],
      ['one post', 1, 'a record'],
    ])('takes the film and refuses %s: said, and looked at all the same', async (_, count, said) => {
      const store = new MemoryRepository();
      const repository = withApply(store, async ({ reviews, ...batch }, options) => {
        const [refused, taken] = [reviews?.reviews.slice(0, count) ?? [], reviews?.reviews.slice(count) ?? []];
        const fetchedAt = reviews?.fetchedAt ?? '';
        const report = await store.apply(
          taken.length === 0 ? batch : { ...batch, reviews: { reviews: taken, fetchedAt } },
          options,
        );
        const rejected = refused.map((post) => ({
          kind: 'review' as const,
          reason: { code: 'DB_CONSTRAINT' as const, message: 'violates a trigger of the host' },
          field: null,
          raw: JSON.stringify(post),
        }));
        return { ...report, rejected };
      });
      const made = setup({ repository });
      const refused = vi.fn();
      made.manager.trigger.registerTrigger('record_rejected', refused);
      const result = await search(made);
      expect(result).toMatchObject({
        success: true,
        ...flagged([{ code: 'DB_CONSTRAINT', step: 'store' }]),
        movie: { id: expect.stringMatching(/^\d+$/), name: 'RRR', reviewsAnalyzed: 10 },
      });
      expect(result.errors[0]?.message).toBe(
        `the database refused ${said}, in quarantine now: violates a trigger of the host`,
      );
      expect(refused).toHaveBeenCalledTimes(count);
      expect(await store.findMovie({ tmdbId: rrr.tmdbId })).not.toBeNull();
      expect(await store.findReviews(rrr.tmdbId, { limit: 100 })).toHaveLength(10 - count);
    });

    test('fails for whatever holds posts: none of the write is stored, as is said, and the result is whole', async () => {
      const store = new MemoryRepository();
      const repository = withApply(store, async (batch, options) => {
        if (batch.reviews !== undefined) throw new ReelflowError('DB_CONSTRAINT', 'the partition is missing');
        return store.apply(batch, options);
      });
      const result = await search(setup({ repository }));
      expect(result).toMatchObject({
        success: true,
        ...flagged([{ code: 'DB_CONSTRAINT', step: 'store' }]),
        movie: { id: '', name: 'RRR', reviewsAnalyzed: 10 },
        analysis: { reviewsAnalyzed: 10 },
      });
      expect(await store.findMovie({ tmdbId: rrr.tmdbId })).toBeNull();
      expect(await store.findRun(result.workflowId)).toMatchObject({ status: 'completed' });
    });
  });

  describe('the cache', () => {
    const unwilling = () => injectFaults(new MemoryResponseCache(), { error: 'DB_CONNECTION' }).port;
    const deaf: ResponseCache = {
      get: () => new Promise(() => undefined),
      set: () => new Promise(() => undefined),
      delete: () => new Promise(() => undefined),
    };
    const mad = { ...deaf, get: async () => 'RRR' as never, set: async () => undefined };
    test.each<[string, () => ResponseCache, string, number]>([
      ['throws', unwilling, 'DB_CONNECTION', 0],
      ['hangs', () => deaf, 'DB_TIMEOUT', 250],
      ['gives nonsense', () => mad, 'UNEXPECTED', 0],
    ])('%s: told by an event, and the search is whole', async (_, create, code, longestMs) => {
      const made = setup({ cache: create() });
      const failed = vi.fn();
      made.manager.trigger.registerTrigger('cache_failed', failed);
      const result = await search(made);
      expect(result).toMatchObject({
        success: true,
        degraded: false,
        errors: [],
        sources: { movie: 'live', reviews: 'live' },
        dataAge: { movieMs: 0, reviewsMs: 0 },
      });
      expect(result.durationMs).toBeLessThanOrEqual(longestMs);
      expect(failed.mock.calls.map(([data]) => data)).toEqual([
        { operation: 'get', reason: { code, message: expect.any(String) } },
      ]);
      await settled(made.manager.close());
      expect(vi.getTimerCount()).toBe(0);
    });
  });

  test('the database down and the spool silent: the search waits five seconds once, and says so', async () => {
    const { port: repository } = injectFaults(
      new MemoryRepository(),
      { method: 'apply', error: 'DB_CONNECTION' },
      { method: 'createRun', error: 'DB_CONNECTION' },
    );
    const { port: spool } = injectFaults(
      new MemorySpool(),
      { method: 'append', hang: true },
      { method: 'close', hang: true },
    );
    const made = setup({ repository, spool, coordinator });
    const result = await search(made);
    expect(result).toMatchObject({ success: true, degraded: true, movie: { name: 'RRR', reviewsAnalyzed: 10 } });
    expect(new Set(result.errors.map(({ code }) => code))).toEqual(new Set(['DB_TIMEOUT']));
    expect(result.errors[0]?.message).toMatch(/the spool has not answered .* \(and the database: DB_CONNECTION: /);
    expect(result.durationMs).toBe(5000);
    await settled(made.manager.close());
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('error handling: the database down and the spool full, a clear error names maxBytes, and the search answers', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'reelflow-degradation-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const { port: repository } = injectFaults(
    new MemoryRepository(),
    { method: 'apply', error: 'DB_CONNECTION' },
    { method: 'createRun', error: 'DB_CONNECTION' },
    { method: 'health', error: 'DB_CONNECTION' },
  );
  const options: SetupOptions = { repository, coordinator, spool: { directory, maxBytes: 600 } };
  const { manager } = setup(options);
  const result = await manager.handleUserSearch('RRR');
  expectSoundResult(result);
  expect(result).toMatchObject({ success: true, degraded: true, movie: { name: 'RRR', reviewsAnalyzed: 10 } });
  expect(result.steps.find(({ name }) => name === 'store')).toMatchObject({
    status: 'degraded',
    error: { code: 'DB_STORAGE_FULL', message: expect.stringMatching(/maxBytes \(600\).*the database: DB_CONNECTION/) },
  });
  await manager.close();
});

function withApply(store: MemoryRepository, apply: Repository['apply']): Repository {
  const { port } = injectFaults<Repository>(store);
  return new Proxy(port, { get: (target, name) => (name === 'apply' ? apply : Reflect.get(target, name)) });
}
