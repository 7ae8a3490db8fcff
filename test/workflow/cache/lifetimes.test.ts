import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MemoryResponseCache } from '../../../src/index.js';
import { injectFaults } from '../../../src/testing/index.js';
import { rrr } from '../setup.js';
import { codeOf, dayMs, detailsOf, failure, hourMs, minuteMs, settle, setup, TellingClient } from './helpers.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('an answer is used unasked', () => {
  test.each([
    ['details', dayMs],
    ['search', hourMs],
  ] as const)('%s: as long as its kind allows', async (kind, ttlMs) => {
    const films = setup({ times: { revalidateMs: 0 } });
    const startedAtMs = Date.now();
    expect(await films[kind]()).toMatchObject({ origin: 'live', fetchedAtMs: startedAtMs });
    await vi.advanceTimersByTimeAsync(ttlMs - 1);
    expect(await films[kind]()).toMatchObject({ origin: 'cache', fetchedAtMs: startedAtMs });
    await vi.advanceTimersByTimeAsync(1);
    expect(await films[kind]()).toMatchObject({ origin: 'live', fetchedAtMs: startedAtMs + ttlMs });
    expect(films.movies.calls).toHaveLength(2);
  });

  test('by all who share the cache, and as the same value', async () => {
    const cache = new MemoryResponseCache();
    const live = await setup({ cache }).details();
    const other = setup({ cache });
    expect((await other.details()).value).toEqual(live.value);
    expect(other.movies.calls).toEqual([]);
  });

  test('no longer than the provider lets it be used', async () => {
    const films = setup<TellingClient>({ movies: new TellingClient(), times: { revalidateMs: 0 } });
    films.movies.says = { maxAgeMs: 5 * minuteMs };
    await films.details();
    await vi.advanceTimersByTimeAsync(5 * minuteMs - 1);
    expect((await films.details()).origin).toBe('cache');
    await vi.advanceTimersByTimeAsync(1);
    expect((await films.details()).origin).toBe('live');
  });

  test('no longer than the host lets it be used, whatever the provider says', async () => {
    const films = setup<TellingClient>({ movies: new TellingClient(), times: { detailsMs: 1000, revalidateMs: 0 } });
    films.movies.says = { maxAgeMs: 400 * dayMs };
    await films.details();
    await vi.advanceTimersByTimeAsync(1000);
    expect((await films.details()).origin).toBe('live');
  });

  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('an age of %s counts as none', async (maxAgeMs) => {
    const films = setup<TellingClient>({ movies: new TellingClient() });
    films.movies.says = { maxAgeMs };
    await films.details();
    await vi.advanceTimersByTimeAsync(dayMs - 1);
    expect((await films.details()).origin).toBe('cache');
  });

  test('not at all when the provider wants to be asked each time', async () => {
    const films = setup<TellingClient>({ movies: new TellingClient() });
    films.movies.says = { maxAgeMs: 0, etag: '"a"' };
    await films.details();
    expect((await films.details()).origin).toBe('live');
    expect(films.madeBy).toEqual(['caller', 'caller']);
  });

  test('not when fresh data are asked for; those are kept', async () => {
    const films = setup();
    await films.details();
    expect((await films.details(rrr.tmdbId, { fresh: true })).origin).toBe('live');
    expect(films.movies.calls).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(dayMs - 1);
    expect((await films.details()).origin).toBe('cache');
  });
});

describe('what the provider does not know', () => {
  test('an unknown film is asked for once in ten minutes', async () => {
    const films = setup();
    expect(await codeOf(films.details(1))).toBe('API_NOT_FOUND');
    await vi.advanceTimersByTimeAsync(10 * minuteMs - 1);
    expect(await codeOf(films.details(1))).toBe('API_NOT_FOUND');
    expect(films.movies.calls).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await codeOf(films.details(1))).toBe('API_NOT_FOUND');
    expect(films.movies.calls).toHaveLength(2);
  });

  test('a search that finds nothing is asked for once in ten minutes, and by nobody in the background', async () => {
    const films = setup();
    expect(await films.search('nobody knows this')).toMatchObject({ value: [], origin: 'live' });
    await vi.advanceTimersByTimeAsync(10 * minuteMs - 1);
    expect(await films.search('nobody knows this')).toMatchObject({ value: [], origin: 'cache' });
    await vi.advanceTimersByTimeAsync(1);
    expect((await films.search('nobody knows this')).origin).toBe('live');
    expect(films.madeBy).toEqual(['caller', 'caller']);
  });

  test('a film that the provider has dropped is not given any more', async () => {
    const films = setup();
    await films.details();
    films.movies.onDetails({ error: failure('API_NOT_FOUND') }, { error: failure('API_NETWORK') });
    expect(await codeOf(films.details(rrr.tmdbId, { fresh: true }))).toBe('API_NOT_FOUND');
    expect(await codeOf(films.details())).toBe('API_NOT_FOUND');
    await vi.advanceTimersByTimeAsync(10 * minuteMs);
    expect(await codeOf(films.details())).toBe('API_NETWORK');
  });

  test('with no time for it, an earlier answer goes as well', async () => {
    const films = setup({ times: { nothingFoundMs: 0 } });
    await films.search();
    films.movies.onSearch({ answer: [] }, { error: failure('API_NETWORK') });
    expect((await films.search('RRR', { fresh: true })).value).toEqual([]);
    expect(await codeOf(films.search())).toBe('API_NETWORK');
  });
});

