import { describe, expect, test, vi } from 'vitest';
import { AutomatedCoordinator } from '../../src/coordinator/automated-coordinator.js';
import {
  answersAfter,
  coordinatorWith,
  failure,
  mostInWindow,
  noon,
  recorded,
  seeded,
  settled,
  withFakeTime,
} from './helpers.js';

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe('API coordination with retries and limits: the sliding window', () => {
  withFakeTime();

  test('15 calls start at once, the 16th waits by itself for the window of 60 s', async () => {
    const coordinator = new AutomatedCoordinator();
    const { fn, startsMs } = recorded(() => 'film');
    const results = await settled(Promise.all(times(16, () => coordinator.coordinateApiCall('twitter', fn))));
    expect(results.every(({ success }) => success)).toBe(true);
    expect(startsMs).toEqual([...times(15, () => 0), 60_001]);
  });

  test('a call that is left counts from when the provider has seen it, not from when it was left', async () => {
    const coordinator = coordinatorWith({ tmdb: { limits: [{ calls: 1, windowMs: 1000 }] } });
    const { fn, startsMs } = recorded(() => new Promise(() => undefined));
    const controller = new AbortController();
    const left = coordinator.coordinateApiCall('tmdb', fn, { signal: controller.signal });
    await vi.advanceTimersByTimeAsync(5);
    controller.abort();
    await left;
    void coordinator.coordinateApiCall('tmdb', fn);
    await vi.advanceTimersByTimeAsync(2000);
    expect(startsMs).toEqual([0, 250 + 1001]); // skewMs, and the window with its guard
    await coordinator.close();
  });

  test('each API without limits of its own has that window to itself', async () => {
    const coordinator = new AutomatedCoordinator();
    const { fn, startsMs } = recorded(() => 1);
    await settled(Promise.all(times(30, (index) => coordinator.coordinateApiCall(index % 2 ? 'a' : 'b', fn))));
    expect(startsMs).toEqual(times(30, () => 0));
  });

  test('several limits hold at once', async () => {
    const coordinator = coordinatorWith({
      tmdb: {
        limits: [
          { calls: 2, windowMs: 1000 },
          { calls: 5, windowMs: 10_000 },
        ],
      },
    });
    const { fn, startsMs } = recorded(() => 1);
    await settled(Promise.all(times(7, () => coordinator.coordinateApiCall('tmdb', fn))));
    expect(startsMs).toEqual([0, 0, 1001, 1001, 2002, 10_001, 10_001]);
  });

  test('every attempt takes a place, retries too', async () => {
    const coordinator = coordinatorWith(
      { tmdb: { limits: [{ calls: 2, windowMs: 60_000 }] } },
      { retryDelayMs: 1000, maxRetries: 2 },
    );
    const { fn, startsMs } = recorded(() => {
      throw failure('API_TIMEOUT');
    });
    await settled(coordinator.coordinateApiCall('tmdb', fn));
    expect(startsMs).toEqual([0, 1000, 60_001]);
  });

  test('no limit holds nobody', async () => {
    const coordinator = coordinatorWith({ tmdb: { limits: [] } });
    const { fn, startsMs } = recorded(() => 1);
    await Promise.all(times(500, () => coordinator.coordinateApiCall('tmdb', fn)));
    expect(startsMs).toEqual(times(500, () => 0));
    expect(coordinator.remainingQuota('tmdb')).toEqual({ remaining: Infinity, limit: Infinity, resetAtMs: noon });
  });

  test('the remaining quota is told before, during and after', async () => {
    const coordinator = new AutomatedCoordinator();
    expect(coordinator.remainingQuota('twitter')).toEqual({ remaining: 15, limit: 15, resetAtMs: noon });
    await coordinator.coordinateApiCall('twitter', () => 1);
    await vi.advanceTimersByTimeAsync(20_000);
    const during: number[] = [];
    await Promise.all(
      times(3, () =>
        coordinator.coordinateApiCall('twitter', () => during.push(coordinator.remainingQuota('twitter').remaining)),
      ),
    );
    expect(during).toEqual([13, 12, 11]);
    expect(coordinator.remainingQuota('twitter')).toEqual({ remaining: 11, limit: 15, resetAtMs: noon + 60_001 });
    await vi.advanceTimersByTimeAsync(40_001);
    expect(coordinator.remainingQuota('twitter')).toEqual({ remaining: 12, limit: 15, resetAtMs: noon + 80_001 });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(coordinator.remainingQuota('twitter')).toMatchObject({ remaining: 15 });
  });

  test('the remaining quota is that of the tightest limit', async () => {
    const coordinator = coordinatorWith({
      tmdb: {
        limits: [
          { calls: 10, windowMs: 1000 },
          { calls: 12, windowMs: 60_000 },
        ],
      },
    });
    await Promise.all(times(6, () => coordinator.coordinateApiCall('tmdb', () => 1)));
    expect(coordinator.remainingQuota('tmdb')).toEqual({ remaining: 4, limit: 10, resetAtMs: noon + 1001 });
    await vi.advanceTimersByTimeAsync(1001);
    expect(coordinator.remainingQuota('tmdb')).toEqual({ remaining: 6, limit: 12, resetAtMs: noon + 60_001 });
  });

  test('asking for the quota of an API makes nothing known of it', () => {
    const coordinator = new AutomatedCoordinator();
    coordinator.remainingQuota('tmdb');
    expect(coordinator.getStatistics().apiCalls.byApi).toEqual({});
  });
});

