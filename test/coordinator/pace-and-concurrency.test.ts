import { describe, expect, test, vi } from 'vitest';
import {
  answersAfter,
  bare,
  coordinatorWith,
  mostInWindow,
  never,
  recorded,
  settled,
  stateOf,
  withFakeTime,
} from './helpers.js';

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

describe('a concurrency cap', () => {
  withFakeTime();

  test('holds the rest back until one ends', async () => {
    const coordinator = coordinatorWith({ api: bare({ concurrency: 2 }) });
    const { fn, startsMs } = recorded(() => answersAfter(100, 1));
    await settled(Promise.all(times(5, () => coordinator.coordinateApiCall('api', fn))));
    expect(startsMs).toEqual([0, 0, 100, 100, 200]);
  });

  test('is freed by a timeout', async () => {
    const coordinator = coordinatorWith({ api: bare({ concurrency: 1, timeoutMs: 300 }) });
    const hanging = coordinator.coordinateApiCall('api', () => never());
    const { fn, startsMs } = recorded(() => 1);
    await settled(Promise.all([hanging, coordinator.coordinateApiCall('api', fn)]));
    expect(startsMs).toEqual([300]);
  });

  test('is freed by a function that throws before it returns a promise', async () => {
    const coordinator = coordinatorWith({ api: bare({ concurrency: 1 }) });
    await coordinator.coordinateApiCall('api', () => {
      throw new Error('at once');
    });
    expect(await stateOf(coordinator.coordinateApiCall('api', () => 1))).toMatchObject({ success: true });
  });

  test('raised at run time lets waiters start at once; lowered, it waits for those under way', async () => {
    const coordinator = coordinatorWith({ api: bare({ concurrency: 1 }) });
    const { fn, startsMs } = recorded(() => answersAfter(100, 1));
    const calls = Promise.all(times(4, () => coordinator.coordinateApiCall('api', fn)));
    await vi.advanceTimersByTimeAsync(10);
    coordinator.configureApi('api', bare({ concurrency: 3 }));
    await vi.advanceTimersByTimeAsync(10);
    coordinator.configureApi('api', bare({ concurrency: 1 }));
    await settled(calls);
    expect(startsMs).toEqual([0, 10, 10, 110]);
  });

  test('together with a limit never puts more starts into a window than the limit allows', async () => {
    const coordinator = coordinatorWith({ api: bare({ concurrency: 10, limits: [{ calls: 15, windowMs: 1000 }] }) });
    const { fn, startsMs } = recorded(() => answersAfter(150, 1));
    await settled(Promise.all(times(80, () => coordinator.coordinateApiCall('api', fn))));
    expect(startsMs).toHaveLength(80);
    expect(mostInWindow(startsMs, 1000)).toBe(15);
  });

  test('is told in the statistics: what runs and what waits', async () => {
    const coordinator = coordinatorWith({ api: bare({ concurrency: 2 }) });
    const calls = Promise.all(times(5, () => coordinator.coordinateApiCall('api', () => answersAfter(100, 1))));
    await vi.advanceTimersByTimeAsync(0);
    expect(coordinator.getStatistics().apiCalls.byApi.api).toMatchObject({ active: 2, waiting: 3 });
    await settled(calls);
    expect(coordinator.getStatistics().apiCalls.byApi.api).toMatchObject({ active: 0, waiting: 0 });
  });
});

