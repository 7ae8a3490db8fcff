import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import {
  MemoryRepository,
  MovieRecommender,
  MovieSentimentAnalyzer,
  ReelflowError,
  type Repository,
  type ReviewApiClient,
  type StoredMovie,
} from '../../src/index.js';
import {
  FakeMovieClient,
  FakeReviewClient,
  type Fault,
  type FaultyMethod,
  injectFaults,
  movieApiClientContract,
  repositoryContract,
  reviewApiClientContract,
  sampleMovie,
  sampleReviews,
} from '../../src/testing/index.js';
import { errorOf } from '../workflow/setup.js';

const film = { movie: sampleMovie(), relatedIds: [], fetchedAt: '2024-01-01T00:00:00.000Z' };
const context = () => ({ signal: new AbortController().signal, attempt: 1 });

async function catalogueOf(repository: Repository): Promise<StoredMovie[]> {
  const films: StoredMovie[] = [];
  for await (const one of repository.catalogue()) films.push(one);
  return films;
}

describe('without faults', () => {
  describe('a wrapped repository is still one', () =>
    repositoryContract(test, async () => injectFaults(new MemoryRepository()).port));
  describe('a wrapped client of films is still one', () =>
    movieApiClientContract(test, async () => ({
      client: injectFaults(new FakeMovieClient({ movies: [sampleMovie()] })).port,
      known: sampleMovie(),
      unknownId: 3,
    })));
  describe('a wrapped client of posts is still one', () =>
    reviewApiClientContract(test, async () => ({
      client: injectFaults(new FakeReviewClient({ reviews: sampleReviews(0, 35), usdPerPost: 0.01 })).port,
      movie: sampleMovie(),
    })));

  test('the port keeps its class, getters and fields, and its frozen methods can be wrapped', async () => {
    const { port } = injectFaults(new FakeMovieClient({ name: 'films', defaultPolicy: { concurrency: 3 } }));
    expect(port).toBeInstanceOf(FakeMovieClient);
    expect([port.name, port.defaultPolicy, port.closed]).toEqual(['films', { concurrency: 3 }, false]);
    const frozen = injectFaults(Object.freeze({ name: 'frozen', searchMovies: async () => [sampleMovie()] }));
    expect(await frozen.port.searchMovies()).toEqual([sampleMovie()]);
    expect(frozen.port.name).toBe('frozen');
  });

  test('what is set on it is set on the port itself', async () => {
    const original = new FakeMovieClient();
    injectFaults(original).port.closed = true;
    expect(original.closed).toBe(true);
  });

  test('methods that give no promise pass through', async () => {
    const { port, faults } = injectFaults(new FakeReviewClient({ usdPerPost: 0.01 }), { error: 'API_NETWORK' });
    expect(port.estimateSpend({ movie: sampleMovie(), maxResults: 10 })).toEqual({ usd: 0.1, posts: 10 });
    expect(port.onSearch({ hang: true })).toBeInstanceOf(FakeReviewClient);
    const recommender = injectFaults(new MovieRecommender(), { error: 'UNEXPECTED' });
    recommender.port.index([sampleMovie()]);
    expect([faults.total, recommender.faults.total]).toEqual([0, 0]);
  });
});

