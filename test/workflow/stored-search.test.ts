import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  type ApplyOptions,
  AutomatedWorkflowManager,
  MemoryRepository,
  MovieRecommender,
  MovieSentimentAnalyzer,
  type Recommender,
  type RecommendOptions,
  ReelflowError,
  type Repository,
  type WriteBatch,
  type WriteReport,
} from '../../src/index.js';
import { FakeMovieClient, FakeReviewClient } from '../../src/testing/index.js';
import { RecommendationMemo } from '../../src/workflow/recommendation-memo.js';
import { baahubali, failing, film, posts, rrr, type SetupOptions, setup, up } from './setup.js';

afterEach(() => {
  vi.useRealTimers();
});

/** As one on a disk, to the searches: it keeps what a crash must not lose. */
class WatchedRepository extends MemoryRepository {
  override readonly isVolatile = false;
  /** Each write by its parts, those that need not wait for the disk in brackets. */
  writes: string[] = [];

  override async createRun(...parameters: Parameters<Repository['createRun']>): Promise<void> {
    const [run, lease, options] = parameters;
    this.writes.push(options?.relaxed === true ? '(createRun)' : 'createRun');
    await super.createRun(run, lease);
  }

  override async apply(batch: WriteBatch, options: ApplyOptions = {}): Promise<WriteReport> {
    const parts = Object.keys(batch)
      .filter((part) => part !== 'steps')
      .join(' ');
    this.writes.push(options.relaxed === true ? `(${parts})` : parts);
    return super.apply(batch, options);
  }
}

class CountingRecommender extends MovieRecommender {
  asked = 0;

  override recommend(tmdbId: number, options: RecommendOptions) {
    this.asked += 1;
    return super.recommend(tmdbId, options);
  }
}

function counted(options: SetupOptions = {}) {
  const repository = new WatchedRepository();
  const recommender = new CountingRecommender();
  return { ...setup({ repository, recommender, ...options }), repository, recommender };
}

/** Searches until nothing of it is new: what the second one finds stored is the same, but read from elsewhere. */
async function settle({ manager }: Pick<ReturnType<typeof counted>, 'manager'>, name = 'RRR'): Promise<void> {
  await manager.handleUserSearch(name);
  await manager.handleUserSearch(name);
}

describe('what a search writes', () => {
  test('live: its record first; what it pays for, what it stores and its end wait for the disk', async () => {
    const { manager, repository } = counted();
    await manager.handleUserSearch('RRR');
    expect(repository.writes).toEqual([
      '(createRun)',
      '(checkpoints)', // the film
      'checkpoints', // a page of posts
      '(checkpoints)', // the details
      'film related reviews collections checkpoints',
      'analysis',
      '(recommendations)',
      'run',
    ]);
  });

  test('from stored data: its record, once and in passing', async () => {
    const made = counted();
    await settle(made);
    made.repository.writes = [];
    const { workflowId, sources, steps } = await made.manager.handleUserSearch('RRR');
    expect(sources).toEqual({ movie: 'stored', reviews: 'stored' });
    expect(made.repository.writes).toEqual(['(run)']);
    expect(await made.repository.findRun(workflowId)).toMatchObject({
      status: 'completed',
      steps,
      result: { workflowId },
    });
  });

  test('from stored data that an analyser of another name has to score: its record first, since that may take long', async () => {
    const made = counted();
    await settle(made);
    const other = new MovieSentimentAnalyzer();
    const sentiment = { name: 'other', analyze: other.analyze.bind(other) };
    const repository = made.repository;
    const again = setup({ movies: made.movies, reviews: made.reviews, repository, sentiment });
    repository.writes = [];
    await again.manager.handleUserSearch('RRR');
    expect(repository.writes).toEqual(['(createRun)', 'analysis', '(recommendations)', 'run']);
  });

  test('with a recommender that does not say when its answers change: its record first, and it is asked each time', async () => {
    const inner = new MovieRecommender();
    const recommend = vi.fn(inner.recommend.bind(inner));
    const recommender: Recommender = { index: (films) => inner.index(films), recommend };
    const { manager, repository } = counted({ recommender });
    await settle({ manager });
    repository.writes = [];
    await manager.handleUserSearch('RRR');
    expect(recommend).toHaveBeenCalledTimes(3);
    expect(repository.writes).toEqual(['(createRun)', 'run']);
  });
});

