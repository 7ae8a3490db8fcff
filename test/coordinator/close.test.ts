import { describe, expect, test, vi } from 'vitest';
import { bare, coordinatorWith, countingSignal, failure, never, recorded, stateOf, withFakeTime } from './helpers.js';

const closed = { success: false, error: { code: 'CLOSED', retryable: false } };

describe('closing the coordinator', () => {
  withFakeTime();

  test('ends calls that wait, sleep and run, at once, and leaves neither timer nor listener', async () => {
    const coordinator = coordinatorWith({
      limited: bare({ limits: [{ calls: 1, windowMs: 60_000 }] }),
      paced: bare({ pace: { calls: 1, perMs: 60_000 } }),
    });
    const { signal, listeners } = countingSignal();
    const heard: unknown[] = [];
    await coordinator.coordinateApiCall('limited', () => 1);
    await coordinator.coordinateApiCall('paced', () => 1);
    const calls: Promise<unknown>[] = [
      coordinator.coordinateApiCall('limited', () => 1, { signal, deadlineMs: 90_000 }),
      coordinator.coordinateApiCall('paced', () => 1, { signal }),
      coordinator.coordinateApiCall(
        'sleeping',
        () => {
          throw failure('API_NETWORK');
        },
        { signal },
      ),
      coordinator.coordinateApiCall(
        'running',
        (context) => {
          context.signal.addEventListener('abort', () => heard.push(context.signal.reason));
          return never();
        },
        { signal },
      ),
      coordinator.coordinateDbOperation('running', () => never(), { signal }),
    ];
    await vi.advanceTimersByTimeAsync(500);
    await coordinator.close();
    for (const call of calls) expect(await stateOf(call)).toMatchObject({ ...closed, durationMs: 500 });
    expect(heard).toMatchObject([{ code: 'CLOSED' }]);
    expect(vi.getTimerCount()).toBe(0);
    expect(listeners()).toBe(0);
  });

  test('refuses new calls without making them', async () => {
    const coordinator = coordinatorWith();
    await coordinator.close();
    const { fn, startsMs } = recorded(() => 1);
    expect(await coordinator.coordinateApiCall('tmdb', fn)).toMatchObject({ ...closed, attempts: 0 });
    expect(await coordinator.coordinateDbOperation('save', fn)).toMatchObject({ ...closed, operation: 'save' });
    expect(startsMs).toEqual([]);
  });

  test('keeps the statistics readable, refusals included', async () => {
    const coordinator = coordinatorWith();
    await coordinator.coordinateApiCall('tmdb', () => 1);
    await coordinator.close();
    await coordinator.coordinateApiCall('tmdb', () => 1);
    expect(coordinator.getStatistics()).toMatchObject({
      apiCalls: { total: 2, successful: 1, failed: 1, successRate: 50 },
      errorCounts: { CLOSED: 1 },
    });
    expect(coordinator.callHistory()).toHaveLength(2);
  });

  test('from a listener that hears of a failed attempt ends that call too', async () => {
    const coordinator = coordinatorWith();
    coordinator.subscribe(() => void coordinator.close());
    const call = coordinator.coordinateApiCall('tmdb', () => {
      throw failure('API_NETWORK');
    });
    expect(await stateOf(call)).toMatchObject({ ...closed, attempts: 1, durationMs: 0 });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('twice is as good as once', async () => {
    const coordinator = coordinatorWith();
    await coordinator.close();
    await expect(coordinator.close()).resolves.toBeUndefined();
  });
});
