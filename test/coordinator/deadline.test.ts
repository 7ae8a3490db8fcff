import { describe, expect, test, vi } from 'vitest';
import {
  answersAfter,
  bare,
  coordinatorWith,
  failure,
  never,
  noon,
  recorded,
  settled,
  stateOf,
  withFakeTime,
} from './helpers.js';

const timeout = () => {
  throw failure('API_UNAVAILABLE');
};

describe('a deadline', () => {
  withFakeTime();

  test('that ends before a place is free fails the call at once, and says when one will be', async () => {
    const coordinator = coordinatorWith({ tmdb: { limits: [{ calls: 1, windowMs: 60_000 }] } });
    await coordinator.coordinateApiCall('tmdb', () => 1);
    const { fn, startsMs } = recorded(() => 2);
    const call = coordinator.coordinateApiCall('tmdb', fn, { deadlineMs: 60_000 });
    expect(await stateOf(call)).toMatchObject({
      success: false,
      attempts: 0,
      durationMs: 0,
      error: { code: 'API_RATE_LIMITED', retryable: false, details: { retryAtMs: noon + 60_001 } },
    });
    expect(startsMs).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('that has passed while the event loop was held up lets nothing be bought', async () => {
    const coordinator = coordinatorWith({ tmdb: bare({ limits: [{ calls: 1, windowMs: 500 }] }) });
    await coordinator.coordinateApiCall('tmdb', () => 1);
    const { fn, startsMs } = recorded(() => 2);
    const call = coordinator.coordinateApiCall('tmdb', fn, { deadlineMs: 520 });
    await vi.advanceTimersByTimeAsync(400);
    const late = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 200);
    expect(await settled(call)).toMatchObject({ success: false, error: { code: 'API_RATE_LIMITED' } });
    late.mockRestore();
    expect(startsMs).toEqual([]);
  });

  test('that leaves time for the wait does not hurry it', async () => {
    const coordinator = coordinatorWith({ tmdb: { limits: [{ calls: 1, windowMs: 1000 }] } });
    await coordinator.coordinateApiCall('tmdb', () => 1);
    const result = await settled(coordinator.coordinateApiCall('tmdb', () => 2, { deadlineMs: 1500 }));
    expect(result).toMatchObject({ success: true, durationMs: 1001 });
  });

  test('counts those who wait before it: the one whose turn comes too late fails at once', async () => {
    const coordinator = coordinatorWith({ tmdb: { limits: [{ calls: 1, windowMs: 1000 }] } });
    await coordinator.coordinateApiCall('tmdb', () => 1);
    const call = () => coordinator.coordinateApiCall('tmdb', () => 1, { deadlineMs: 2500 });
    const [inTime, alsoInTime, tooLate] = [call(), call(), call()];
    expect(await stateOf(tooLate)).toMatchObject({
      success: false,
      error: { code: 'API_RATE_LIMITED', details: { retryAtMs: noon + 3003 } },
    });
    expect(await settled(Promise.all([inTime, alsoInTime]))).toMatchObject([{ success: true }, { success: true }]);
  });

  test('that ends in a backoff gives the last error at once', async () => {
    const call = coordinatorWith().coordinateApiCall('tmdb', timeout, { deadlineMs: 5000 });
    await vi.advanceTimersByTimeAsync(2000); // the next attempt would be at 6000
    expect(await stateOf(call)).toMatchObject({
      success: false,
      attempts: 2,
      durationMs: 2000,
      error: { code: 'API_UNAVAILABLE' },
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("that ends in the provider's pause, though not in the backoff, fails at once with API_RATE_LIMITED", async () => {
    const call = coordinatorWith().coordinateApiCall(
      'tmdb',
      () => {
        throw failure('API_UNAVAILABLE', { retryAfterMs: 30_000 });
      },
      { deadlineMs: 10_000 },
    );
    expect(await stateOf(call)).toMatchObject({
      success: false,
      attempts: 1,
      durationMs: 0,
      error: { code: 'API_RATE_LIMITED', details: { retryAtMs: noon + 30_000 } },
    });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('that ends in flight gives API_TIMEOUT, is heard by the function, and is not retried', async () => {
    const heard: unknown[] = [];
    const { fn, startsMs } = recorded(({ signal }) => {
      signal.addEventListener('abort', () => heard.push(signal.reason));
      return never();
    });
    const call = coordinatorWith().coordinateApiCall('tmdb', fn, { deadlineMs: 700 });
    expect(await settled(call)).toMatchObject({
      success: false,
      attempts: 1,
      durationMs: 700,
      error: { code: 'API_TIMEOUT' },
    });
    expect(heard).toMatchObject([{ code: 'API_TIMEOUT' }]);
    expect(startsMs).toEqual([0]);
  });

  test('shortens the time of a later attempt', async () => {
    const call = coordinatorWith().coordinateApiCall(
      'tmdb',
      ({ attempt }) => {
        if (attempt === 1) throw failure('API_NETWORK');
        return never();
      },
      { deadlineMs: 3000 },
    );
    expect(await settled(call)).toMatchObject({ attempts: 2, durationMs: 3000, error: { code: 'API_TIMEOUT' } });
  });

  test('holds behind a concurrency cap', async () => {
    const coordinator = coordinatorWith({ tmdb: bare({ concurrency: 1 }) });
    const slow = coordinator.coordinateApiCall('tmdb', () => answersAfter(5000, 'slow'));
    const { fn, startsMs } = recorded(() => 'never');
    const waiting = coordinator.coordinateApiCall('tmdb', fn, { deadlineMs: 1000 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(await stateOf(waiting)).toMatchObject({
      success: false,
      attempts: 0,
      durationMs: 1000,
      error: { code: 'API_RATE_LIMITED' },
    });
    expect(await settled(slow)).toMatchObject({ success: true });
    expect(startsMs).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('that a pause makes impossible fails those who wait already', async () => {
    const coordinator = coordinatorWith({ tmdb: bare({ concurrency: 1 }) });
    const told = coordinator.coordinateApiCall('tmdb', async () => {
      await answersAfter(100, null);
      throw failure('API_RATE_LIMITED', { retryAfterMs: 30_000 });
    });
    const waiting = coordinator.coordinateApiCall('tmdb', () => 1, { deadlineMs: 5000 });
    await vi.advanceTimersByTimeAsync(100);
    expect(await stateOf(waiting)).toMatchObject({
      success: false,
      durationMs: 100,
      error: { code: 'API_RATE_LIMITED', details: { retryAtMs: noon + 30_100 } },
    });
    await settled(told);
  });

  test('that a lower limit makes impossible fails those who wait already', async () => {
    const coordinator = coordinatorWith({ tmdb: { limits: [{ calls: 1, windowMs: 1000 }] } });
    await coordinator.coordinateApiCall('tmdb', () => 1);
    const waiting = coordinator.coordinateApiCall('tmdb', () => 1, { deadlineMs: 5000 });
    coordinator.configureApi('tmdb', { limits: [{ calls: 1, windowMs: 60_000 }] });
    expect(await stateOf(waiting)).toMatchObject({ success: false, error: { code: 'API_RATE_LIMITED' } });
  });

  test('is kept by no timer once the call has ended', async () => {
    await coordinatorWith().coordinateApiCall('tmdb', () => 1, { deadlineMs: 60_000 });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('bounds a database operation too', async () => {
    const call = coordinatorWith().coordinateDbOperation('save', () => never(), { deadlineMs: 900 });
    expect(await settled(call)).toMatchObject({ success: false, durationMs: 900, error: { code: 'DB_TIMEOUT' } });
  });
});
