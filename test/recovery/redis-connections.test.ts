import { randomUUID } from 'node:crypto';
import { afterAll, expect, onTestFinished, test, vi } from 'vitest';
import { RedisResponseCache } from '../../src/adapters/redis/index.js';
import { ReelflowError } from '../../src/index.js';
import { failure } from '../adapters/typeorm/helpers.js';
import { describeOnRedis, redisUrl, removeKeys } from '../support/redis.js';
import { startTcpProxy } from '../support/tcp-proxy.js';

const ttlMs = 3_600_000;
const patience = { timeout: 15_000, interval: 20 };
const value = { films: Array.from({ length: 500 }, (_, index) => `Film ${index} with a long title of its own`) };

describeOnRedis('error handling: connections to Redis', () => {
  const prefix = `reelflow-recovery:${randomUUID()}:`;
  afterAll(() => removeKeys(prefix));

  async function proxied() {
    const { hostname, port } = new URL(redisUrl);
    const proxy = await startTcpProxy({ host: hostname, port: Number(port || 6379) });
    const cache = new RedisResponseCache({ url: `redis://127.0.0.1:${proxy.port}` }, { prefix });
    const direct = new RedisResponseCache({ url: redisUrl }, { prefix });
    onTestFinished(async () => {
      await cache.close();
      await direct.close();
      await proxy.close();
    });
    return { proxy, cache, direct };
  }

  test('wherever it is cut, a value is there whole or not at all, and the way is found again', async () => {
    const { proxy, cache, direct } = await proxied();
    await cache.set('warm', value, { ttlMs });
    const before = { ...proxy.passed };
    await cache.set('measured', value, { ttlMs });
    await cache.get('measured');
    const exchanged = { up: proxy.passed.up - before.up, down: proxy.passed.down - before.down };
    let failed = 0;
    for (const direction of ['up', 'down'] as const) {
      for (let part = 0; part < 10; part += 1) {
        const key = `${direction}-${part}`;
        void proxy.cutAfterBytes(Math.floor((exchanged[direction] * part) / 10), direction);
        const work = cache.set(key, value, { ttlMs }).then(() => cache.get(key));
        const outcome: unknown = await work.catch((error: unknown) => error);
        proxy.resume(); // no cut is to come any more
        if (outcome instanceof ReelflowError) {
          failed += 1;
          expect(outcome.code).toBe('DB_CONNECTION');
        } else expect(outcome).toMatchObject({ value });
        expect([undefined, value]).toContainEqual((await direct.get(key))?.value);
        await vi.waitFor(() => cache.set(key, value, { ttlMs }), patience);
        expect((await cache.get(key))?.value).toEqual(value);
      }
    }
    expect(failed).toBeGreaterThan(15);
  });

  test('one that falls silent ends by a timeout, hears an abort, and is made anew', async () => {
    const { proxy, cache } = await proxied();
    await cache.set('key', value, { ttlMs });
    proxy.blackhole();
    expect((await failure(cache.get('key'))).code).toBe('DB_TIMEOUT');
    const controller = new AbortController();
    const aborted = failure(cache.get('key', { signal: controller.signal }));
    controller.abort(new ReelflowError('CANCELLED', 'enough'));
    expect(await aborted).toMatchObject({ code: 'CANCELLED', message: 'enough' });
    proxy.resume();
    await vi.waitFor(async () => expect((await cache.get('key'))?.value).toEqual(value), patience);
  });

  test('a Redis that refuses and one that is slow', async () => {
    const { proxy, cache } = await proxied();
    proxy.delay(20);
    await cache.set('key', value, { ttlMs });
    expect((await cache.get('key'))?.value).toEqual(value);
    await proxy.refuse();
    proxy.cut();
    expect((await failure(cache.get('key'))).code).toBe('DB_CONNECTION');
    await proxy.accept();
    await vi.waitFor(async () => expect((await cache.get('key'))?.value).toEqual(value), patience);
  });
});