describe('a fault', () => {
  test('strikes the n-th call of its method', async () => {
    const { port, faults } = injectFaults(new MemoryRepository(), {
      method: 'apply',
      call: 2,
      error: 'DB_CONNECTION',
    });
    await port.findMovie({ tmdbId: 1 });
    await port.apply({ film });
    expect(await errorOf(port.apply({ film }))).toMatchObject({ code: 'DB_CONNECTION', retryable: true });
    await port.apply({ film });
    expect(faults.calls).toEqual({ findMovie: 1, apply: 3 });
    expect(faults.total).toBe(4);
    expect(faults.injected).toEqual([
      { method: 'apply', call: 2, callOfAll: 3, fault: { method: 'apply', call: 2, error: 'DB_CONNECTION' } },
    ]);
  });

  test('strikes the n-th call of all when no method is named, but never close', async () => {
    const { port, faults } = injectFaults(new MemoryRepository(), { call: 2, error: 'DB_TIMEOUT' });
    await port.findRun('w1');
    await expect(port.findReviews(1, { limit: 1 })).rejects.toMatchObject({ code: 'DB_TIMEOUT' });
    await port.close();
    expect([faults.total, faults.calls]).toEqual([2, { findRun: 1, findReviews: 1, close: 1 }]);
    const everyCall = injectFaults(new MemoryRepository(), { error: 'DB_TIMEOUT' });
    await expect(everyCall.port.health()).rejects.toThrow('injected: health, call 1, before it took effect');
    await everyCall.port.close();
  });

  test('strikes close when it is named', async () => {
    const { port } = injectFaults(new MemoryRepository(), { method: 'close', error: 'DB_CONNECTION' });
    await expect(port.close()).rejects.toMatchObject({ code: 'DB_CONNECTION' });
  });

  test('before, the call has no effect; after, it has, and its answer is lost', async () => {
    for (const [when, stored] of [
      ['before', 0],
      ['after', 1],
    ] as const) {
      const { port } = injectFaults(new MemoryRepository(), { method: 'apply', error: 'DB_CONNECTION', when });
      await expect(port.apply({ film })).rejects.toMatchObject({ code: 'DB_CONNECTION' });
      expect(await catalogueOf(port)).toHaveLength(stored);
    }
  });

  test('throws an error of yours as it is', async () => {
    const error = new ReelflowError('DB_CONFLICT', 'busy', { retryable: false });
    const { port } = injectFaults(new MovieSentimentAnalyzer(), { method: 'analyze', error });
    expect(await errorOf(port.analyze(['a text']))).toBe(error);
  });

  test('strikes an async iterable when it is iterated: before the first value, or after the last', async () => {
    const { port, faults } = injectFaults(
      new MemoryRepository(),
      { method: 'catalogue', call: 1, error: 'DB_CONNECTION' },
      { method: 'catalogue', call: 2, error: 'DB_TIMEOUT', when: 'after' },
    );
    await port.apply({ film });
    port.catalogue();
    expect(faults.calls).toEqual({ apply: 1 });
    await expect(catalogueOf(port)).rejects.toMatchObject({ code: 'DB_CONNECTION' });
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { title } of port.catalogue()) seen.push(title);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'DB_TIMEOUT' });
    expect(seen).toEqual(['RRR']);
    expect(await catalogueOf(port)).toHaveLength(1);
  });

  test('by chance strikes the same calls for the same seed, about as often as it says', async () => {
    const struck = async (seed: number) => {
      const { port, faults } = injectFaults(new MemoryRepository(), { chance: 0.3, seed, error: 'DB_TIMEOUT' });
      for (let call = 0; call < 1000; call += 1) await port.findRun('w1').catch(() => undefined);
      return faults.injected.map(({ call }) => call);
    };
    const once = await struck(7);
    expect(await struck(7)).toEqual(once);
    expect(await struck(8)).not.toEqual(once);
    expect(once.length).toBeGreaterThan(240);
    expect(once.length).toBeLessThan(360);
  });

  test('can be added, and all of them taken away, while a test runs', async () => {
    const { port, faults } = injectFaults(new MemoryRepository());
    await port.health();
    faults.add({ error: 'DB_CONNECTION' });
    await expect(port.health()).rejects.toMatchObject({ code: 'DB_CONNECTION' });
    faults.clear();
    expect(await port.health()).toEqual({ ok: true });
  });

  test.each<[string, Fault<FaultyMethod<Repository>>]>([
    ['has no method fly', { method: 'fly' as 'apply', error: 'DB_TIMEOUT' }],
    ['needs a whole number from 1 up as call, got 0', { call: 0, error: 'DB_TIMEOUT' }],
    ['needs a chance from 0 to 1, got 2', { chance: 2, error: 'DB_TIMEOUT' }],
    ['needs a delayMs from 0 up, got -1', { delayMs: -1 }],
    ['knows no error code DB_GONE', { error: 'DB_GONE' as 'DB_TIMEOUT' }],
    ['needs an error, a delayMs or a hang', { method: 'apply' }],
  ])('that could never strike is refused: it %s', (message, fault) => {
    expect(() => injectFaults<Repository>(new MemoryRepository(), fault)).toThrow(`the fault ${message}`);
  });

  test('names only methods that can fail', () => {
    expectTypeOf<FaultyMethod<ReviewApiClient>>().toEqualTypeOf<'searchReviews' | 'close'>();
    expectTypeOf<'apply' | 'catalogue' | 'close'>().toExtend<FaultyMethod<Repository>>();
    expectTypeOf(injectFaults(new MemoryRepository()).port).toEqualTypeOf<MemoryRepository>();
  });
});

