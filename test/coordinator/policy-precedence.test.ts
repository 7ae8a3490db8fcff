import { describe, expect, test } from 'vitest';
import { AutomatedCoordinator } from '../../src/coordinator/automated-coordinator.js';
import type { CoordinatorOptions } from '../../src/coordinator/coordinator-options.js';
import type { ApiPolicy } from '../../src/ports/api-policy.js';
import { answersAfter, failure, never, recorded, settled, withFakeTime } from './helpers.js';

interface Words {
  readonly client?: ApiPolicy;
  readonly host?: CoordinatorOptions;
  readonly configured?: ApiPolicy;
}

function coordinatorOf({ client, host, configured }: Words): AutomatedCoordinator {
  const coordinator = new AutomatedCoordinator(host);
  if (client !== undefined) coordinator.registerDefaultPolicy('api', client);
  if (configured !== undefined) coordinator.configureApi('api', configured);
  return coordinator;
}

async function retriesOf(words: Words): Promise<number[]> {
  const { fn, startsMs } = recorded(() => {
    throw failure('API_TIMEOUT');
  });
  await settled(coordinatorOf(words).coordinateApiCall('api', fn));
  return startsMs;
}

async function timeoutOf(words: Words): Promise<number> {
  const once: Words = { ...words, configured: { ...words.configured, retry: { maxRetries: 0 } } };
  return (await settled(coordinatorOf(once).coordinateApiCall('api', () => never()))).durationMs;
}

const limitOf = (words: Words) => coordinatorOf(words).remainingQuota('api').limit;

