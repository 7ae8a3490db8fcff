import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemoryResponseCache } from '../../../src/index.js';

const hourMs = 3_600_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test('an entry ends with its time, also one that was made when the clock stood at 0', async () => {
  vi.spyOn(performance, 'now').mockReturnValue(0);
  const cache = new MemoryResponseCache();
  await cache.set('key', 1, { ttlMs: 1000 });
  vi.spyOn(performance, 'now').mockReturnValue(1000);
  expect((await cache.get('key'))?.value).toBe(1);
  vi.spyOn(performance, 'now').mockReturnValue(1001);
  expect(await cache.get('key')).toBeNull();
  vi.restoreAllMocks();
});

test('the clock that is set to another time changes no life', async () => {
  const cache = new MemoryResponseCache();
  await cache.set('key', 1, { ttlMs: hourMs });
  vi.setSystemTime(Date.now() + 10 * hourMs);
  expect((await cache.get('key'))?.value).toBe(1);
  await vi.advanceTimersByTimeAsync(hourMs + 1);
  expect(await cache.get('key')).toBeNull();
});

test('the least recently used entry goes when there are more than 1,000, or than the host allows', async () => {
  for (const [maxEntries, cache] of [
    [1000, new MemoryResponseCache()],
    [3, new MemoryResponseCache({ maxEntries: 3 })],
  ] as const) {
    for (let index = 0; index < maxEntries; index += 1) await cache.set(`key:${index}`, index, { ttlMs: hourMs });
    await cache.get('key:0');
    await cache.set('one more', 1, { ttlMs: hourMs });
    expect((await cache.get('key:0'))?.value).toBe(0);
    expect(await cache.get('key:1')).toBeNull();
    expect((await cache.get('one more'))?.value).toBe(1);
  }
});

test('entries go when they are larger than the host allows; one that is larger alone is not kept, nor what it replaces', async () => {
  const cache = new MemoryResponseCache({ maxBytes: 1000 });
  const text = 'é'.repeat(200); // 400 bytes, and some for the key and the time
  for (const key of ['one', 'two', 'three']) await cache.set(key, text, { ttlMs: hourMs });
  expect(await cache.get('one')).toBeNull();
  expect((await cache.get('three'))?.value).toBe(text);
  await cache.set('three', text.repeat(3), { ttlMs: hourMs });
  expect(await cache.get('three')).toBeNull();
  expect((await cache.get('two'))?.value).toBe(text);
});

test.each([
  { maxEntries: 0 },
  { maxEntries: 1.5 },
  { maxEntries: Number.NaN },
  { maxBytes: -1 },
  { maxBytes: 2 ** 60 },
])('%j is refused', async (options) => {
  expect(() => new MemoryResponseCache(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS' }));
});