describe('a stored film that another name leads to', () => {
  const better = { ...rrr, rating: 9.9 };
  const hourMs = 3_600_000;
  const unusable = (movies: FakeMovieClient) =>
    movies.onDetails({ answer: { movie: film(rrr.tmdbId, ''), related: [] } });

  test.each([
    ['fresh enough to be shown as it is stored', 5, {}, () => undefined],
    ['too old, and its details down', 30, {}, (movies: FakeMovieClient) => movies.onDetails({ error: new Error('x') })],
    ['asked for anew, and its details of no use', 5, { collectNewData: true }, unusable],
  ])('%s: its source and age are those of what is shown', async (_, hours, options, fail) => {
    vi.useFakeTimers({ now: Date.UTC(2026, 4, 15, 12), toFake: ['Date'] });
    const { manager, movies } = setup({ cache: false, coordinator: { maxRetries: 0 } });
    await manager.handleUserSearch('RRR');
    vi.setSystemTime(Date.now() + hours * hourMs);
    movies.onSearch({ answer: [better] });
    fail(movies);
    const result = await manager.handleUserSearch('RRR (2022)', options);
    expect(result).toMatchObject({ success: true, movie: { rating: rrr.rating } });
    expect([result.sources.movie, result.dataAge.movieMs]).toEqual(['stored', hours * hourMs]);
  });
});

test('of several sources of posts the one that was asked longest ago gives the age', async () => {
  vi.useFakeTimers({ now: Date.UTC(2026, 4, 15, 12), toFake: ['Date'] });
  const movies = new FakeMovieClient({ movies: [rrr] });
  const one = new FakeReviewClient({ name: 'one', reviews: posts(5) });
  const other = new FakeReviewClient({ name: 'other' }).onSearch({ error: new ReelflowError('API_NOT_FOUND', 'no') });
  const repository = new MemoryRepository();
  const manager = new AutomatedWorkflowManager({ movies, reviews: [one, other], repository });
  expect(await manager.handleUserSearch('RRR')).toMatchObject({ degraded: true, dataAge: { reviewsMs: 0 } });
  vi.setSystemTime(Date.now() + 3_600_000);
  expect(await manager.handleUserSearch('RRR')).toMatchObject({
    degraded: false,
    sources: { reviews: 'live' },
    dataAge: { reviewsMs: 3_600_000 },
    cost: { apiCalls: { other: 1 } },
  });
  await manager.close();
});

