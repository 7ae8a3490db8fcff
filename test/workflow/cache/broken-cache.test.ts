import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type CachedResponse, MemoryResponseCache, type ResponseCache } from '../../../src/index.js';
import { injectFaults } from '../../../src/testing/index.js';
import { GuardedCache } from '../../../src/workflow/cache/guarded-cache.js';
import { rrr } from '../setup.js';
import { codeOf, dayMs, failure, hourMs, never, settle, setup } from './helpers.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const sound = () => new MemoryResponseCache();
const unwilling: ResponseCache = {
  get: () => {
    throw new Error('get throws at once');
  },
  set: () => {
    throw new Error('set throws at once');
  },
  delete: () => {
    throw new Error('delete throws at once');
  },
};

describe('a cache that fails is one that has nothing', () => {
  test.each<[string, () => ResponseCache, string]>([
    ['throws', () => injectFaults(sound(), { error: new Error('no such host') }).port, 'UNEXPECTED'],
    ['throws one of our errors', () => injectFaults(sound(), { error: 'DB_CONNECTION' }).port, 'DB_CONNECTION'],
    ['throws before it gives a promise', () => unwilling, 'UNEXPECTED'],
    ['hangs', () => injectFaults(sound(), { hang: true }).port, 'DB_TIMEOUT'],
    ['hangs and hears no signal', () => ({ ...unwilling, get: () => new Promise(() => undefined) }), 'DB_TIMEOUT'],
    ['answers late', () => injectFaults(sound(), { delayMs: 251, when: 'after' }).port, 'DB_TIMEOUT'],
  ])('%s', async (_what, create, code) => {
    const films = setup({ cache: create() });
    const searching = films.search();
    await vi.advanceTimersByTimeAsync(250);
    expect(await searching).toMatchObject({ origin: 'live', value: [{ title: 'RRR' }] });
    expect(films.failures).toMatchObject([{ operation: 'get', error: { code } }]);
    expect((await films.details()).origin).toBe('live');
    expect(await codeOf(films.details(1))).toBe('API_NOT_FOUND');
    expect(films.failures).toHaveLength(1);
  });

  test.each(['set', 'delete'] as const)('%s fails: the answer is given all the same', async (operation) => {
    const { port: cache } = injectFaults(sound(), { method: operation, error: 'DB_STORAGE_FULL' });
    const films = setup({ cache, times: operation === 'set' ? {} : { nothingFoundMs: 0 } });
    expect((await films.search(operation === 'set' ? 'RRR' : 'nobody knows this')).origin).toBe('live');
    expect(films.failures).toMatchObject([{ operation, error: { code: 'DB_STORAGE_FULL' } }]);
  });

  test('an answer that comes late but in time is used', async () => {
    const memory = sound();
    await setup({ cache: memory }).details();
    const films = setup({ cache: injectFaults(memory, { method: 'get', delayMs: 249 }).port });
    const asking = films.details();
    await vi.advanceTimersByTimeAsync(249);
    expect((await asking).origin).toBe('cache');
    expect(films.failures).toEqual([]);
  });

  test('the time limit is the host’s', async () => {
    const films = setup({
      cache: injectFaults(sound(), { method: 'get', hang: true }).port,
      times: { timeLimitMs: 7 },
    });
    const asking = films.details();
    await vi.advanceTimersByTimeAsync(7);
    expect((await asking).origin).toBe('live');
    expect(films.failures[0]?.error.message).toBe('the cache has not answered within 7 ms');
  });
});

describe('a cache that gives nonsense', () => {
  const storedAtMs = () => Date.now();
  test.each<[string, () => unknown]>([
    ['a text', () => 'RRR'],
    ['no time', () => ({ value: { value: [rrr] } })],
    ['a time that is none', () => ({ value: { value: [rrr] }, storedAtMs: Number.NaN })],
  ])('%s: a miss that is told', async (_what, answer) => {
    const films = setup({
      cache: { ...sound(), get: async () => answer() as never, set: async () => undefined } as never,
    });
    expect((await films.search()).origin).toBe('live');
    expect(films.failures).toMatchObject([{ operation: 'get', error: { code: 'UNEXPECTED' } }]);
  });

  test.each<[string, () => CachedResponse | undefined]>([
    ['undefined', () => undefined],
    ['nothing in it', () => ({ value: null, storedAtMs: storedAtMs() })],
    ['a text in it', () => ({ value: 'RRR', storedAtMs: storedAtMs() })],
    ['a value of another kind', () => ({ value: { value: { movie: rrr } }, storedAtMs: storedAtMs() })],
    ['a list of something else', () => ({ value: { value: [{ tmdbId: 1 }] }, storedAtMs: storedAtMs() })],
    ['an empty entry', () => ({ value: {}, storedAtMs: storedAtMs() })],
    ['an entry of the future', () => ({ value: { value: [rrr] }, storedAtMs: storedAtMs() + hourMs })],
  ])('%s: a miss', async (_what, answer) => {
    const films = setup({
      cache: { get: async () => answer() as CachedResponse, set: async () => undefined, delete: async () => undefined },
    });
    expect((await films.search()).origin).toBe('live');
    expect((await films.details()).origin).toBe('live');
    expect(films.failures).toEqual([]);
  });

  test('an entry of a clock that is a little ahead is a new one', async () => {
    const get = async () => ({ value: { value: [rrr] }, storedAtMs: storedAtMs() + 30_000 });
    const films = setup({ cache: { get, set: async () => undefined, delete: async () => undefined } });
    expect((await films.search()).origin).toBe('cache');
  });

  test('an odd tag or age is left out', async () => {
    const value = { value: [rrr], etag: 7, maxAgeMs: 'long' };
    const get = async () => ({ value, storedAtMs: storedAtMs() - hourMs + 1 });
    const films = setup({ cache: { get, set: async () => undefined, delete: async () => undefined } });
    expect((await films.search()).origin).toBe('cache');
  });
});