describe('a pace', () => {
  withFakeTime();

  test('spreads a burst', async () => {
    const coordinator = coordinatorWith({ api: bare({ pace: { calls: 5, perMs: 1000 } }) });
    const { fn, startsMs } = recorded(() => 1);
    await settled(Promise.all(times(50, () => coordinator.coordinateApiCall('api', fn))));
    expect(startsMs).toHaveLength(50);
    expect(mostInWindow(startsMs, 1000)).toBeLessThanOrEqual(10); // p-throttle lets twice as many through at an edge
    expect(startsMs.at(-1)).toBeGreaterThanOrEqual(9000);
    expect(startsMs.at(-1)).toBeLessThanOrEqual(11_000);
  });

  test('together with a limit and a cap: none of the three is broken', async () => {
    const coordinator = coordinatorWith({
      api: bare({ pace: { calls: 10, perMs: 100 }, concurrency: 10, limits: [{ calls: 15, windowMs: 1000 }] }),
    });
    let active = 0;
    let mostActive = 0;
    const { fn, startsMs } = recorded(async () => {
      active += 1;
      mostActive = Math.max(mostActive, active);
      await answersAfter(120, null);
      active -= 1;
    });
    await settled(Promise.all(times(60, () => coordinator.coordinateApiCall('api', fn))));
    expect(startsMs).toHaveLength(60);
    expect(mostInWindow(startsMs, 1000)).toBeLessThanOrEqual(15);
    expect(mostInWindow(startsMs, 100)).toBeLessThanOrEqual(20);
    expect(mostActive).toBe(10);
  });

  test('keeps the order', async () => {
    const coordinator = coordinatorWith({ api: bare({ pace: { calls: 2, perMs: 100 } }) });
    const order: number[] = [];
    const call = (index: number) => coordinator.coordinateApiCall('api', () => order.push(index));
    await settled(Promise.all(Array.from({ length: 20 }, (_, index) => call(index))));
    expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  test('ends a wait at once on an abort', async () => {
    const coordinator = coordinatorWith({ api: bare({ pace: { calls: 1, perMs: 1000 } }) });
    const controller = new AbortController();
    const call = () => coordinator.coordinateApiCall('api', () => 1, { signal: controller.signal });
    const [, second] = [call(), call()];
    await vi.advanceTimersByTimeAsync(100);
    controller.abort();
    expect(await stateOf(second)).toMatchObject({ success: false, durationMs: 100, error: { code: 'CANCELLED' } });
  });

  test('does not save up a tick that came when nobody waited any more', async () => {
    const coordinator = coordinatorWith({ api: bare({ pace: { calls: 1, perMs: 1000 } }) });
    const { fn, startsMs } = recorded(() => 1);
    const controller = new AbortController();
    const call = (signal?: AbortSignal) =>
      coordinator.coordinateApiCall('api', fn, signal === undefined ? {} : { signal });
    const first = [call(), call(controller.signal)];
    await vi.advanceTimersByTimeAsync(100);
    controller.abort();
    await vi.advanceTimersByTimeAsync(4900);
    await settled(Promise.all([...first, call(), call()]));
    expect(startsMs).toEqual([0, 5000, 6000]);
  });

  test('goes on although the wall clock was set back', async () => {
    const coordinator = coordinatorWith({ api: bare({ pace: { calls: 1, perMs: 1000 } }) });
    const { fn, startsMs } = recorded(() => 1);
    await coordinator.coordinateApiCall('api', fn);
    vi.setSystemTime(Date.now() - 3_600_000);
    const second = coordinator.coordinateApiCall('api', fn);
    await vi.advanceTimersByTimeAsync(4000);
    expect(await stateOf(second)).toMatchObject({ success: true });
    expect(startsMs).toHaveLength(2);
    expect(vi.getTimerCount()).toBe(0); // not the one of an hour, whose tick would come as one too many
  });

  test('taken away at run time lets waiters start at once, and leaves no timer', async () => {
    const coordinator = coordinatorWith({ api: bare({ pace: { calls: 1, perMs: 60_000 } }) });
    const { fn, startsMs } = recorded(() => 1);
    const calls = Promise.all(times(3, () => coordinator.coordinateApiCall('api', fn)));
    await vi.advanceTimersByTimeAsync(10);
    coordinator.configureApi('api', bare());
    await calls;
    expect(startsMs).toEqual([0, 10, 10]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
