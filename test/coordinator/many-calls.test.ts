import { describe, expect, test, vi } from 'vitest';
import { AutomatedCoordinator } from '../../src/coordinator/automated-coordinator.js';
import {
  answersAfter,
  bare,
  coordinatorWith,
  failsThenAnswers,
  failure,
  mostInWindow,
  recorded,
  settled,
  withFakeTime,
} from './helpers.js';

describe('calls that make calls', () => {
  withFakeTime();

  test('a function may call the same API while places are free', async () => {
    const coordinator = new AutomatedCoordinator();
    const nested = (depth: number): Promise<number> =>
      coordinator
        .coordinateApiCall('tmdb', () => (depth === 0 ? 0 : nested(depth - 1)))
        .then((result) => (result.success ? result.result + 1 : Number.NaN));
    expect(await nested(9)).toBe(10);
    expect(coordinator.getStatistics().apiCalls.byApi.tmdb).toMatchObject({ total: 10, active: 0, waiting: 0 });
  });

  test('a function may change the policy of its own API', async () => {
    const coordinator = coordinatorWith({ tmdb: bare({ concurrency: 1 }) });
    const { fn, startsMs } = recorded(() => {
      coordinator.configureApi('tmdb', bare({ concurrency: 3 }));
      return answersAfter(100, 1);
    });
    await settled(Promise.all([1, 2, 3].map(() => coordinator.coordinateApiCall('tmdb', fn))));
    expect(startsMs).toEqual([0, 0, 0]);
  });

  test('a function that calls an API which is full waits for it like any other, and a deadline ends the knot', async () => {
    const coordinator = coordinatorWith({ tmdb: bare({ concurrency: 1 }) });
    const result = await settled(
      coordinator.coordinateApiCall('tmdb', () =>
        coordinator.coordinateApiCall('tmdb', () => 'never', { deadlineMs: 500 }),
      ),
    );
    expect(result).toMatchObject({
      success: true,
      durationMs: 500,
      result: { success: false, error: { code: 'API_RATE_LIMITED' } },
    });
  });
});

describe('many calls at once', () => {
  withFakeTime();

  test('10,000 complete, in order, within the limit, with one alarm for all who wait', async () => {
    const coordinator = coordinatorWith({ tmdb: bare({ limits: [{ calls: 500, windowMs: 1000 }] }) });
    const order: number[] = [];
    const { fn, startsMs } = recorded(() => 1);
    const calls = Array.from({ length: 10_000 }, (_, index) =>
      coordinator.coordinateApiCall('tmdb', (context) => {
        order.push(index);
        return fn(context);
      }),
    );
    await vi.advanceTimersByTimeAsync(0); // the first 500 end, and with them the timers of their timeouts
    expect(vi.getTimerCount()).toBe(1);
    const results = await settled(Promise.all(calls));
    expect(results.every(({ success }) => success)).toBe(true);
    expect(order).toEqual(Array.from({ length: 10_000 }, (_, index) => index));
    expect(startsMs.at(-1)).toBe(19 * 1001);
    expect(mostInWindow(startsMs.slice(0, 2000), 1000)).toBe(500);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('10,000 that fail once complete with their retries', async () => {
    const coordinator = coordinatorWith({ tmdb: { limits: [], breaker: false } });
    const calls = Array.from({ length: 10_000 }, (_, index) =>
      coordinator.coordinateApiCall('tmdb', failsThenAnswers([failure('API_NETWORK')], index)),
    );
    await vi.advanceTimersByTimeAsync(2000);
    const results = await Promise.all(calls);
    expect(results.every(({ success, attempts, durationMs }) => success && attempts === 2 && durationMs === 2000)).toBe(
      true,
    );
    expect(coordinator.getStatistics().apiCalls.byApi.tmdb).toMatchObject({ total: 10_000, retries: 10_000 });
  });

  test('20,000 that fail in the turn in which they start do not pile up on the stack', async () => {
    const coordinator = coordinatorWith({ tmdb: bare({ concurrency: 1 }) });
    const hold = coordinator.coordinateApiCall('tmdb', () => answersAfter(10, 1));
    const calls = Array.from({ length: 20_000 }, () =>
      coordinator.coordinateApiCall('tmdb', () => {
        throw failure('API_NOT_FOUND');
      }),
    );
    await settled(hold);
    const results = await Promise.all(calls);
    expect(results.filter((result) => !result.success && result.error.code === 'API_NOT_FOUND')).toHaveLength(20_000);
  });

  test('a cap of one serves 5,000 in order', async () => {
    const coordinator = coordinatorWith({ tmdb: bare({ concurrency: 1 }) });
    let active = 0;
    let mostActive = 0;
    const calls = Array.from({ length: 5000 }, (_, index) =>
      coordinator.coordinateApiCall('tmdb', async () => {
        active += 1;
        mostActive = Math.max(mostActive, active);
        await null;
        active -= 1;
        return index;
      }),
    );
    const results = await settled(Promise.all(calls));
    expect(results.every((result, index) => result.success && result.result === index)).toBe(true);
    expect(mostActive).toBe(1);
  });
});
