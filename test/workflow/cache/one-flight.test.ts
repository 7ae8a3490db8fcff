import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TmdbClient } from '../../../src/adapters/tmdb/index.js';
import { MemoryResponseCache } from '../../../src/index.js';
import { FakeMovieClient, injectFaults } from '../../../src/testing/index.js';
import { detailsCacheKey, searchCacheKey } from '../../../src/workflow/cache/cache-key.js';
import { baahubali, rrr, up } from '../setup.js';
import { codeOf, dayMs, detailsOf, failure, settle, setup } from './helpers.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe.each([
  ['with a cache', () => new MemoryResponseCache()],
  ['with a slow cache', () => injectFaults(new MemoryResponseCache(), { delayMs: 20 }).port],
  ['without a cache', () => null],
])('one call at a time for each key: %s', (_what, cache) => {
  const slow = () => {
    const films = setup({ cache: cache() });
    films.movies.onDetails({ delayMs: 100 }).onSearch({ delayMs: 100 });
    return films;
  };

  test('all who ask meanwhile share it, those who ask for fresh data too', async () => {
    const films = slow();
    const asking = [films.details(), films.details(rrr.tmdbId, { fresh: true })];
    const searching = [films.search('RRR'), films.search(' rrr!'), films.search('RRR', { fresh: true })];
    await vi.advanceTimersByTimeAsync(90);
    asking.push(films.details());
    await vi.advanceTimersByTimeAsync(500);
    for (const { origin } of await Promise.all([...asking, ...searching])) expect(origin).toBe('live');
    expect(films.movies.calls).toHaveLength(2);
  });

  test('its failure is that of all', async () => {
    const films = setup({ cache: cache() });
    films.movies.onDetails({ delayMs: 100, error: failure('API_NETWORK') });
    const codes = [1, 2, 3].map(() => codeOf(films.details()));
    await vi.advanceTimersByTimeAsync(500);
    expect(await Promise.all(codes)).toEqual(Array(3).fill('API_NETWORK'));
    expect(films.movies.calls).toHaveLength(1);
  });

  test('who aborts leaves alone; the call ends when the last has left, and the next one is new', async () => {
    const films = setup({ cache: cache() });
    films.movies.onDetails({ hang: true }, { hang: true });
    const controllers = [1, 2].map(() => new AbortController());
    const leaving = controllers.map(({ signal }) => codeOf(films.details(rrr.tmdbId, { signal })));
    await vi.advanceTimersByTimeAsync(50);
    controllers[0]?.abort();
    expect(await leaving[0]).toBe('CANCELLED');
    const joining = new AbortController();
    const joined = codeOf(films.details(rrr.tmdbId, { signal: joining.signal }));
    await vi.advanceTimersByTimeAsync(50);
    expect(films.movies.calls).toHaveLength(1);
    controllers[1]?.abort();
    joining.abort();
    expect(await Promise.all([leaving[1], joined])).toEqual(['CANCELLED', 'CANCELLED']);
    const anew = new AbortController();
    const again = codeOf(films.details(rrr.tmdbId, { signal: anew.signal }));
    await vi.advanceTimersByTimeAsync(50);
    expect(films.movies.calls).toHaveLength(2);
    anew.abort();
    expect(await again).toBe('CANCELLED');
    await films.films.close();
  });
});

test('who comes while the answer is being stored makes no second call', async () => {
  const films = setup({ cache: injectFaults(new MemoryResponseCache(), { method: 'set', delayMs: 200 }).port });
  const first = films.details();
  await vi.advanceTimersByTimeAsync(100);
  const second = films.details();
  await vi.advanceTimersByTimeAsync(100);
  await Promise.all([first, second]);
  expect(films.movies.calls).toHaveLength(1);
});

test('an answer is stored although everybody has left meanwhile', async () => {
  const { port: cache } = injectFaults(new MemoryResponseCache(), { method: 'set', delayMs: 100 });
  const films = setup({ cache });
  const controller = new AbortController();
  const leaving = codeOf(films.details(rrr.tmdbId, { signal: controller.signal }));
  await settle();
  controller.abort();
  expect(await leaving).toBe('CANCELLED');
  await vi.advanceTimersByTimeAsync(100);
  expect((await films.details()).origin).toBe('cache');
});

test('closing waits until answers are stored', async () => {
  const memory = new MemoryResponseCache();
  const { port: cache } = injectFaults(memory, { method: 'set', delayMs: 100 });
  const close = vi.spyOn(memory, 'close');
  const films = setup({ cache });
  const asking = films.details();
  await settle();
  const closing = films.films.close();
  await vi.advanceTimersByTimeAsync(99);
  expect(close).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await Promise.all([asking, closing]);
  expect(close).toHaveBeenCalledOnce();
});