describe('a cache that is down is not asked all the time', () => {
  const guard = (cache: ResponseCache) => {
    const failures: string[] = [];
    const onFailure = ({ operation }: { operation: string }) => failures.push(operation);
    return { failures, guarded: new GuardedCache({ cache, timeLimitMs: 250, onFailure }) };
  };

  test('one trial after 1, 2, 4, 8, 16 and then every 30 seconds, each told of', async () => {
    const { port, faults } = injectFaults(sound(), { error: 'DB_CONNECTION' });
    const { guarded, failures } = guard(port);
    const triedAtMs: number[] = [];
    const startedAtMs = performance.now();
    for (let ms = 0; ms <= 100_000; ms += 500) {
      const before = faults.calls['get'] ?? 0;
      await Promise.all([1, 2, 3].map(() => guarded.get('key')));
      if ((faults.calls['get'] ?? 0) > before) triedAtMs.push(performance.now() - startedAtMs);
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(triedAtMs).toEqual([0, 1000, 3000, 7000, 15_000, 31_000, 61_000, 91_000]);
    expect(failures).toHaveLength(8);
    expect(faults.calls['get'] ?? 0).toBe(8 + 2); // the first three were under way together
  });

  test('calls that hang together are one failure, and during a trial the others do not wait', async () => {
    const { port, faults } = injectFaults(sound(), { hang: true });
    const { guarded, failures } = guard(port);
    const first = Promise.all(Array.from({ length: 50 }, () => guarded.get('key')));
    await vi.advanceTimersByTimeAsync(250);
    await first;
    expect(failures).toEqual(['get']);
    await vi.advanceTimersByTimeAsync(1000);
    const trial = guarded.get('key');
    expect(await Promise.all([guarded.get('key'), guarded.set('key', 1, { ttlMs: 1 })])).toEqual([null, undefined]);
    await vi.advanceTimersByTimeAsync(250);
    expect(await trial).toBeNull();
    expect(failures).toEqual(['get', 'get']);
    expect(faults.calls['get'] ?? 0).toBe(51);
  });

  test('it is used again as soon as a trial succeeds, and told of anew when it fails again', async () => {
    const { port } = injectFaults(
      sound(),
      { method: 'set', call: 1, error: 'DB_CONNECTION' },
      { method: 'get', call: 2, error: 'DB_CONNECTION' },
    );
    const { guarded, failures } = guard(port);
    await guarded.set('key', 1, { ttlMs: hourMs });
    await vi.advanceTimersByTimeAsync(1000);
    expect(await guarded.get('key')).toBeNull();
    await guarded.set('key', 2, { ttlMs: hourMs });
    expect(await guarded.get('key')).toBeNull();
    expect(failures).toEqual(['set', 'get']);
    await vi.advanceTimersByTimeAsync(1000);
    expect((await guarded.get('key'))?.value).toBe(2);
  });

  test('a trial that its caller aborts says nothing: the next call is the trial', async () => {
    const { port } = injectFaults(
      sound(),
      { method: 'get', call: 1, error: 'DB_CONNECTION' },
      { method: 'get', call: 2, hang: true },
    );
    const { guarded, failures } = guard(port);
    await guarded.get('key');
    await vi.advanceTimersByTimeAsync(1000);
    const controller = new AbortController();
    const trial = codeOf(guarded.get('key', { signal: controller.signal }));
    controller.abort();
    expect(await trial).toBe('CANCELLED');
    await guarded.set('key', 1, { ttlMs: hourMs });
    expect((await guarded.get('key'))?.value).toBe(1);
    expect(failures).toEqual(['get']);
  });
});

describe('abort', () => {
  test('ends the wait for the cache at once, and is no failure of it', async () => {
    const films = setup({ cache: injectFaults(sound(), { hang: true }).port });
    const controller = new AbortController();
    const asking = codeOf(films.details(rrr.tmdbId, { signal: controller.signal }));
    await settle();
    controller.abort();
    expect(await asking).toBe('CANCELLED');
    expect(films.failures).toEqual([]);
    expect(films.movies.calls).toEqual([]);
  });

  test('with the reason of the signal, when it is one of ours', async () => {
    const films = setup();
    expect(await codeOf(films.details(rrr.tmdbId, { signal: AbortSignal.abort(failure('CLOSED')) }))).toBe('CLOSED');
  });
});

test('closing waits for a cache no longer than for any other call', async () => {
  const films = setup({ cache: injectFaults(sound(), { method: 'close', hang: true }).port });
  const closing = codeOf(films.films.close());
  await vi.advanceTimersByTimeAsync(250);
  expect(await closing).toBe('DB_TIMEOUT');
});

test('no listener stays at a signal that lives long', async () => {
  const controller = new AbortController();
  const add = vi.spyOn(controller.signal, 'addEventListener');
  const remove = vi.spyOn(controller.signal, 'removeEventListener');
  const films = setup();
  for (let day = 0; day < 5; day += 1) {
    await films.details(rrr.tmdbId, { signal: controller.signal });
    await films.search('RRR', { signal: controller.signal });
    await vi.advanceTimersByTimeAsync(dayMs);
  }
  expect(add.mock.calls.length).toBeGreaterThan(10);
  expect(remove.mock.calls.length).toBeGreaterThanOrEqual(add.mock.calls.length);
  expect(never.aborted).toBe(false);
});