describe('a fault that takes time', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('delays the call, and what comes after the delay is its error', async () => {
    const { port } = injectFaults(
      new FakeMovieClient({ movies: [sampleMovie()] }),
      { call: 1, delayMs: 500 },
      { call: 2, delayMs: 500, error: 'API_TIMEOUT' },
    );
    const settled = vi.fn();
    port.searchMovies({ text: 'RRR' }, context()).then(settled, settled);
    await vi.advanceTimersByTimeAsync(499);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(settled).toHaveBeenCalledWith([sampleMovie()]);
    const failed = errorOf(port.searchMovies({ text: 'RRR' }, context()));
    await vi.advanceTimersByTimeAsync(500);
    expect(await failed).toMatchObject({ code: 'API_TIMEOUT' });
  });

  test('ends at once when the signal of the call aborts, wherever the port takes it', async () => {
    const reason = new ReelflowError('CANCELLED', 'enough');
    const calls: Array<(signal: AbortSignal) => Promise<unknown>> = [];
    for (const fault of [{ hang: true }, { delayMs: 60_000 }, { hang: true, when: 'after' }] as const) {
      const movies = injectFaults(new FakeMovieClient({ movies: [sampleMovie()] }), fault).port;
      const repository = injectFaults(new MemoryRepository(), fault).port;
      calls.push((signal) => movies.getMovie(sampleMovie().tmdbId, { signal, attempt: 1 }));
      calls.push((signal) => repository.apply({ film }, { signal }));
    }
    for (const call of calls) {
      const controller = new AbortController();
      const failed = errorOf(call(controller.signal));
      await vi.advanceTimersByTimeAsync(0);
      controller.abort(reason);
      expect(await failed).toBe(reason);
    }
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a script of a fake', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('plays its steps in order, one at each call, then the standard answer', async () => {
    const error = new ReelflowError('API_UNAVAILABLE', 'down');
    const movies = new FakeMovieClient({ movies: [sampleMovie()] }).onSearch(
      { error },
      { answer: [] },
      { delayMs: 50 },
    );
    const search = () => movies.searchMovies({ text: 'rrr' }, context());
    expect(await errorOf(search())).toBe(error);
    expect(await search()).toEqual([]);
    const late = search();
    await vi.advanceTimersByTimeAsync(50);
    expect(await late).toEqual([sampleMovie()]);
    expect(await search()).toEqual([sampleMovie()]);
    expect(movies.calls).toHaveLength(4);
  });

  test('hangs, or waits, until the signal aborts', async () => {
    const reviews = new FakeReviewClient().onSearch({ hang: true }, { delayMs: 60_000, error: new Error('never') });
    for (const reason of [new ReelflowError('API_TIMEOUT', 'too slow'), new ReelflowError('CANCELLED', 'enough')]) {
      const controller = new AbortController();
      const failed = errorOf(
        reviews.searchReviews({ movie: sampleMovie(), maxResults: 1 }, { signal: controller.signal, attempt: 1 }),
      );
      await vi.advanceTimersByTimeAsync(30_000);
      controller.abort(reason);
      expect(await failed).toBe(reason);
    }
    expect(vi.getTimerCount()).toBe(0);
  });
});
