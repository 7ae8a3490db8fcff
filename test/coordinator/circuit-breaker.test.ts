import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { AutomatedCoordinator } from '../../src/coordinator/automated-coordinator.js';
import { resolveApiPolicy } from '../../src/coordinator/resolved-policy.js';
import type { ErrorCode } from '../../src/errors/error-code.js';
import {
  answersAfter,
  coordinatorWith,
  eventsOf,
  failsAfter,
  failure,
  never,
  noon,
  recorded,
  settled,
  stateOf,
  withFakeTime,
} from './helpers.js';

const policy = { limits: [], retry: { maxRetries: 0 } };
const unset = {
  maxRetries: undefined,
  retryDelayMs: undefined,
  exponentialBackoff: undefined,
  maxRetryDelayMs: undefined,
  jitter: undefined,
  rateLimitWindowMs: undefined,
  maxCallsPerWindow: undefined,
  timeoutMs: undefined,
};
const newCoordinator = () => coordinatorWith({ api: policy, other: policy });

const fail = (coordinator: AutomatedCoordinator, code: ErrorCode = 'API_UNAVAILABLE') =>
  coordinator.coordinateApiCall('api', () => {
    throw failure(code);
  });
const succeed = (coordinator: AutomatedCoordinator) => coordinator.coordinateApiCall('api', () => 'film');

async function opened(): Promise<AutomatedCoordinator> {
  const coordinator = newCoordinator();
  for (let attempt = 0; attempt < 20; attempt += 1) await fail(coordinator);
  return coordinator;
}

const circuitOf = (coordinator: AutomatedCoordinator) => coordinator.getStatistics().apiCalls.byApi.api?.circuit;