describe('an answer past its time', () => {
  test('is given at once, while one call in the background renews it', async () => {
    const films = setup();
    films.movies.onDetails({}, { delayMs: 5000, answer: detailsOf('renewed') });
    await films.details();
    await vi.advanceTimersByTimeAsync(dayMs);
    const given = await Promise.all(Array.from({ length: 20 }, () => films.details()));
    expect(given.every(({ origin, value }) => origin === 'cache' && value.movie.title === 'RRR')).toBe(true);
    expect(films.madeBy).toEqual(['caller', 'background']);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await films.details()).toMatchObject({ origin: 'cache', fetchedAtMs: Date.now() });
    expect((await films.details()).value.movie.title).toBe('renewed');
    expect(films.movies.calls).toHaveLength(2);
  });

  test('is given when the call in the background fails, and the next one tries again', async () => {
    const films = setup();
    films.movies.onDetails({}, { error: failure('API_UNAVAILABLE') }, { error: new TypeError('a bug') });
    await films.details();
    await vi.advanceTimersByTimeAsync(dayMs);
    for (const calls of [2, 3, 4]) {
      expect(await films.details()).not.toHaveProperty('error');
      await settle();
      expect(films.movies.calls).toHaveLength(calls);
    }
    expect((await films.details()).fetchedAtMs).toBe(Date.now());
  });

  test('is given unasked only as long again, or as long as the host says', async () => {
    for (const [revalidateMs, times] of [
      [dayMs, {}],
      [minuteMs, { revalidateMs: minuteMs }],
    ] as const) {
      const films = setup({ times });
      films.movies.onDetails({}, { error: failure('API_NETWORK') });
      await films.details();
      await vi.advanceTimersByTimeAsync(dayMs + revalidateMs - 1);
      expect((await films.details()).origin).toBe('cache');
      await settle();
      await vi.advanceTimersByTimeAsync(1);
      expect((await films.details()).origin).toBe('live');
      expect(films.madeBy).toEqual(['caller', 'background', 'caller']);
    }
  });

  test('does not wait for a renewal that hangs, which ends when the films are closed', async () => {
    const films = setup();
    films.movies.onDetails({}, { hang: true });
    await films.details();
    await vi.advanceTimersByTimeAsync(dayMs);
    expect((await films.details()).origin).toBe('cache');
    await films.films.close();
    expect((await films.details()).origin).toBe('live'); // the cache is closed too
  });

  test('is not renewed in the background once the films are closing', async () => {
    const { port: cache } = injectFaults(new MemoryResponseCache(), { method: 'close', hang: true });
    const films = setup({ cache });
    await films.details();
    await vi.advanceTimersByTimeAsync(dayMs);
    const closing = codeOf(films.films.close());
    expect((await films.details()).origin).toBe('cache');
    await vi.advanceTimersByTimeAsync(250);
    expect(await closing).toBe('DB_TIMEOUT');
    expect(films.madeBy).toEqual(['caller']);
  });
});

describe('an answer that the provider names', () => {
  test('is asked about by its tag, and renewed when it still holds', async () => {
    const films = setup<TellingClient>({ movies: new TellingClient(), times: { revalidateMs: 0 } });
    films.movies.says = { etag: '"one"', maxAgeMs: minuteMs };
    const { value } = await films.details();
    await vi.advanceTimersByTimeAsync(minuteMs);
    films.movies.says = { unchanged: true };
    expect(await films.details()).toEqual({ value, origin: 'live', fetchedAtMs: Date.now() });
    expect(films.movies.asked).toEqual([undefined, { etag: '"one"', value }]);
    // The tag and the age hold on, since the provider said nothing else.
    await vi.advanceTimersByTimeAsync(minuteMs - 1);
    expect((await films.details()).origin).toBe('cache');
    await vi.advanceTimersByTimeAsync(1);
    await films.details();
    expect(films.movies.asked[2]).toEqual({ etag: '"one"', value });
  });

  test('is replaced when it has changed, tag and all', async () => {
    const films = setup<TellingClient>({ movies: new TellingClient() });
    films.movies.says = { etag: '"one"' };
    await films.details();
    films.movies.says = {};
    films.movies.answer = detailsOf('second');
    await films.details(rrr.tmdbId, { fresh: true });
    await films.details(rrr.tmdbId, { fresh: true });
    expect(films.movies.asked.map((known) => known?.etag)).toEqual([undefined, '"one"', undefined]);
    expect((await films.details()).value.movie.title).toBe('second');
  });

  test('is asked about in the background as well', async () => {
    const films = setup<TellingClient>({ movies: new TellingClient() });
    films.movies.says = { etag: '"one"', maxAgeMs: minuteMs };
    await films.details();
    films.movies.says = { unchanged: true, maxAgeMs: hourMs };
    await vi.advanceTimersByTimeAsync(minuteMs);
    await films.details();
    await settle();
    await vi.advanceTimersByTimeAsync(hourMs - 1);
    expect((await films.details()).origin).toBe('cache');
    expect(films.movies.asked).toHaveLength(2);
  });
});

