import { describe, expect, test } from 'vitest';
import { AutomatedCoordinator } from '../../src/coordinator/automated-coordinator.js';
import { isReelflowError } from '../../src/errors/reelflow-error.js';
import { eventsOf } from './helpers.js';

/** What a caller without types can pass. */
const build = (options: unknown) => Reflect.construct(AutomatedCoordinator, [options]);
const invoke = (method: 'configureApi' | 'registerDefaultPolicy' | 'remainingQuota', ...args: unknown[]) =>
  Reflect.apply(AutomatedCoordinator.prototype[method], new AutomatedCoordinator(), args);
const call = (method: 'coordinateApiCall' | 'coordinateDbOperation', ...args: unknown[]): Promise<unknown> =>
  Reflect.apply(AutomatedCoordinator.prototype[method], new AutomatedCoordinator(), args);

function refusalOf(work: () => unknown): { code: string; message: string } {
  try {
    work();
  } catch (error) {
    if (isReelflowError(error)) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('options that cannot be followed are refused with INVALID_OPTIONS, by name', () => {
  test.each<[string, () => unknown]>([
    ['maxRetry is no option of the coordinator; there are maxRetries', () => build({ maxRetry: 0 })],
    ['usdPerDays is no option of the budget; there are usdPerDay', () => build({ budget: { usdPerDays: 1 } })],
    ["limit is no option of the policy of 'x'; there are limits", () => invoke('configureApi', 'x', { limit: [] })],
    ["max is no option of the policy of 'x'.retry", () => invoke('configureApi', 'x', { retry: { max: 1 } })],
    ["rate is no option of the policy of 'x'.breaker", () => invoke('configureApi', 'x', { breaker: { rate: 1 } })],
  ])('a misspelled one: %s', (message, work) => {
    const refusal = refusalOf(work);
    expect(refusal.code).toBe('INVALID_OPTIONS');
    expect(refusal.message).toContain(message);
  });

  test.each([
    ['maxRetries', [-1, 1.5, Number.NaN, '3', 101, null, Number.POSITIVE_INFINITY], 'a whole number from 0 to 100'],
    ['retryDelayMs', [-1, Number.NaN, '2s', Number.POSITIVE_INFINITY, null], 'a number of milliseconds from 0'],
    ['exponentialBackoff', ['yes', 1, null], 'one of true, false'],
    ['maxRetryDelayMs', [-1, Number.NaN, 2 ** 31], 'a number of milliseconds from 0'],
    ['jitter', ['some', true, null], "one of 'none', 'full', 'equal'"],
    ['rateLimitWindowMs', [0, -5, Number.NaN], 'a number of milliseconds from 1'],
    ['maxCallsPerWindow', [0, 2.5, -1, Number.POSITIVE_INFINITY], 'a whole number from 1'],
    ['timeoutMs', [0, -1, Number.NaN], 'a number of milliseconds from 1'],
    ['guardMs', [-1, Number.NaN], 'a number of milliseconds from 0'],
    ['skewMs', [-1, 'a'], 'a number of milliseconds from 0'],
    ['random', [0.5], 'a function'],
    ['logger', ['console', {}, { info() {} }], 'debug, info, warn and error'],
  ])('%s', (name, values, allowed) => {
    for (const value of values) {
      const { code, message } = refusalOf(() => build({ [name]: value }));
      expect(code).toBe('INVALID_OPTIONS');
      expect(message).toContain(name);
      expect(message).toContain(allowed);
    }
  });

  test.each([
    [{ usdPerDay: 0 }, 'budget.usdPerDay'],
    [{ usdPerMonth: -3 }, 'budget.usdPerMonth'],
    [{ usdPerMonth: Number.NaN }, 'budget.usdPerMonth'],
    [{ postsPerMonth: 1.5 }, 'budget.postsPerMonth'],
    ['10 USD', 'budget'],
  ])('budget %j', (budget, name) => {
    const { code, message } = refusalOf(() => build({ budget }));
    expect(code).toBe('INVALID_OPTIONS');
    expect(message).toContain(name);
  });

  test('options that are no object', () => {
    for (const options of [null, 'fast', 3, []]) expect(refusalOf(() => build(options)).code).toBe('INVALID_OPTIONS');
  });

  test('the message says what was passed, shortened', () => {
    expect(refusalOf(() => build({ maxRetries: -1 })).message).toBe(
      'maxRetries must be a whole number from 0 to 100, got -1',
    );
    expect(refusalOf(() => build({ jitter: 'x'.repeat(500) })).message.length).toBeLessThan(150);
  });

  test.each([
    [{ limits: 15 }, '.limits must be an array'],
    [{ limits: [15] }, '.limits[0] must be an object'],
    [{ limits: [{ calls: 15 }] }, '.limits[0].windowMs'],
    [{ limits: [{ windowMs: 1000 }] }, '.limits[0].calls'],
    [
      {
        limits: [
          { calls: 1, windowMs: 1000 },
          { calls: 0, windowMs: 1000 },
        ],
      },
      '.limits[1].calls',
    ],
    [{ pace: { calls: 5 } }, '.pace.perMs'],
    [{ pace: 5 }, '.pace must be an object'],
    [{ concurrency: 0 }, '.concurrency'],
    [{ timeoutMs: 0 }, '.timeoutMs'],
    [{ retry: { maxRetries: -1 } }, '.retry.maxRetries'],
    [{ retry: { delayMs: -1 } }, '.retry.delayMs'],
    [{ retry: { maxDelayMs: '1' } }, '.retry.maxDelayMs'],
    [{ retry: { exponential: 2 } }, '.retry.exponential'],
    [{ retry: { jitter: 'a lot' } }, '.retry.jitter'],
    [{ breaker: true }, '.breaker must be an object'],
    [{ breaker: { failureRate: 0 } }, '.breaker.failureRate'],
    [{ breaker: { failureRate: 50 } }, '.breaker.failureRate'],
    [{ breaker: { minimumAttempts: 0 } }, '.breaker.minimumAttempts'],
    [{ breaker: { windowMs: 0 } }, '.breaker.windowMs'],
    [{ breaker: { halfOpenAfterMs: Number.NaN } }, '.breaker.halfOpenAfterMs'],
    [null, 'must be an object'],
  ])('a policy %j', (policy, where) => {
    for (const method of ['configureApi', 'registerDefaultPolicy'] as const) {
      const { code, message } = refusalOf(() => invoke(method, 'tmdb', policy));
      expect(code).toBe('INVALID_OPTIONS');
      expect(message).toContain("'tmdb'");
      expect(message).toContain(where);
    }
  });

  test('a refused policy leaves the one before in force', () => {
    const coordinator = new AutomatedCoordinator();
    coordinator.configureApi('tmdb', { limits: [{ calls: 4, windowMs: 1000 }] });
    expect(() => coordinator.configureApi('tmdb', { limits: [{ calls: 0, windowMs: 1000 }] })).toThrow();
    expect(coordinator.remainingQuota('tmdb').limit).toBe(4);
  });
});

describe('the accessors', () => {
  test('tell what is in force, defaults included', () => {
    const coordinator = new AutomatedCoordinator();
    expect({
      maxRetries: coordinator.maxRetries,
      retryDelayMs: coordinator.retryDelayMs,
      exponentialBackoff: coordinator.exponentialBackoff,
      maxRetryDelayMs: coordinator.maxRetryDelayMs,
      jitter: coordinator.jitter,
      rateLimitWindowMs: coordinator.rateLimitWindowMs,
      maxCallsPerWindow: coordinator.maxCallsPerWindow,
      timeoutMs: coordinator.timeoutMs,
    }).toEqual({
      maxRetries: 3,
      retryDelayMs: 2000,
      exponentialBackoff: true,
      maxRetryDelayMs: 60_000,
      jitter: 'none',
      rateLimitWindowMs: 60_000,
      maxCallsPerWindow: 15,
      timeoutMs: 10_000,
    });
  });

  test('take what the options take', () => {
    const given = {
      maxRetries: 5,
      retryDelayMs: 100,
      exponentialBackoff: false,
      maxRetryDelayMs: 700,
      jitter: 'full',
      rateLimitWindowMs: 1000,
      maxCallsPerWindow: 50,
      timeoutMs: 4000,
    } as const;
    const coordinator = new AutomatedCoordinator();
    Object.assign(coordinator, given);
    expect(new AutomatedCoordinator(given)).toMatchObject(given);
    expect(coordinator).toMatchObject(given);
  });

  test.each([
    ['maxRetries', 1.5],
    ['retryDelayMs', -1],
    ['exponentialBackoff', 'no'],
    ['maxRetryDelayMs', Number.NaN],
    ['jitter', 'much'],
    ['rateLimitWindowMs', 0],
    ['maxCallsPerWindow', 0],
    ['timeoutMs', 0],
    ['maxRetries', undefined],
  ])('refuse %s = %s and keep the value before', (name, value) => {
    const coordinator = new AutomatedCoordinator();
    const before = Reflect.get(coordinator, name);
    const { code, message } = refusalOf(() => Object.assign(coordinator, { [name]: value }));
    expect(code).toBe('INVALID_OPTIONS');
    expect(message).toContain(name);
    expect(Reflect.get(coordinator, name)).toBe(before);
  });
});

describe('a call that cannot be made rejects with INVALID_INPUT and is counted nowhere', () => {
  const fn = () => 1;
  test.each([
    ['no name', ['', fn], '1 to 100 characters'],
    ['a name that is no text', [7, fn], 'must be a text'],
    ['a name that is too long', ['x'.repeat(101), fn], '1 to 100 characters'],
    ['no function', ['tmdb'], 'must be a function, got undefined'],
    ['options that are null', ['tmdb', fn, null], 'options must be an object'],
    ['a deadline of 0', ['tmdb', fn, { deadlineMs: 0 }], 'deadlineMs'],
    ['a deadline that is no number', ['tmdb', fn, { deadlineMs: Number.NaN }], 'deadlineMs'],
    ['an unknown priority', ['tmdb', fn, { priority: 'urgent' }], "'interactive' or 'background'"],
    ['a signal that is none', ['tmdb', fn, { signal: {} }], 'AbortSignal'],
  ])('%s', async (_, args, allowed) => {
    for (const method of ['coordinateApiCall', 'coordinateDbOperation'] as const) {
      const refused = await call(method, ...args).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining(allowed) });
    }
  });

  test('the thousand-and-first name, for names must not be made from data', async () => {
    const coordinator = new AutomatedCoordinator();
    for (let index = 0; index < 1000; index += 1) await coordinator.coordinateApiCall(`api ${index}`, fn);
    await expect(coordinator.coordinateApiCall('one more', fn)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await coordinator.coordinateApiCall('api 3', fn)).toMatchObject({ success: true });
    expect(coordinator.getStatistics().apiCalls.total).toBe(1001);
  });

  test('the quota of no name', () => {
    expect(refusalOf(() => invoke('remainingQuota', '')).code).toBe('INVALID_INPUT');
  });

  test('nothing is told of it', async () => {
    const coordinator = new AutomatedCoordinator();
    const events = eventsOf(coordinator);
    await expect(coordinator.coordinateApiCall('', fn)).rejects.toThrow();
    expect(events).toEqual([]);
    expect(coordinator.callHistory()).toEqual([]);
  });
});