describe('a list of recommendations is remembered', () => {
  test('while nothing changes that it follows from', async () => {
    const made = counted();
    await settle(made);
    const before = made.recommender.asked;
    const first = await made.manager.handleUserSearch('RRR');
    const second = await made.manager.handleUserSearch('RRR');
    expect(made.recommender.asked).toBe(before);
    expect(second.recommendations).toEqual(first.recommendations);
    expect(second.recommendations[0]).toMatchObject({ tmdbId: baahubali.tmdbId });
  });

  test("a caller's changes to its result stay its own", async () => {
    const made = counted();
    await settle(made);
    const first = await made.manager.handleUserSearch('RRR');
    const expected = structuredClone(first.recommendations);
    for (const recommendation of first.recommendations) {
      for (const reason of recommendation.reasons) Object.assign(reason.values, { length: 0 });
      Object.assign(recommendation, { title: '', reasons: [] });
    }
    Object.assign(first.recommendations, { length: 1 });
    expect((await made.manager.handleUserSearch('RRR')).recommendations).toEqual(expected);
  });

  test.each<[what: string, change: (made: ReturnType<typeof counted>) => unknown]>([
    [
      'a film is stored',
      ({ repository }) =>
        repository.apply({
          related: { movies: [film(1, 'Magadheera')], fetchedAt: new Date().toISOString() },
        }),
    ],
    [
      'what people say of a film changes',
      ({ repository }) =>
        repository.apply({
          analysis: {
            tmdbId: baahubali.tmdbId,
            analyzer: 'x',
            scores: [],
            summary: {
              reviewsAnalyzed: 9,
              averageSentiment: -0.9,
              distribution: {
                positive: 0,
                neutral: 0,
                negative: 9,
                positivePercentage: 0,
                neutralPercentage: 0,
                negativePercentage: 100,
              },
              unscored: 0,
              confidenceInterval: null,
            },
            analyzedAt: new Date().toISOString(),
          },
        }),
    ],
    ['somebody likes a film', ({ recommender }) => recommender.learn([{ userId: 'u', tmdbId: up.tmdbId }])],
    ['the recommender is shown a film', ({ recommender }) => recommender.index([film(2, 'Eega')])],
  ])('not when %s', async (_what, change) => {
    const made = counted();
    await settle(made);
    const before = made.recommender.asked;
    await change(made);
    await made.manager.handleUserSearch('RRR');
    expect(made.recommender.asked).toBe(before + 1);
  });

  test('and stored again when it has become another, or after a day', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const made = counted({ freshness: { movieMs: 1e10, reviewsMs: 1e10 } });
    await settle(made);
    const storedBy = async () => {
      made.repository.writes = [];
      await made.manager.handleUserSearch('RRR');
      return made.repository.writes.filter((write) => write === 'recommendations').length;
    };
    expect(await storedBy()).toBe(0);
    await made.repository.apply({
      related: { movies: [film(1, 'Magadheera', { keywords: rrr.keywords })], fetchedAt: new Date().toISOString() },
    });
    expect(await storedBy()).toBe(1);
    expect(await storedBy()).toBe(0);
    vi.advanceTimersByTime(86_400_000);
    expect(await storedBy()).toBe(1);
    expect(await storedBy()).toBe(0);
  });

  test('for 500 films, those that were looked at last', async () => {
    const memo = new RecommendationMemo();
    for (let tmdbId = 1; tmdbId <= 501; tmdbId += 1) memo.remember(tmdbId, 'a', []);
    expect(memo.find(1, 'a')).toBeUndefined();
    expect(memo.find(2, 'a')).toEqual([]);
    expect(memo.find(2, 'b')).toBeUndefined();
    memo.remember(502, 'a', []);
    expect(memo.find(2, 'a')).toEqual([]);
    expect(memo.find(3, 'a')).toBeUndefined();
  });
});

describe('a search that nobody wants any more', () => {
  test('is not recorded as cancelled once another process has taken it over', async () => {
    const repository = new WatchedRepository();
    const movies = new FakeMovieClient({ movies: [rrr] });
    movies.onSearch({ hang: true });
    const { manager } = setup({
      movies,
      repository: failing(repository, new Set(['renewLease']), () => new Error('off')),
    });
    const controller = new AbortController();
    const search = manager.handleUserSearch('RRR', { signal: controller.signal }).catch((error: unknown) => error);
    await vi.waitFor(() => expect(movies.calls).toHaveLength(1));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6000 }); // its lease has ended
    const [claimed] = await repository.claimRuns('another', 60_000);
    controller.abort();
    expect(await search).toMatchObject({ code: 'CANCELLED' });
    await vi.waitFor(() => expect(manager.activeRuns).toEqual([]));
    expect(await repository.findRun(claimed?.run.workflowId ?? '')).toMatchObject({ status: 'running' });
  });

  test('is recorded when nobody else has it', async () => {
    const repository = new WatchedRepository();
    const movies = new FakeMovieClient({ movies: [rrr] });
    movies.onSearch({ hang: true });
    const { manager } = setup({ movies, repository });
    const controller = new AbortController();
    const search = manager.handleUserSearch('RRR', { signal: controller.signal }).catch((error: unknown) => error);
    await vi.waitFor(() => expect(movies.calls).toHaveLength(1));
    controller.abort();
    await search;
    await vi.waitFor(async () => expect(await repository.listRuns()).toMatchObject([{ status: 'cancelled' }]));
  });
});
