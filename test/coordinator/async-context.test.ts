import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, test } from 'vitest';
import { bare, coordinatorWith, failure, never, settled, withFakeTime } from './helpers.js';

describe("the function of a call has its caller's AsyncLocalStorage", () => {
  withFakeTime();

  /** Calls as each of the users, and tells as whom each attempt ran. */
  function calls(policy: Parameters<typeof bare>[0], answer: (attempt: number) => unknown) {
    const who = new AsyncLocalStorage<string>();
    const coordinator = coordinatorWith({ api: bare(policy) }, { retryDelayMs: 10 });
    const ran: string[] = [];
    const call = (user: string) =>
      who.run(user, () =>
        coordinator.coordinateApiCall('api', ({ attempt }) => {
          ran.push(`${attempt} of ${user} as ${who.getStore()}`);
          return answer(attempt);
        }),
      );
    return { call, ran };
  }

  test('though it waited for another to make room', async () => {
    const { call, ran } = calls({ concurrency: 1 }, () => new Promise((resolve) => setTimeout(resolve, 20)));
    await settled(Promise.all(['alice', 'bob', 'carol'].map(call)));
    expect(ran).toEqual(['1 of alice as alice', '1 of bob as bob', '1 of carol as carol']);
  });

  test('though it waited for the window', async () => {
    const { call, ran } = calls({ limits: [{ calls: 1, windowMs: 1000 }] }, () => 1);
    await settled(Promise.all(['alice', 'bob', 'carol'].map(call)));
    expect(ran).toEqual(['1 of alice as alice', '1 of bob as bob', '1 of carol as carol']);
  });

  test('in every attempt, after a timeout and after a failure', async () => {
    const { call, ran } = calls({ timeoutMs: 100, retry: { maxRetries: 2 } }, (attempt) => {
      if (attempt === 1) return never();
      if (attempt === 2) throw failure('API_UNAVAILABLE', { retryable: true });
      return 1;
    });
    await settled(Promise.all(['alice', 'bob'].map(call)));
    expect(ran.toSorted()).toEqual(
      [1, 2, 3].flatMap((attempt) => ['alice', 'bob'].map((user) => `${attempt} of ${user} as ${user}`)),
    );
  });
});
