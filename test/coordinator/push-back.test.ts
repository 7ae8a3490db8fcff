import { describe, expect, test, vi } from 'vitest';
import { bare, coordinatorWith, failure, noon, recorded, settled, withFakeTime } from './helpers.js';

const tellOnce = (retryAfterMs: number) => {
  let told = false;
  return () => {
    if (told) return 'film';
    told = true;
    throw failure('API_RATE_LIMITED', { retryAfterMs });
  };
};

describe("the provider's word", () => {
  withFakeTime();

  test('pauses every caller of that API, and nobody else', async () => {
    const coordinator = coordinatorWith({ tmdb: bare(), twitter: bare() });
    await coordinator.coordinateApiCall('tmdb', tellOnce(30_000));
    const paused = [recorded(() => 1), recorded(() => 2)];
    const free = recorded(() => 3);
    const calls = [
      ...paused.map(({ fn }) => coordinator.coordinateApiCall('tmdb', fn)),
      coordinator.coordinateApiCall('twitter', free.fn),
    ];
    await settled(Promise.all(calls));
    expect(paused.map(({ startsMs }) => startsMs)).toEqual([[30_000], [30_000]]);
    expect(free.startsMs).toEqual([0]);
  });

  test('is followed when it is later than the backoff: the later of the two, never their sum', async () => {
    const { fn, startsMs } = recorded(tellOnce(5000));
    await settled(coordinatorWith().coordinateApiCall('tmdb', fn));
    expect(startsMs).toEqual([0, 5000]);
  });

  test('does not shorten the backoff', async () => {
    const { fn, startsMs } = recorded(tellOnce(500));
    await settled(coordinatorWith().coordinateApiCall('tmdb', fn));
    expect(startsMs).toEqual([0, 2000]);
  });

  test('is never taken back by an earlier one', async () => {
    const coordinator = coordinatorWith({ tmdb: bare() });
    await coordinator.coordinateApiCall('tmdb', tellOnce(9000));
    const both = coordinator.coordinateApiCall('other', () => 1);
    await both;
    const { fn, startsMs } = recorded(() => 1);
    await settled(coordinator.coordinateApiCall('tmdb', fn));
    expect(startsMs).toEqual([9000]);
  });

  test('counts also when its error is not retried', async () => {
    const coordinator = coordinatorWith({ tmdb: bare() });
    await coordinator.coordinateApiCall('tmdb', () => {
      throw failure('API_UNAVAILABLE', { retryable: false, retryAfterMs: 4000 });
    });
    const { fn, startsMs } = recorded(() => 1);
    await settled(coordinator.coordinateApiCall('tmdb', fn));
    expect(startsMs).toEqual([4000]);
  });

  test('holds for a day at most: what asks for longer is no pause', async () => {
    const coordinator = coordinatorWith({ tmdb: bare() });
    await coordinator.coordinateApiCall('tmdb', tellOnce(400 * 86_400_000));
    const { fn, startsMs } = recorded(() => 1);
    await settled(coordinator.coordinateApiCall('tmdb', fn));
    expect(startsMs).toEqual([86_400_000]);
  });

  test('is seen in the remaining quota', async () => {
    const coordinator = coordinatorWith({ tmdb: bare({ limits: [{ calls: 10, windowMs: 1000 }] }) });
    await coordinator.coordinateApiCall('tmdb', tellOnce(7000));
    expect(coordinator.remainingQuota('tmdb')).toEqual({ remaining: 0, limit: 10, resetAtMs: noon + 7000 });
    await vi.advanceTimersByTimeAsync(7000);
    expect(coordinator.remainingQuota('tmdb')).toMatchObject({ remaining: 10 });
  });

  test.each([
    ['not a number', Number.NaN],
    ['infinite', Number.POSITIVE_INFINITY],
    ['negative', -1000],
    ['zero', 0],
  ])('is ignored when it is %s', async (_, retryAfterMs) => {
    const { fn, startsMs } = recorded(tellOnce(retryAfterMs));
    const result = await settled(coordinatorWith().coordinateApiCall('tmdb', fn, { deadlineMs: 60_000 }));
    expect(result).toMatchObject({ success: true });
    expect(startsMs).toEqual([0, 2000]);
  });

  test('about a used-up quota pauses every caller until its window ends', async () => {
    const coordinator = coordinatorWith({ twitter: bare() });
    await coordinator.coordinateApiCall('twitter', ({ reportQuota }) =>
      reportQuota?.({ limit: 300, remaining: 0, resetAtMs: noon + 90_000 }),
    );
    expect(coordinator.remainingQuota('twitter')).toEqual({ remaining: 0, limit: 300, resetAtMs: noon + 90_000 });
    const { fn, startsMs } = recorded(() => 1);
    await settled(coordinator.coordinateApiCall('twitter', fn));
    expect(startsMs).toEqual([90_000]);
  });

  test('about what is left is counted down: one more than that waits', async () => {
    const coordinator = coordinatorWith({ twitter: bare() });
    await coordinator.coordinateApiCall('twitter', ({ reportQuota }) =>
      reportQuota?.({ limit: 300, remaining: 2, resetAtMs: noon + 10_000 }),
    );
    const { fn, startsMs } = recorded(() => 1);
    await settled(Promise.all([1, 2, 3].map(() => coordinator.coordinateApiCall('twitter', fn))));
    expect(startsMs).toEqual([0, 0, 10_000]);
  });

  test('is believed in its lower figure when answers of one window come out of order', async () => {
    const coordinator = coordinatorWith({ twitter: bare() });
    const report = (remaining: number) =>
      coordinator.coordinateApiCall('twitter', ({ reportQuota }) =>
        reportQuota?.({ limit: 300, remaining, resetAtMs: noon + 10_000 }),
      );
    await report(1);
    await report(2); // of an earlier request
    expect(coordinator.remainingQuota('twitter')).toMatchObject({ remaining: 0, limit: 300 });
  });

  test('is believed in its later end when two answers of one window differ by a second', async () => {
    const coordinator = coordinatorWith({ twitter: bare() });
    for (const resetAtMs of [noon + 10_000, noon + 9000]) {
      await coordinator.coordinateApiCall('twitter', ({ reportQuota }) => reportQuota?.({ remaining: 1, resetAtMs }));
    }
    const { fn, startsMs } = recorded(() => 1);
    await settled(coordinator.coordinateApiCall('twitter', fn));
    expect(startsMs).toEqual([10_000]);
  });

  test.each([
    ['without an end of the window', { remaining: 0 }],
    ['with an end that has passed', { remaining: 0, resetAtMs: noon - 1000 }],
    ['with an end that is no number', { remaining: 0, resetAtMs: Number.NaN }],
    ['with an end that never comes', { remaining: 0, resetAtMs: Number.POSITIVE_INFINITY }],
    ['with an end in microseconds', { remaining: 0, resetAtMs: (noon + 60_000) * 1000 }],
    ['without what is left', { limit: 300, resetAtMs: noon + 60_000 }],
    ['with less than nothing left', { remaining: -1, resetAtMs: noon + 60_000 }],
    ['with something that is no count left', { remaining: Number.NaN, resetAtMs: noon + 60_000 }],
  ])('about a quota is ignored %s', async (_, seen) => {
    const coordinator = coordinatorWith({ twitter: bare() });
    await coordinator.coordinateApiCall('twitter', ({ reportQuota }) => reportQuota?.(seen));
    const { fn, startsMs } = recorded(() => 1);
    await settled(coordinator.coordinateApiCall('twitter', fn));
    expect(startsMs).toEqual([0]);
    expect(coordinator.remainingQuota('twitter').remaining).toBe(Number.POSITIVE_INFINITY);
  });

  test('holds although the wall clock is set while it is waited for', async () => {
    const coordinator = coordinatorWith({ tmdb: bare() });
    await coordinator.coordinateApiCall('tmdb', ({ reportQuota }) =>
      reportQuota?.({ remaining: 0, resetAtMs: noon + 10_000 }),
    );
    const { fn, startsMs } = recorded(() => 1);
    const waiting = coordinator.coordinateApiCall('tmdb', fn);
    await vi.advanceTimersByTimeAsync(1000);
    vi.setSystemTime(noon + 86_400_000);
    await settled(waiting);
    expect(startsMs).toEqual([10_000]);
  });
});
