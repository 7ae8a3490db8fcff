import { describe, expect, test, vi } from 'vitest';
import type { CallOptions } from '../../src/coordinator/call-options.js';
import {
  bare,
  coordinatorWith,
  countingSignal,
  failure,
  never,
  recorded,
  settled,
  stateOf,
  withFakeTime,
} from './helpers.js';

const cancelled = { success: false, error: { code: 'CANCELLED' } };
const oneASecond = { limits: [{ calls: 1, windowMs: 1000 }] };

describe('an abort ends a coordinated call at once', () => {
  withFakeTime();

  test('before it began: the function is never called', async () => {
    const { fn, startsMs } = recorded(() => 'film');
    const coordinator = coordinatorWith({ tmdb: oneASecond });
    const result = await coordinator.coordinateApiCall('tmdb', fn, { signal: AbortSignal.abort() });
    expect(result).toMatchObject({ ...cancelled, attempts: 0 });
    expect(startsMs).toEqual([]);
    expect(coordinator.remainingQuota('tmdb').remaining).toBe(1);
  });

  test('while it waits for a place, which goes to the next', async () => {
    const coordinator = coordinatorWith({ tmdb: oneASecond });
    const { controller, signal, listeners } = countingSignal();
    await coordinator.coordinateApiCall('tmdb', () => 'first');
    const aborted = recorded(() => 'never');
    const next = recorded(() => 'third');
    const second = coordinator.coordinateApiCall('tmdb', aborted.fn, { signal });
    const third = coordinator.coordinateApiCall('tmdb', next.fn);

    await vi.advanceTimersByTimeAsync(400);
    controller.abort(new Error('changed my mind'));

    expect(await stateOf(second)).toMatchObject({ ...cancelled, attempts: 0, durationMs: 400 });
    expect(coordinator.getStatistics().apiCalls.byApi.tmdb).toMatchObject({ waiting: 1, active: 0 });
    expect(await settled(third)).toMatchObject({ success: true, result: 'third' });
    expect(next.startsMs).toEqual([1001]);
    expect(aborted.startsMs).toEqual([]);
    expect(listeners()).toBe(0);
  });

  test('while it waits alone: no timer is left behind', async () => {
    const coordinator = coordinatorWith({ tmdb: oneASecond });
    const { controller, signal, listeners } = countingSignal();
    await coordinator.coordinateApiCall('tmdb', () => 'first');
    const waiting = coordinator.coordinateApiCall('tmdb', () => 'second', { signal, deadlineMs: 60_000 });
    controller.abort();
    expect(await stateOf(waiting)).toMatchObject(cancelled);
    expect(vi.getTimerCount()).toBe(0);
    expect(listeners()).toBe(0);
  });

  test('while it sleeps before a retry', async () => {
    const coordinator = coordinatorWith();
    const { controller, signal, listeners } = countingSignal();
    const { fn, startsMs } = recorded(() => {
      throw failure('API_TIMEOUT');
    });
    const call = coordinator.coordinateApiCall('tmdb', fn, { signal });
    await vi.advanceTimersByTimeAsync(3000);
    controller.abort();
    expect(await stateOf(call)).toMatchObject({ ...cancelled, attempts: 2, durationMs: 3000 });
    expect(startsMs).toEqual([0, 2000]);
    expect(vi.getTimerCount()).toBe(0);
    expect(listeners()).toBe(0);
  });

  test('while the function runs, which hears it by its own signal', async () => {
    const coordinator = coordinatorWith({ tmdb: bare({ concurrency: 1 }) });
    const { controller, signal, listeners } = countingSignal();
    const heard: unknown[] = [];
    const running = coordinator.coordinateApiCall(
      'tmdb',
      (context) => {
        context.signal.addEventListener('abort', () => heard.push(context.signal.reason));
        return never();
      },
      { signal },
    );
    const next = coordinator.coordinateApiCall('tmdb', () => 'next');
    await vi.advanceTimersByTimeAsync(100);
    expect(heard).toEqual([]);

    const reason = new Error('changed my mind');
    controller.abort(reason);

    expect(await stateOf(running)).toMatchObject({
      ...cancelled,
      attempts: 1,
      durationMs: 100,
      error: { cause: reason },
    });
    expect(heard).toMatchObject([{ code: 'CANCELLED' }]);
    expect(await stateOf(next)).toMatchObject({ success: true, durationMs: 100 });
    expect(vi.getTimerCount()).toBe(0);
    expect(listeners()).toBe(0);
  });

  test('while a database operation runs', async () => {
    const { controller, signal, listeners } = countingSignal();
    const running = coordinatorWith().coordinateDbOperation('save', () => never(), { signal });
    await vi.advanceTimersByTimeAsync(50_000);
    controller.abort();
    expect(await stateOf(running)).toMatchObject({ ...cancelled, operation: 'save' });
    expect(listeners()).toBe(0);
  });

  test('when a listener aborts on hearing of the failed attempt', async () => {
    const coordinator = coordinatorWith();
    const controller = new AbortController();
    coordinator.subscribe((event) => {
      if (event.type === 'retry_scheduled') controller.abort();
    });
    const call = coordinator.coordinateApiCall(
      'tmdb',
      () => {
        throw failure('API_TIMEOUT');
      },
      { signal: controller.signal },
    );
    expect(await stateOf(call)).toMatchObject({ ...cancelled, attempts: 1, durationMs: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('when the function itself aborts it, in the turn in which it is called', async () => {
    const coordinator = coordinatorWith({ tmdb: bare({ concurrency: 1 }) });
    const controller = new AbortController();
    const call = coordinator.coordinateApiCall(
      'tmdb',
      () => {
        controller.abort();
        return 'too late';
      },
      { signal: controller.signal },
    );
    expect(await stateOf(call)).toMatchObject({ ...cancelled, attempts: 1 });
    expect(coordinator.getStatistics().apiCalls.byApi.tmdb).toMatchObject({ active: 0, waiting: 0, failed: 1 });
  });

  test('and one that a timeout brings about ends the attempt only once', async () => {
    const coordinator = coordinatorWith({ tmdb: bare({ concurrency: 1, timeoutMs: 100 }) });
    const controller = new AbortController();
    const options: CallOptions = { signal: controller.signal };
    const first = coordinator.coordinateApiCall(
      'tmdb',
      ({ signal }) => {
        signal.addEventListener('abort', () => controller.abort()); // a host that links its own signal to ours
        return never();
      },
      options,
    );
    await vi.advanceTimersByTimeAsync(100);
    expect(await stateOf(first)).toMatchObject({ success: false });
    const { latency, active } = coordinator.getStatistics().apiCalls.byApi.tmdb ?? {};
    expect({ ended: latency?.count, active }).toEqual({ ended: 1, active: 0 });

    const others = [never, never].map((fn) => coordinator.coordinateApiCall('tmdb', () => fn()));
    await vi.advanceTimersByTimeAsync(0);
    expect(coordinator.getStatistics().apiCalls.byApi.tmdb).toMatchObject({ active: 1, waiting: 1 });
    await settled(Promise.all(others));
  });

  test('after it ended changes nothing', async () => {
    const coordinator = coordinatorWith();
    const { controller, signal, listeners } = countingSignal();
    const result = await coordinator.coordinateApiCall('tmdb', () => 'film', { signal });
    controller.abort();
    expect(result).toMatchObject({ success: true, result: 'film' });
    expect(listeners()).toBe(0);
    expect(coordinator.getStatistics().apiCalls).toMatchObject({ total: 1, successful: 1 });
  });

  test('of 1,000 waiters leaves one alarm for those who stay, and none when all are gone', async () => {
    const coordinator = coordinatorWith({ tmdb: oneASecond });
    await coordinator.coordinateApiCall('tmdb', () => 'first');
    const controller = new AbortController();
    const { signal } = controller;
    const leaving = Array.from({ length: 1000 }, () => coordinator.coordinateApiCall('tmdb', () => 1, { signal }));
    const staying = coordinator.coordinateApiCall('tmdb', () => 'stayed');
    await vi.advanceTimersByTimeAsync(0);
    controller.abort();
    expect((await Promise.all(leaving)).every((result) => !result.success && result.error.code === 'CANCELLED')).toBe(
      true,
    );
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1001);
    expect(await staying).toMatchObject({ success: true });
    expect(vi.getTimerCount()).toBe(0);
  });
});