describe('the circuit breaker of an API', () => {
  withFakeTime();

  test('opens at the twentieth failure in a row, not before', async () => {
    const coordinator = newCoordinator();
    const events = eventsOf(coordinator);
    for (let attempt = 0; attempt < 19; attempt += 1) await fail(coordinator);
    expect(circuitOf(coordinator)).toBe('closed');
    await fail(coordinator);
    expect(circuitOf(coordinator)).toBe('open');
    expect(events.filter(({ type }) => type.startsWith('circuit'))).toEqual([{ type: 'circuit_opened', api: 'api' }]);
  });

  test('opens at half of the attempts, and stays closed below', async () => {
    const half = newCoordinator();
    for (let pair = 0; pair < 10; pair += 1) {
      await succeed(half);
      await fail(half);
    }
    expect(circuitOf(half)).toBe('open');

    const below = newCoordinator();
    for (let attempt = 0; attempt < 200; attempt += 1) await (attempt % 20 < 11 ? succeed(below) : fail(below));
    expect(circuitOf(below)).toBe('closed');
  });

  test('forgets what is older than 30 s', async () => {
    const coordinator = newCoordinator();
    for (let attempt = 0; attempt < 60; attempt += 1) {
      await fail(coordinator);
      await vi.advanceTimersByTimeAsync(1700); // 18 in 30 s
    }
    expect(circuitOf(coordinator)).toBe('closed');
  });

  test('opens under the default limit too, which never lets 20 attempts start in 30 s', async () => {
    const coordinator = new AutomatedCoordinator({ maxRetries: 0 });
    onTestFinished(() => coordinator.close());
    for (let attempt = 0; attempt < 19; attempt += 1) await settled(fail(coordinator));
    expect(circuitOf(coordinator)).toBe('closed');
    await settled(fail(coordinator));
    expect(circuitOf(coordinator)).toBe('open');
    expect(Date.now() - noon).toBeLessThan(120_000);
  });

  test.each([
    [[{ calls: 15, windowMs: 60_000 }], {}, 120_000],
    [[{ calls: 20, windowMs: 60_000 }], {}, 30_000],
    [[{ calls: 5, windowMs: 1000 }], {}, 30_000],
    [[{ calls: 1, windowMs: 86_400_000 }], {}, 600_000],
    [[{ calls: 15, windowMs: 60_000 }], { minimumAttempts: 8 }, 30_000],
    [[{ calls: 15, windowMs: 60_000 }], { windowMs: 10_000 }, 10_000],
    [[], {}, 30_000],
  ])('under the limits %j the policy %j has a window of %i ms', (limits, breaker, windowMs) => {
    expect(resolveApiPolicy({ limits, breaker }, unset, {}).breaker).toMatchObject({ windowMs });
  });

  test('fails new calls at once while it is open, and says when to come back', async () => {
    const coordinator = await opened();
    await vi.advanceTimersByTimeAsync(10_000);
    const { fn, startsMs } = recorded(() => 1);
    const refused = await coordinator.coordinateApiCall('api', fn);
    expect(refused).toMatchObject({
      success: false,
      attempts: 0,
      durationMs: 0,
      error: { code: 'CIRCUIT_OPEN', retryable: false, details: { retryAtMs: noon + 30_000 } },
    });
    expect(startsMs).toEqual([]);
  });

  test('takes no place of the limits from the calls that it refuses', async () => {
    const coordinator = coordinatorWith({ api: { ...policy, limits: [{ calls: 30, windowMs: 600_000 }] } });
    for (let attempt = 0; attempt < 25; attempt += 1) await fail(coordinator);
    expect(coordinator.remainingQuota('api').remaining).toBe(10);
  });

  test('leaves other APIs alone', async () => {
    const coordinator = await opened();
    expect(await coordinator.coordinateApiCall('other', () => 1)).toMatchObject({ success: true });
  });

  test('fails all waiters at once when it opens', async () => {
    const coordinator = coordinatorWith({ api: { ...policy, limits: [{ calls: 20, windowMs: 60_000 }] } });
    const failing = Array.from({ length: 20 }, () =>
      coordinator.coordinateApiCall('api', () => failsAfter(500, failure('API_UNAVAILABLE'))),
    );
    const { fn, startsMs } = recorded(() => 1);
    const waiting = Promise.all(Array.from({ length: 10 }, () => coordinator.coordinateApiCall('api', fn)));
    await vi.advanceTimersByTimeAsync(500);
    const refused = await stateOf(waiting);
    expect(refused).toHaveLength(10);
    for (const result of refused) {
      expect(result).toMatchObject({ durationMs: 500, attempts: 0, error: { code: 'CIRCUIT_OPEN' } });
    }
    expect(startsMs).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
    await Promise.all(failing);
  });

  test('lets one probe through after 30 s and closes when it succeeds', async () => {
    const coordinator = await opened();
    const events = eventsOf(coordinator);
    await vi.advanceTimersByTimeAsync(29_999);
    expect(await succeed(coordinator)).toMatchObject({ error: { code: 'CIRCUIT_OPEN' } });
    await vi.advanceTimersByTimeAsync(1);
    expect(circuitOf(coordinator)).toBe('half_open');

    const probe = coordinator.coordinateApiCall('api', () => answersAfter(50, 'alive'));
    expect(await succeed(coordinator)).toMatchObject({ error: { code: 'CIRCUIT_OPEN' } }); // one at a time
    expect(await settled(probe)).toMatchObject({ success: true });
    expect(circuitOf(coordinator)).toBe('closed');
    expect(events.filter(({ type }) => type.startsWith('circuit'))).toEqual([{ type: 'circuit_closed', api: 'api' }]);
    await fail(coordinator);
    expect(circuitOf(coordinator)).toBe('closed'); // it counts anew
  });

  test('opens for another 30 s when the probe fails', async () => {
    const coordinator = await opened();
    await vi.advanceTimersByTimeAsync(30_000);
    await fail(coordinator);
    expect(circuitOf(coordinator)).toBe('open');
    await vi.advanceTimersByTimeAsync(29_999);
    expect(await succeed(coordinator)).toMatchObject({ error: { code: 'CIRCUIT_OPEN' } });
    await vi.advanceTimersByTimeAsync(1);
    expect(await succeed(coordinator)).toMatchObject({ success: true });
  });

  test('sends another probe when the first was aborted', async () => {
    const coordinator = await opened();
    await vi.advanceTimersByTimeAsync(30_000);
    const controller = new AbortController();
    const probe = coordinator.coordinateApiCall('api', () => never(), { signal: controller.signal });
    controller.abort();
    await probe;
    expect(circuitOf(coordinator)).toBe('half_open');
    expect(await succeed(coordinator)).toMatchObject({ success: true });
    expect(circuitOf(coordinator)).toBe('closed');
  });

  test("closes when a probe shows that the other side lives, by an error that is the caller's own", async () => {
    const coordinator = await opened();
    await vi.advanceTimersByTimeAsync(30_000);
    await fail(coordinator, 'API_NOT_FOUND');
    expect(circuitOf(coordinator)).toBe('closed');
  });

  test.each<ErrorCode>([
    'API_NOT_FOUND',
    'API_BAD_REQUEST',
    'API_UNAUTHORIZED',
    'API_QUOTA_EXHAUSTED',
    'UNEXPECTED',
    'CANCELLED',
  ])('%s does not count', async (code) => {
    const coordinator = newCoordinator();
    for (let attempt = 0; attempt < 50; attempt += 1) await fail(coordinator, code);
    expect(circuitOf(coordinator)).toBe('closed');
  });

  test.each<ErrorCode>(['API_TIMEOUT', 'API_NETWORK', 'API_UNAVAILABLE', 'API_INVALID_RESPONSE'])(
    '%s counts',
    async (code) => {
      const coordinator = newCoordinator();
      for (let attempt = 0; attempt < 20; attempt += 1) await fail(coordinator, code);
      expect(circuitOf(coordinator)).toBe('open');
    },
  );

  test("aborts and deadlines, the caller's impatience, do not count", async () => {
    const coordinator = newCoordinator();
    for (let attempt = 0; attempt < 30; attempt += 1) {
      const controller = new AbortController();
      const aborted = coordinator.coordinateApiCall('api', () => never(), { signal: controller.signal });
      controller.abort();
      await aborted;
      await settled(coordinator.coordinateApiCall('api', () => never(), { deadlineMs: 10 }));
    }
    expect(circuitOf(coordinator)).toBe('closed');
  });

  test('a call does not wait for a retry that would meet it open', async () => {
    const coordinator = coordinatorWith({ api: { limits: [] } });
    const early = Array.from({ length: 10 }, () => fail(coordinator));
    await vi.advanceTimersByTimeAsync(1000);
    const late = Array.from({ length: 10 }, () => fail(coordinator));
    for (const result of await Promise.all(late)) {
      expect(result).toMatchObject({ attempts: 1, durationMs: 0, error: { code: 'API_UNAVAILABLE' } });
    }
    await vi.advanceTimersByTimeAsync(1000); // those who slept already are refused when they wake
    for (const result of await Promise.all(early)) {
      expect(result).toMatchObject({ attempts: 1, durationMs: 2000, error: { code: 'CIRCUIT_OPEN' } });
    }
  });

  test('switched off lets everything through', async () => {
    const coordinator = coordinatorWith({ api: { ...policy, breaker: false } });
    for (let attempt = 0; attempt < 50; attempt += 1) await fail(coordinator);
    expect(await succeed(coordinator)).toMatchObject({ success: true });
    expect(circuitOf(coordinator)).toBe('off');
  });

  test('replaced at run time does not hear of attempts that began under the old one', async () => {
    const coordinator = newCoordinator();
    const late = Array.from({ length: 20 }, () =>
      coordinator.coordinateApiCall('api', () => failsAfter(100, failure('API_UNAVAILABLE'))),
    );
    coordinator.configureApi('api', { ...policy, breaker: { windowMs: 60_000 } });
    const events = eventsOf(coordinator);
    await settled(Promise.all(late));
    expect(events.filter(({ type }) => type.startsWith('circuit'))).toEqual([]);
    expect(circuitOf(coordinator)).toBe('closed');
  });

  test('is kept, open as it is, when something else is configured', async () => {
    const coordinator = await opened();
    coordinator.configureApi('api', { ...policy, timeoutMs: 500 });
    coordinator.maxRetries = 1;
    expect(circuitOf(coordinator)).toBe('open');
  });
});

