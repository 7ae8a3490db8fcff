import { describe, expect, test, vi } from 'vitest';
import { AutomatedCoordinator } from '../../src/coordinator/automated-coordinator.js';
import type { CoordinatorOptions } from '../../src/coordinator/coordinator-options.js';
import type { ErrorCode } from '../../src/errors/error-code.js';
import { failsThenAnswers, failure, recorded, seeded, settled, withFakeTime } from './helpers.js';

const timeout = () => failure('API_TIMEOUT');
const always = (error: unknown) => async () => {
  throw error;
};

/** When the attempts of a call that fails for good start. */
async function startsOfFailing(options: CoordinatorOptions): Promise<number[]> {
  const { fn, startsMs } = recorded(always(timeout()));
  await settled(new AutomatedCoordinator(options).coordinateApiCall('tmdb', fn));
  return startsMs;
}

describe('API coordination with retries', () => {
  withFakeTime();

  test('a call that fails for good is tried at 0, 2, 6 and 14 s, then reported, not thrown', async () => {
    const coordinator = new AutomatedCoordinator();
    const { fn, startsMs } = recorded(always(timeout()));

    const result = await settled(coordinator.coordinateApiCall('twitter', fn));

    expect(startsMs).toEqual([0, 2000, 6000, 14_000]);
    expect(result).toMatchObject({ success: false, api: 'twitter', attempts: 4, durationMs: 14_000 });
    expect(result).toHaveProperty('error.code', 'API_TIMEOUT');
    expect(coordinator.getStatistics().errorCounts).toEqual({ API_TIMEOUT: 1 });
  });

  test('a call that fails twice succeeds at 6 s', async () => {
    const { fn, startsMs } = recorded(failsThenAnswers([timeout(), timeout()], 'film'));

    const result = await settled(new AutomatedCoordinator().coordinateApiCall('tmdb', fn));

    expect(startsMs).toEqual([0, 2000, 6000]);
    expect(result).toEqual({ success: true, api: 'tmdb', result: 'film', attempts: 3, durationMs: 6000 });
  });

  test('each attempt is told its number and gets a signal of its own', async () => {
    const attempts: number[] = [];
    const signals = new Set<AbortSignal>();
    await settled(
      new AutomatedCoordinator().coordinateApiCall('tmdb', async ({ attempt, signal }) => {
        attempts.push(attempt);
        signals.add(signal);
        throw timeout();
      }),
    );
    expect(attempts).toEqual([1, 2, 3, 4]);
    expect(signals.size).toBe(4);
    expect([...signals].every(({ aborted }) => aborted)).toBe(true);
  });

  test('the context can be copied into an options object without losing anything', async () => {
    const seen: string[] = [];
    await new AutomatedCoordinator().coordinateApiCall('tmdb', (context) => {
      seen.push(...Object.keys({ ...context }));
    });
    expect(seen.toSorted()).toEqual(['attempt', 'reportQuota', 'reportSpend', 'signal']);
  });

  test('maxRetries 0 makes one attempt', async () => {
    expect(await startsOfFailing({ maxRetries: 0 })).toEqual([0]);
  });

  test('without exponential backoff every wait is the same', async () => {
    expect(await startsOfFailing({ exponentialBackoff: false, retryDelayMs: 500 })).toEqual([0, 500, 1000, 1500]);
  });

  test('maxRetryDelayMs caps each wait', async () => {
    expect(await startsOfFailing({ maxRetryDelayMs: 3000, maxRetries: 4 })).toEqual([0, 2000, 5000, 8000, 11_000]);
  });

  test('retryDelayMs 0 retries at once', async () => {
    expect(await startsOfFailing({ retryDelayMs: 0 })).toEqual([0, 0, 0, 0]);
  });

  test('full jitter takes any part of each wait, by the given chance', async () => {
    const random = seeded(7);
    const [first = 0, second = 0, third = 0] = [random(), random(), random()];
    const waits = [Math.ceil(2000 * first), Math.ceil(4000 * second), Math.ceil(8000 * third)];
    const [a = 0, b = 0, c = 0] = waits;
    expect(await startsOfFailing({ jitter: 'full', random: seeded(7) })).toEqual([0, a, a + b, a + b + c]);
  });

  test('equal jitter takes half of each wait and any part of the other half', async () => {
    expect(await startsOfFailing({ jitter: 'equal', random: () => 0 })).toEqual([0, 1000, 3000, 7000]);
    expect(await startsOfFailing({ jitter: 'equal', random: () => 0.5 })).toEqual([0, 1500, 4500, 10_500]);
  });

  test('an unusable answer is retried once', async () => {
    const { fn, startsMs } = recorded(always(failure('API_INVALID_RESPONSE')));
    const result = await settled(new AutomatedCoordinator().coordinateApiCall('tmdb', fn));
    expect(startsMs).toEqual([0, 2000]);
    expect(result).toMatchObject({ success: false, attempts: 2, error: { code: 'API_INVALID_RESPONSE' } });
  });

  test('an unusable answer after other failures is still retried once only', async () => {
    const invalid = failure('API_INVALID_RESPONSE');
    const { fn, startsMs } = recorded(failsThenAnswers([timeout(), invalid, invalid], 'too late'));
    const result = await settled(new AutomatedCoordinator().coordinateApiCall('tmdb', fn));
    expect(startsMs).toEqual([0, 2000, 6000]);
    expect(result).toMatchObject({ success: false, error: { code: 'API_INVALID_RESPONSE' } });
  });

  test.each<ErrorCode>(['API_TIMEOUT', 'API_NETWORK', 'API_UNAVAILABLE', 'API_RATE_LIMITED'])(
    '%s is retried',
    async (code) => {
      const result = await settled(
        new AutomatedCoordinator().coordinateApiCall('tmdb', failsThenAnswers([failure(code)], 'film')),
      );
      expect(result).toMatchObject({ success: true, attempts: 2 });
    },
  );

  test.each<ErrorCode>([
    'API_QUOTA_EXHAUSTED',
    'API_UNAUTHORIZED',
    'API_FORBIDDEN',
    'API_BAD_REQUEST',
    'API_NOT_FOUND',
    'CIRCUIT_OPEN',
    'DATA_PARSE',
    'INVALID_INPUT',
    'CANCELLED',
  ])('%s is not retried', async (code) => {
    const { fn, startsMs } = recorded(always(failure(code)));
    const result = await settled(new AutomatedCoordinator().coordinateApiCall('tmdb', fn));
    expect(startsMs).toEqual([0]);
    expect(result).toMatchObject({ success: false, attempts: 1, error: { code } });
  });

  test('an error that says retryable itself wins over the default of its code', async () => {
    const stubborn = failure('API_UNAVAILABLE', { retryable: false });
    const willing = failure('API_NOT_FOUND', { retryable: true });
    const coordinator = new AutomatedCoordinator();
    const refused = await settled(coordinator.coordinateApiCall('a', failsThenAnswers([stubborn], 1)));
    const retried = await settled(coordinator.coordinateApiCall('b', failsThenAnswers([willing], 1)));
    expect(refused).toMatchObject({ success: false, attempts: 1 });
    expect(retried).toMatchObject({ success: true, attempts: 2 });
  });

  test('a function that throws before it returns a promise is retried like any other', async () => {
    let calls = 0;
    const result = await settled(
      new AutomatedCoordinator().coordinateApiCall('tmdb', () => {
        calls += 1;
        if (calls < 3) throw timeout();
        return 'plain value';
      }),
    );
    expect(result).toMatchObject({ success: true, result: 'plain value', attempts: 3 });
  });

  test('a retried call queues again at the end of its lane', async () => {
    const coordinator = new AutomatedCoordinator({ retryDelayMs: 10 });
    coordinator.configureApi('tmdb', { limits: [{ calls: 1, windowMs: 1000 }] });
    const order: string[] = [];
    const call = (name: string, errors: unknown[]) => {
      const answer = failsThenAnswers(errors, name);
      return coordinator.coordinateApiCall('tmdb', () => {
        order.push(name);
        return answer();
      });
    };
    const calls = [call('first', [timeout()]), call('second', []), call('third', [])];
    await settled(Promise.all(calls));
    expect(order).toEqual(['first', 'second', 'third', 'first']);
  });

  test('a change of the retry options acts from the next call on, not on the one under way', async () => {
    const coordinator = new AutomatedCoordinator();
    const before = recorded(always(timeout()));
    const running = coordinator.coordinateApiCall('tmdb', before.fn);
    coordinator.maxRetries = 1;
    coordinator.retryDelayMs = 100;
    const next = recorded(always(timeout()));
    const following = coordinator.coordinateApiCall('tmdb', next.fn);
    await settled(Promise.all([running, following]));
    expect(before.startsMs).toEqual([0, 2000, 6000, 14_000]);
    expect(next.startsMs).toEqual([0, 100]);
  });

  test('an attempt that hangs is given up after timeoutMs, told so by its signal, and retried', async () => {
    const reasons: unknown[] = [];
    const { fn, startsMs } = recorded(
      ({ signal }) =>
        new Promise<never>((_, reject) => {
          signal.addEventListener('abort', () => {
            reasons.push(signal.reason);
            reject(signal.reason);
          });
        }),
    );
    const result = await settled(new AutomatedCoordinator({ maxRetries: 1 }).coordinateApiCall('tmdb', fn));
    expect(startsMs).toEqual([0, 12_000]);
    expect(result).toMatchObject({ success: false, attempts: 2, durationMs: 22_000, error: { code: 'API_TIMEOUT' } });
    expect(reasons).toHaveLength(2);
    expect(reasons[0]).toHaveProperty('code', 'API_TIMEOUT');
  });

  test('a signal that is looked at only after the timeout is aborted, too', async () => {
    let late: (() => AbortSignal) | undefined;
    await settled(
      new AutomatedCoordinator({ maxRetries: 0, timeoutMs: 100 }).coordinateApiCall('tmdb', (context) => {
        late = () => context.signal;
        return new Promise(() => undefined);
      }),
    );
    expect(late?.()).toMatchObject({ aborted: true, reason: { code: 'API_TIMEOUT' } });
  });

  test('an answer that comes after its timeout counts nowhere', async () => {
    const coordinator = new AutomatedCoordinator({ maxRetries: 1, timeoutMs: 1000 });
    let calls = 0;
    const call = coordinator.coordinateApiCall('tmdb', ({ attempt }) => {
      calls += 1;
      return new Promise<string>((resolve) =>
        setTimeout(() => resolve(`answer ${attempt}`), attempt === 1 ? 1500 : 800),
      );
    });
    const result = await settled(call);
    expect(result).toMatchObject({ success: true, result: 'answer 2', attempts: 2, durationMs: 3800 });
    expect(calls).toBe(2);
    expect(coordinator.getStatistics().apiCalls).toMatchObject({ total: 1, successful: 1, failed: 0 });
    expect(coordinator.getStatistics().apiCalls.byApi.tmdb?.latency.count).toBe(2);
  });

  test('a rejection that comes after its timeout is no unhandled rejection', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const late = () => new Promise<never>((_, reject) => setTimeout(() => reject(new Error('late')), 5000));
    const result = await settled(
      new AutomatedCoordinator({ maxRetries: 0, timeoutMs: 1000 }).coordinateApiCall('tmdb', late),
    );
    vi.useRealTimers();
    await new Promise((resolve) => setImmediate(resolve)); // unhandled rejections are told between turns
    process.off('unhandledRejection', unhandled);
    expect(result).toMatchObject({ success: false, error: { code: 'API_TIMEOUT' } });
    expect(unhandled).not.toHaveBeenCalled();
  });
});