test('a search for fresh data joins a renewal in the background, and outlives its end', async () => {
  const films = setup();
  films.movies.onDetails({}, { delayMs: 1000, answer: detailsOf('renewed') });
  await films.details();
  await vi.advanceTimersByTimeAsync(dayMs);
  await films.details();
  const fresh = films.details(rrr.tmdbId, { fresh: true });
  await settle();
  const closing = films.films.close();
  await vi.advanceTimersByTimeAsync(1000);
  expect((await fresh).value.movie.title).toBe('renewed');
  await closing;
  expect(films.madeBy).toEqual(['caller', 'background']);
});

test('answers of different questions are apart', async () => {
  const films = setup();
  expect((await films.details(rrr.tmdbId)).value.movie.title).toBe('RRR');
  expect((await films.details(up.tmdbId)).value.movie.title).toBe('Up');
  await films.search('Baahubali');
  await films.search('Baahubali', { year: 2015 });
  expect((await films.search('baahubali', { year: 2015 })).origin).toBe('cache');
  expect((await films.search('Up')).value[0]?.title).toBe('Up');
  expect(films.movies.calls).toHaveLength(5);
});

test('what a caller does to an answer changes nothing for the next', async () => {
  const films = setup();
  await films.search('Baahubali');
  const { value } = await films.search('Baahubali');
  value.length = 0;
  expect((await films.search('Baahubali')).value).toEqual([baahubali]);
});

describe('a provider that gives something else', () => {
  test.each([null, undefined, 'RRR', 7])('%j instead of details', async (answer) => {
    const movies = new FakeMovieClient();
    movies.getMovie = async () => answer as never;
    movies.searchMovies = async () => answer as never;
    const films = setup({ movies });
    expect(await codeOf(films.details())).toBe('API_INVALID_RESPONSE');
    expect(await codeOf(films.search())).toBe('API_INVALID_RESPONSE');
  });

  test('what lacks a part is given to the checks of the workflow, and not kept', async () => {
    const movies = new FakeMovieClient();
    const details = { movie: { title: 'RRR' } };
    movies.getMovie = async () => details as never;
    movies.searchMovies = async () => [null, rrr] as never;
    const films = setup({ movies });
    for (let time = 0; time < 2; time += 1) {
      expect(await films.details()).toMatchObject({ origin: 'live', value: details });
      expect(await films.search()).toMatchObject({ origin: 'live', value: [null, rrr] });
    }
    expect(films.failures).toEqual([]);
  });
});

describe('keys', () => {
  const tmdb = { name: 'tmdb', cacheScope: 'en-US:IN' };

  test('tell what an answer depends on', () => {
    const keys = [
      detailsCacheKey(tmdb, 5),
      detailsCacheKey(tmdb, 55),
      detailsCacheKey({ name: 'tmdb' }, 5),
      detailsCacheKey({ ...tmdb, cacheScope: 'te-IN:IN' }, 5),
      detailsCacheKey({ ...tmdb, name: 'other' }, 5),
      searchCacheKey(tmdb, { text: '5' }),
      searchCacheKey(tmdb, { text: 'rrr' }),
      searchCacheKey(tmdb, { text: 'rrr', year: 2022 }),
      searchCacheKey(tmdb, { text: 'rrr 2022' }),
      searchCacheKey(tmdb, { text: '???' }),
      searchCacheKey(tmdb, { text: '!!!' }),
      searchCacheKey({ name: 'a:b', cacheScope: 'c' }, { text: 'x' }),
      searchCacheKey({ name: 'a', cacheScope: 'b:c' }, { text: 'x' }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys[0]).toBe('v1:movie:tmdb:en-US%3AIN:5');
  });

  test('hold the language and region of TMDB', () => {
    const scopeOf = (options: { language?: string; region?: string }) =>
      new TmdbClient({ accessToken: 'x', ...options }).cacheScope;
    expect(scopeOf({})).toBe('en-US::api.themoviedb.org');
    expect(scopeOf({ language: 'te-IN', region: 'IN' })).toBe('te-IN:IN:api.themoviedb.org');
  });

  test('are the same for searches that mean the same', () => {
    const of = (text: string) => searchCacheKey(tmdb, { text });
    expect(of('  Amélie! ')).toBe(of('amelie'));
    expect(of('ఆర్ఆర్ఆర్')).not.toBe(of('ఆర్ఆర్'));
  });

  test.each(['ఆర్ఆర్ఆర్ '.repeat(20), 'x'.repeat(200), '\ud800', '🎬'.repeat(100), 'a\u0000\r\nb'])(
    'are fit for every cache: %j',
    (text) => {
      const key = searchCacheKey(tmdb, { text, year: 2022 });
      expect(key).toMatch(/^[\x21-\x7e]{1,200}$/);
      expect(searchCacheKey(tmdb, { text: `${text} 2`, year: 2022 })).not.toBe(key);
    },
  );
});