describe('the circuit breaker of a database operation', () => {
  withFakeTime();

  test('opens in the same way and sends its probe after 5 s', async () => {
    const coordinator = coordinatorWith({}, { maxRetries: 0 });
    const events = eventsOf(coordinator);
    const save = (code: ErrorCode | null) =>
      coordinator.coordinateDbOperation('save_run', () => {
        if (code !== null) throw failure(code);
        return 'saved';
      });
    for (let attempt = 0; attempt < 20; attempt += 1) await save('DB_CONNECTION');
    await vi.advanceTimersByTimeAsync(4999);
    expect(await save(null)).toMatchObject({ success: false, operation: 'save_run', error: { code: 'CIRCUIT_OPEN' } });
    await vi.advanceTimersByTimeAsync(1);
    expect(await save(null)).toMatchObject({ success: true });
    expect(events.filter(({ type }) => type.startsWith('circuit'))).toEqual([
      { type: 'circuit_opened', operation: 'save_run' },
      { type: 'circuit_closed', operation: 'save_run' },
    ]);
  });

  test('does not count what is wrong with the data', async () => {
    const coordinator = coordinatorWith({}, { maxRetries: 0 });
    for (let attempt = 0; attempt < 50; attempt += 1) {
      await coordinator.coordinateDbOperation('save_run', () => {
        throw failure(attempt % 2 ? 'DB_CONSTRAINT' : 'DATA_INVALID_FORMAT');
      });
    }
    expect(coordinator.getStatistics().databaseOperations.byOperation.save_run?.circuit).toBe('closed');
  });
});