describe('the policy of an API: configureApi, then the host, then the client, then what is built in', () => {
  withFakeTime();

  test('retries', async () => {
    const client: ApiPolicy = { retry: { maxRetries: 1, delayMs: 100 } };
    const host: CoordinatorOptions = { retryDelayMs: 300 };
    const configured: ApiPolicy = { retry: { maxRetries: 2 } };
    expect(await retriesOf({})).toEqual([0, 2000, 6000, 14_000]);
    expect(await retriesOf({ client })).toEqual([0, 100]);
    expect(await retriesOf({ client, host })).toEqual([0, 300]);
    expect(await retriesOf({ client, host, configured })).toEqual([0, 300, 900]);
  });

  test('the shape of the backoff', async () => {
    const client: ApiPolicy = { retry: { exponential: false, maxDelayMs: 5000 } };
    expect(await retriesOf({ client })).toEqual([0, 2000, 4000, 6000]);
    expect(await retriesOf({ client, host: { exponentialBackoff: true } })).toEqual([0, 2000, 6000, 11_000]);
    expect(await retriesOf({ client, host: { maxRetryDelayMs: 1000 } })).toEqual([0, 1000, 2000, 3000]);
    expect(await retriesOf({ client: { retry: { jitter: 'full' } }, host: { random: () => 0.5 } })).toEqual([
      0, 1000, 3000, 7000,
    ]);
    expect(
      await retriesOf({ client: { retry: { jitter: 'full' } }, host: { random: () => 0.5, jitter: 'none' } }),
    ).toEqual([0, 2000, 6000, 14_000]);
  });

  test('timeouts', async () => {
    const client: ApiPolicy = { timeoutMs: 4000 };
    expect(await timeoutOf({})).toBe(10_000);
    expect(await timeoutOf({ client })).toBe(4000);
    expect(await timeoutOf({ client, host: { timeoutMs: 3000 } })).toBe(3000);
    expect(await timeoutOf({ client, host: { timeoutMs: 3000 }, configured: { timeoutMs: 2000 } })).toBe(2000);
  });

  test("limits: the host's one is for APIs that bring none of their own", () => {
    const client: ApiPolicy = { limits: [{ calls: 40, windowMs: 10_000 }] };
    expect(limitOf({})).toBe(15);
    expect(limitOf({ host: { maxCallsPerWindow: 50 } })).toBe(50);
    expect(limitOf({ client: {}, host: { maxCallsPerWindow: 50 } })).toBe(50);
    expect(limitOf({ client, host: { maxCallsPerWindow: 50 } })).toBe(40);
    expect(limitOf({ client: { limits: [] }, host: { maxCallsPerWindow: 50 } })).toBe(Number.POSITIVE_INFINITY);
    expect(limitOf({ client, configured: { limits: [{ calls: 7, windowMs: 1000 }] } })).toBe(7);
    expect(limitOf({ client, configured: { limits: [] } })).toBe(Number.POSITIVE_INFINITY);
  });

  test('an explicit undefined means that nothing was said', async () => {
    const words: Words = {
      client: { retry: { maxRetries: 1 } },
      host: { maxRetries: undefined, timeoutMs: undefined, random: undefined, logger: undefined, budget: undefined },
    };
    expect(await retriesOf(words)).toEqual([0, 2000]);
  });

  test('concurrency', async () => {
    const tookMs = async (words: Words) => {
      const coordinator = coordinatorOf(words);
      const calls = [1, 2, 3].map(() => coordinator.coordinateApiCall('api', () => answersAfter(100, 1)));
      return Math.max(...(await settled(Promise.all(calls))).map(({ durationMs }) => durationMs));
    };
    expect(await tookMs({})).toBe(100);
    expect(await tookMs({ client: { concurrency: 1 } })).toBe(300);
    expect(await tookMs({ client: { concurrency: 1 }, configured: { concurrency: 3 } })).toBe(100);
  });

  test('the breaker, field by field', async () => {
    const failuresUntilOpen = async (words: Words) => {
      const coordinator = coordinatorOf({ ...words, configured: { limits: [], ...words.configured } });
      for (let failures = 0; failures < 40; failures += 1) {
        if (coordinator.getStatistics().apiCalls.byApi.api?.circuit === 'open') return failures;
        await coordinator.coordinateApiCall('api', () => {
          throw failure('API_UNAVAILABLE', { retryable: false });
        });
      }
      return 'never';
    };
    expect(await failuresUntilOpen({})).toBe(20);
    expect(await failuresUntilOpen({ client: { breaker: { minimumAttempts: 5 } } })).toBe(5);
    expect(await failuresUntilOpen({ client: { breaker: false } })).toBe('never');
    expect(
      await failuresUntilOpen({
        client: { breaker: { minimumAttempts: 5 } },
        configured: { breaker: { windowMs: 60_000 } },
      }),
    ).toBe(5);
    expect(
      await failuresUntilOpen({ client: { breaker: false }, configured: { breaker: { minimumAttempts: 3 } } }),
    ).toBe(3);
    expect(
      await failuresUntilOpen({ client: { breaker: { minimumAttempts: 5 } }, configured: { breaker: false } }),
    ).toBe('never');
  });

  test('a second configureApi replaces the first one whole', async () => {
    const coordinator = new AutomatedCoordinator();
    coordinator.configureApi('api', { limits: [{ calls: 3, windowMs: 1000 }], retry: { maxRetries: 0 } });
    coordinator.configureApi('api', { timeoutMs: 500 });
    expect(coordinator.remainingQuota('api').limit).toBe(15);
    const result = await settled(coordinator.coordinateApiCall('api', () => never()));
    expect(result).toMatchObject({ attempts: 4, error: { code: 'API_TIMEOUT' } });
  });

  test('what was passed is copied: changing it later changes nothing', () => {
    const limit = { calls: 3, windowMs: 1000 };
    const coordinator = new AutomatedCoordinator();
    coordinator.configureApi('api', { limits: [limit] });
    coordinator.registerDefaultPolicy('other', { limits: [limit] });
    limit.calls = 99;
    coordinator.maxRetries = 1; // policies are put together anew
    expect(coordinator.remainingQuota('api').limit).toBe(3);
    expect(coordinator.remainingQuota('other').limit).toBe(3);
  });

  test('what is configured for one API does not touch another', () => {
    const coordinator = coordinatorOf({ configured: { limits: [] } });
    expect(coordinator.remainingQuota('other').limit).toBe(15);
  });
});
