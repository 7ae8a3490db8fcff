import { describe, expect, test, vi } from 'vitest';
import { AutomatedCoordinator } from '../../src/coordinator/automated-coordinator.js';
import {
  bare,
  coordinatorWith,
  eventsOf,
  failsThenAnswers,
  failure,
  noon,
  recordingLogger,
  settled,
  withFakeTime,
} from './helpers.js';

describe('what the coordinator tells as it happens', () => {
  withFakeTime();

  test('one line for each failed attempt, with the wait that follows', async () => {
    const { logger, lines } = recordingLogger();
    const coordinator = new AutomatedCoordinator({ logger });
    await settled(
      coordinator.coordinateApiCall('twitter', () => {
        throw failure('API_TIMEOUT');
      }),
    );
    expect(lines.map(({ message }) => message)).toEqual([
      '[twitter] attempt 1 of 4 failed: API_TIMEOUT; next in 2000 ms',
      '[twitter] attempt 2 of 4 failed: API_TIMEOUT; next in 4000 ms',
      '[twitter] attempt 3 of 4 failed: API_TIMEOUT; next in 8000 ms',
      '[twitter] attempt 4 of 4 failed: API_TIMEOUT; giving up',
    ]);
    expect(lines[0]).toEqual({
      level: 'warn',
      message: '[twitter] attempt 1 of 4 failed: API_TIMEOUT; next in 2000 ms',
      fields: {
        event: 'attempt_failed',
        api: 'twitter',
        attempt: 1,
        maxAttempts: 4,
        nextDelayMs: 2000,
        error: { code: 'API_TIMEOUT', message: 'made up: API_TIMEOUT', api: 'twitter' },
      },
    });
  });

  test('a line names the operation of a database', async () => {
    const { logger, lines } = recordingLogger();
    const coordinator = new AutomatedCoordinator({ logger });
    await settled(coordinator.coordinateDbOperation('save_run', failsThenAnswers([failure('DB_CONFLICT')], 1)));
    expect(lines).toMatchObject([
      {
        message: '[save_run] attempt 1 of 4 failed: DB_CONFLICT; next in 2000 ms',
        fields: { operation: 'save_run', error: { code: 'DB_CONFLICT' } },
      },
    ]);
    expect(lines[0]?.fields).not.toHaveProperty('api');
  });

  test('a call that succeeds at once says nothing', async () => {
    const { logger, lines } = recordingLogger();
    await new AutomatedCoordinator({ logger }).coordinateApiCall('tmdb', () => 1);
    expect(lines).toEqual([]);
  });

  test('one line and one event for each wait', async () => {
    const { logger, lines } = recordingLogger();
    const coordinator = coordinatorWith({ tmdb: bare({ limits: [{ calls: 1, windowMs: 1000 }] }) }, { logger });
    const events = eventsOf(coordinator);
    await settled(Promise.all([1, 2, 3].map(() => coordinator.coordinateApiCall('tmdb', () => 1))));
    expect(events).toEqual([
      { type: 'rate_limit_wait', api: 'tmdb', waitMs: 1001, resetAtMs: noon + 1001 },
      { type: 'rate_limit_wait', api: 'tmdb', waitMs: 2002, resetAtMs: noon + 2002 },
    ]);
    expect(lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'debug [tmdb] waits 1001 ms for a free place',
      'debug [tmdb] waits 2002 ms for a free place',
    ]);
  });

  test('a pause is told to those who wait already, once each', async () => {
    const coordinator = coordinatorWith({ tmdb: bare({ concurrency: 1 }) });
    const events = eventsOf(coordinator);
    const told = coordinator.coordinateApiCall('tmdb', async () => {
      throw failure('API_RATE_LIMITED', { retryAfterMs: 5000 });
    });
    const waiting = coordinator.coordinateApiCall('tmdb', () => 1);
    await settled(Promise.all([told, waiting]));
    expect(events.filter(({ type }) => type === 'rate_limit_wait')).toEqual([
      { type: 'rate_limit_wait', api: 'tmdb', waitMs: 5000, resetAtMs: noon + 5000 },
    ]);
  });

  test('a wait that is changed while it lasts is told once', async () => {
    const limits = [{ calls: 1, windowMs: 1000 }];
    const coordinator = coordinatorWith({ tmdb: bare({ limits }) });
    const events = eventsOf(coordinator);
    const calls = Promise.all([1, 2].map(() => coordinator.coordinateApiCall('tmdb', () => 1)));
    coordinator.configureApi('tmdb', bare({ limits: [{ calls: 1, windowMs: 2000 }] }));
    coordinator.configureApi('tmdb', bare({ limits: [{ calls: 1, windowMs: 3000 }] }));
    await settled(calls);
    expect(events).toMatchObject([{ type: 'rate_limit_wait', waitMs: 1001 }]);
  });

  test('events of a failing call: each failed attempt, each retry', async () => {
    const coordinator = new AutomatedCoordinator({ maxRetries: 1 });
    const events = eventsOf(coordinator);
    await settled(
      coordinator.coordinateApiCall('tmdb', () => {
        throw failure('API_NETWORK');
      }),
    );
    const error = { code: 'API_NETWORK', message: 'made up: API_NETWORK', api: 'tmdb' };
    expect(events).toEqual([
      { type: 'attempt_failed', api: 'tmdb', attempt: 1, maxAttempts: 2, nextDelayMs: 2000, error },
      { type: 'retry_scheduled', api: 'tmdb', attempt: 1, delayMs: 2000, error },
      { type: 'attempt_failed', api: 'tmdb', attempt: 2, maxAttempts: 2, nextDelayMs: null, error },
    ]);
  });

  test("the wait that is told is the provider's when that is longer", async () => {
    const { logger, lines } = recordingLogger();
    const coordinator = new AutomatedCoordinator({ logger });
    const error = failure('API_RATE_LIMITED', { retryAfterMs: 5000 });
    await settled(coordinator.coordinateApiCall('tmdb', failsThenAnswers([error], 1)));
    expect(lines[0]?.message).toBe('[tmdb] attempt 1 of 4 failed: API_RATE_LIMITED; next in 5000 ms');
  });

  test('an aborted attempt is told as one that is given up', async () => {
    const coordinator = new AutomatedCoordinator();
    const events = eventsOf(coordinator);
    const controller = new AbortController();
    const call = coordinator.coordinateApiCall('tmdb', () => new Promise(() => undefined), {
      signal: controller.signal,
    });
    controller.abort();
    await call;
    expect(events).toMatchObject([{ type: 'attempt_failed', nextDelayMs: null, error: { code: 'CANCELLED' } }]);
  });

  test('a call that never started tells of no failed attempt', async () => {
    const coordinator = new AutomatedCoordinator();
    const events = eventsOf(coordinator);
    await coordinator.coordinateApiCall('tmdb', () => 1, { signal: AbortSignal.abort() });
    expect(events).toEqual([]);
  });

  test('a listener that throws harms neither the call nor the other listeners, and is logged', async () => {
    const { logger, lines } = recordingLogger();
    const coordinator = new AutomatedCoordinator({ logger });
    coordinator.subscribe(() => {
      throw new Error('listener broke');
    });
    const events = eventsOf(coordinator);
    const result = await settled(coordinator.coordinateApiCall('tmdb', failsThenAnswers([failure('API_NETWORK')], 1)));
    expect(result).toMatchObject({ success: true, attempts: 2 });
    expect(events).toHaveLength(2);
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(2);
    expect(lines.find(({ level }) => level === 'error')?.fields).toMatchObject({ error: 'Error: listener broke' });
  });

  test('an asynchronous listener that rejects is no unhandled rejection', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const { logger, lines } = recordingLogger();
    const coordinator = new AutomatedCoordinator({ logger, maxRetries: 0 });
    coordinator.subscribe(async () => {
      throw new Error('listener broke');
    });
    await coordinator.coordinateApiCall('tmdb', () => {
      throw failure('API_NETWORK');
    });
    vi.useRealTimers();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  test('a listener that unsubscribed hears no more', async () => {
    const coordinator = new AutomatedCoordinator({ maxRetries: 0 });
    const heard: string[] = [];
    const unsubscribe = coordinator.subscribe(({ type }) => heard.push(type));
    const fail = () =>
      coordinator.coordinateApiCall('tmdb', () => {
        throw failure('API_NETWORK');
      });
    await fail();
    unsubscribe();
    await fail();
    expect(heard).toEqual(['attempt_failed']);
  });
});