describe('when the provider cannot answer', () => {
  const times = { revalidateMs: 0 };

  test.each([
    'API_TIMEOUT',
    'API_NETWORK',
    'API_UNAVAILABLE',
    'API_RATE_LIMITED',
    'API_QUOTA_EXHAUSTED',
    'API_INVALID_RESPONSE',
    'API_UNAUTHORIZED',
    'API_FORBIDDEN',
    'CIRCUIT_OPEN',
  ] as const)('%s: the old answer is given, and says why', async (code) => {
    const films = setup({ times });
    const { value, fetchedAtMs } = await films.details();
    const candidates = (await films.search()).value;
    films.movies.onDetails({ error: failure(code) }).onSearch({ error: failure(code) });
    await vi.advanceTimersByTimeAsync(2 * dayMs);
    expect(await films.details()).toEqual({
      value,
      origin: 'cache',
      fetchedAtMs,
      error: expect.objectContaining({ code }),
    });
    expect(await films.search()).toMatchObject({ value: candidates, origin: 'cache', error: { code } });
  });

  test.each(['API_BAD_REQUEST', 'API_NOT_FOUND', 'INVALID_INPUT', 'CANCELLED', 'CLOSED', 'UNEXPECTED'] as const)(
    '%s goes through',
    async (code) => {
      const films = setup({ times });
      await films.details();
      films.movies.onDetails({ error: failure(code) });
      await vi.advanceTimersByTimeAsync(2 * dayMs);
      expect(await codeOf(films.details())).toBe(code);
    },
  );

  test('a failure of the connection that is no error of ours counts too', async () => {
    const films = setup({ times });
    await films.details();
    films.movies.onDetails({ error: new TypeError('fetch failed') });
    await vi.advanceTimersByTimeAsync(2 * dayMs);
    expect(await films.details()).toMatchObject({ origin: 'cache', error: { code: 'API_NETWORK' } });
  });

  test('a search for fresh data gets the old answer, even one that is fresh', async () => {
    const films = setup();
    await films.details();
    films.movies.onDetails({ error: failure('API_NETWORK') });
    expect(await films.details(rrr.tmdbId, { fresh: true })).toMatchObject({
      origin: 'cache',
      error: { code: 'API_NETWORK' },
    });
  });

  test('an old "nothing found" is no answer', async () => {
    const films = setup();
    await films.search('nobody knows this');
    films.movies.onSearch({ error: failure('API_NETWORK') }, { error: failure('API_NETWORK') });
    expect(await codeOf(films.search('nobody knows this', { fresh: true }))).toBe('API_NETWORK');
    await vi.advanceTimersByTimeAsync(10 * minuteMs);
    expect(await codeOf(films.search('nobody knows this'))).toBe('API_NETWORK');
  });

  test('an answer is kept for seven days, or as long as the host says, and then it is gone', async () => {
    for (const [keepMs, more] of [
      [7 * dayMs, {}],
      [30 * dayMs, { keepMs: 30 * dayMs }],
    ] as const) {
      const films = setup({ times: { ...times, ...more } });
      await films.details();
      films.movies.onDetails({ error: failure('API_NETWORK') }, { error: failure('API_NETWORK') });
      await vi.advanceTimersByTimeAsync(keepMs - 1);
      expect((await films.details()).origin).toBe('cache');
      await vi.advanceTimersByTimeAsync(1);
      expect(await codeOf(films.details())).toBe('API_NETWORK');
    }
  });

  test('an answer of a cache that drops nothing is still too old one day', async () => {
    const sound = new MemoryResponseCache();
    const films = setup({
      times,
      cache: {
        get: (key) => sound.get(key),
        set: (key, value) => sound.set(key, value, { ttlMs: 1000 * dayMs }),
        delete: async () => undefined,
      },
    });
    await films.details();
    films.movies.onDetails({ error: failure('API_NETWORK') });
    await vi.advanceTimersByTimeAsync(7 * dayMs);
    expect(await codeOf(films.details())).toBe('API_NETWORK');
  });
});

test.each([
  ['searchMs', -1],
  ['detailsMs', 0.5],
  ['nothingFoundMs', Number.NaN],
  ['revalidateMs', Number.POSITIVE_INFINITY],
  ['keepMs', 180 * dayMs + 1],
  ['timeLimitMs', 0],
  ['timeLimitMs', 60_001],
])('cacheTimes.%s may not be %s', async (option, value) => {
  expect(() => setup({ times: { [option]: value } })).toThrow(
    new RegExp(`cacheTimes.${option} must be a whole number`),
  );
});
