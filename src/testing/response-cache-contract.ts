import assert from 'node:assert/strict';
import type { ResponseCache } from '../ports/response-cache.js';
import { hearsAnAbortedSignal, hearsAnAbortInFlight } from './contracts/support.js';
import type { TestFunction } from './test-function.js';
import { wait } from './wait.js';

const hourMs = 3_600_000;
const shortMs = 25;
/** How late a cache may drop what is too old. */
const patienceMs = 2000;

/**
 * What every ResponseCache promises. The suite closes the caches; it writes some 1,500 short entries, and waits on the
 * real clock until one of 25 ms is gone.
 * @param create - makes an empty one, or one whose keys no other test uses
 */
export function responseCacheContract(test: TestFunction, create: () => ResponseCache | Promise<ResponseCache>): void {
  const onFresh = (name: string, run: (cache: ResponseCache) => Promise<void>) => {
    test(name, async () => {
      const cache = await create();
      try {
        await run(cache);
      } finally {
        await cache.close?.();
      }
    });
  };

  onFresh('has nothing before something is set', async (cache) => {
    assert.equal(await cache.get('nothing'), null);
  });
  onFresh('gives back what was set, and when that was', async (cache) => {
    const value = { title: 'ఆర్ఆర్ఆర్ "RRR" 🎬', rating: 7.8, none: null, list: [1, [2], { three: false }], empty: {} };
    const beforeMs = Date.now();
    await cache.set('film', value, { ttlMs: hourMs });
    const afterMs = Date.now();
    const cached = await cache.get('film');
    assert.deepEqual(cached?.value, value);
    const { storedAtMs = 0 } = cached ?? {};
    assert.ok(storedAtMs >= beforeMs && storedAtMs <= afterMs, `${storedAtMs} is not in [${beforeMs}, ${afterMs}]`);
  });
  onFresh('tells a value that is empty from none', async (cache) => {
    for (const value of [null, false, 0, '', [], {}]) {
      await cache.set('empty', value, { ttlMs: hourMs });
      assert.deepEqual((await cache.get('empty'))?.value, value);
    }
  });
  onFresh('keeps a copy, whatever becomes of the value that was set or given', async (cache) => {
    const value = { names: ['one'] };
    await cache.set('copy', value, { ttlMs: hourMs });
    value.names.push('two');
    const given = (await cache.get('copy'))?.value;
    assert.deepEqual(given, { names: ['one'] });
    Reflect.set(Object(given), 'names', []);
    assert.deepEqual((await cache.get('copy'))?.value, { names: ['one'] });
  });
  onFresh('keeps what was set last', async (cache) => {
    await cache.set('key', 'earlier', { ttlMs: hourMs });
    await cache.set('key', 'later', { ttlMs: hourMs });
    assert.equal((await cache.get('key'))?.value, 'later');
  });
  onFresh('keeps keys apart', async (cache) => {
    const keys = ['a', 'A', 'a:b', 'a:', ':a', 'a*', 'a%20b', '{a}', 'constructor', '__proto__', 'k'.repeat(250)];
    for (const key of keys) await cache.set(key, { key }, { ttlMs: hourMs });
    for (const key of keys) assert.deepEqual((await cache.get(key))?.value, { key });
  });
  onFresh('drops a value when it is of no use any more, and not the others', async (cache) => {
    await cache.set('short', 1, { ttlMs: shortMs });
    await cache.set('renewed', 1, { ttlMs: shortMs });
    await cache.set('long', 1, { ttlMs: hourMs });
    await cache.set('renewed', 2, { ttlMs: hourMs });
    await isGone(cache, 'short');
    assert.equal((await cache.get('long'))?.value, 1);
    assert.equal((await cache.get('renewed'))?.value, 2);
  });
  onFresh('lets a value be followed by one of a shorter life', async (cache) => {
    await cache.set('key', 'long', { ttlMs: hourMs });
    await cache.set('key', 'short', { ttlMs: shortMs });
    await isGone(cache, 'key');
  });
  onFresh('deletes the keys that are named, and only those', async (cache) => {
    for (const key of ['one', 'two', 'three']) await cache.set(key, key, { ttlMs: hourMs });
    await cache.delete(['one', 'unknown', 'three']);
    await cache.delete([]);
    const left = await Promise.all(['one', 'two', 'three'].map((key) => cache.get(key)));
    assert.deepEqual(
      left.map((cached) => cached?.value ?? null),
      [null, 'two', null],
    );
  });
  onFresh('deletes any number of keys at once', async (cache) => {
    const keys = Array.from({ length: 700 }, (_, index) => `many:${index}`);
    await Promise.all(keys.map((key) => cache.set(key, key, { ttlMs: hourMs })));
    await cache.delete(keys);
    const left = await Promise.all(keys.map((key) => cache.get(key)));
    assert.ok(left.every((cached) => cached === null));
  });
  onFresh('answers calls that are made at the same time, each its own', async (cache) => {
    const keys = Array.from({ length: 100 }, (_, index) => `key:${index}`);
    await Promise.all(keys.map((key) => cache.set(key, { key }, { ttlMs: hourMs })));
    const found = await Promise.all(keys.map((key) => cache.get(key)));
    assert.deepEqual(
      found.map((cached) => cached?.value),
      keys.map((key) => ({ key })),
    );
  });
  onFresh('holds a large value', async (cache) => {
    const value = { text: 'é'.repeat(250_000) };
    await cache.set('large', value, { ttlMs: hourMs });
    assert.deepEqual((await cache.get('large'))?.value, value);
  });
  onFresh('hears a signal that has aborted', async (cache) => {
    await hearsAnAbortedSignal((signal) => cache.set('key', 1, { ttlMs: hourMs, signal }));
    await hearsAnAbortedSignal((signal) => cache.get('key', { signal }));
    await hearsAnAbortedSignal((signal) => cache.delete(['key'], { signal }));
    assert.equal(await cache.get('key'), null);
  });
  onFresh('hears a signal that aborts under way', async (cache) => {
    await hearsAnAbortInFlight((signal) => cache.set('key', 1, { ttlMs: hourMs, signal }));
    await hearsAnAbortInFlight((signal) => cache.get('key', { signal }));
    await hearsAnAbortInFlight((signal) => cache.delete(['key'], { signal }));
  });
  onFresh('can be closed twice', async (cache) => {
    await cache.set('key', 1, { ttlMs: hourMs });
    await cache.close?.();
  });
}

/** The time of a cache in another process cannot be moved by hand, so this asks again until the value is gone. */
async function isGone(cache: ResponseCache, key: string): Promise<void> {
  const untilMs = performance.now() + patienceMs;
  while ((await cache.get(key)) !== null) {
    assert.ok(performance.now() < untilMs, `${key} is still there after ${patienceMs} ms`);
    await wait(5, undefined);
  }
}