describe('a slow attempt holds its place', () => {
  withFakeTime();
  const oneASecond = { tmdb: { limits: [{ calls: 1, windowMs: 1000 }] } };

  test('until a window and the guard after it ended', async () => {
    const coordinator = coordinatorWith(oneASecond, { guardMs: 5 });
    const next = recorded(() => 1);
    const slow = coordinator.coordinateApiCall('tmdb', () => answersAfter(200, 'slow'));
    await settled(Promise.all([slow, coordinator.coordinateApiCall('tmdb', next.fn)]));
    expect(next.startsMs).toEqual([1205]);
  });

  test('but at most as if it had ended skewMs after its start', async () => {
    const coordinator = coordinatorWith(oneASecond, { guardMs: 5, skewMs: 100 });
    const next = recorded(() => 1);
    const slow = coordinator.coordinateApiCall('tmdb', () => answersAfter(3000, 'slow'));
    await settled(Promise.all([slow, coordinator.coordinateApiCall('tmdb', next.fn)]));
    expect(next.startsMs).toEqual([1105]);
  });

  test('so that the windows of a provider hold that sees an attempt anywhere between start and end', async () => {
    const coordinator = coordinatorWith({ tmdb: { limits: [{ calls: 5, windowMs: 1000 }] } });
    const random = seeded(11);
    const seenMs: number[] = [];
    const call = () =>
      coordinator.coordinateApiCall('tmdb', async () => {
        const takesMs = random() * 240;
        const untilSeenMs = random() * takesMs;
        await answersAfter(untilSeenMs, null);
        seenMs.push(performance.now());
        await answersAfter(takesMs - untilSeenMs, null);
      });
    await settled(Promise.all(times(200, call)));
    expect(seenMs).toHaveLength(200);
    expect(mostInWindow(seenMs, 1000)).toBeLessThanOrEqual(5);
  });
});

describe('limits changed at run time', () => {
  withFakeTime();

  test('raised by accessor: waiters start at once, counted with those before', async () => {
    const coordinator = new AutomatedCoordinator();
    const { fn, startsMs } = recorded(() => 1);
    const calls = Promise.all(times(60, () => coordinator.coordinateApiCall('twitter', fn)));
    await vi.advanceTimersByTimeAsync(1000);
    coordinator.maxCallsPerWindow = 50;
    await settled(calls);
    expect(startsMs).toEqual([...times(15, () => 0), ...times(35, () => 1000), ...times(10, () => 60_001)]);
    expect(coordinator.remainingQuota('twitter').limit).toBe(50);
  });

  test('raised by configureApi: the same', async () => {
    const coordinator = new AutomatedCoordinator();
    const { fn, startsMs } = recorded(() => 1);
    const calls = Promise.all(times(20, () => coordinator.coordinateApiCall('twitter', fn)));
    await vi.advanceTimersByTimeAsync(500);
    coordinator.configureApi('twitter', { limits: [{ calls: 20, windowMs: 60_000 }] });
    await settled(calls);
    expect(startsMs).toEqual([...times(15, () => 0), ...times(5, () => 500)]);
  });

  test('taken away: all waiters start', async () => {
    const coordinator = new AutomatedCoordinator();
    const { fn, startsMs } = recorded(() => 1);
    const calls = Promise.all(times(40, () => coordinator.coordinateApiCall('twitter', fn)));
    coordinator.configureApi('twitter', { limits: [] });
    await calls;
    expect(startsMs).toEqual(times(40, () => 0));
  });

  test('lowered: the next start makes no more than the new number in the window that ends there', async () => {
    const coordinator = new AutomatedCoordinator();
    const { fn, startsMs } = recorded(() => 1);
    const call = () => coordinator.coordinateApiCall('twitter', fn);
    for (let second = 0; second < 10; second += 1) {
      await call();
      await vi.advanceTimersByTimeAsync(1000);
    }
    coordinator.maxCallsPerWindow = 3;
    await settled(Promise.all([call(), call()]));
    // 7, 8 and 9 s are the newest three: the first of them has left the window at 67.001 s
    expect(startsMs.slice(10)).toEqual([67_001, 68_001]);
  });

  test('window grown: starts made under the short one count', async () => {
    const coordinator = new AutomatedCoordinator({ maxCallsPerWindow: 2, rateLimitWindowMs: 1000 });
    const { fn, startsMs } = recorded(() => 1);
    const call = () => coordinator.coordinateApiCall('twitter', fn);
    await settled(Promise.all([call(), call()]));
    await vi.advanceTimersByTimeAsync(5000);
    coordinator.rateLimitWindowMs = 60_000;
    await settled(call());
    expect(startsMs).toEqual([0, 0, 60_001]);
  });

  test('window shrunk: waiters start as soon as the short one allows', async () => {
    const coordinator = new AutomatedCoordinator({ maxCallsPerWindow: 1 });
    const { fn, startsMs } = recorded(() => 1);
    const calls = Promise.all([1, 2].map(() => coordinator.coordinateApiCall('twitter', fn)));
    await vi.advanceTimersByTimeAsync(300);
    coordinator.rateLimitWindowMs = 1000;
    await settled(calls);
    expect(startsMs).toEqual([0, 1001]);
  });
});
