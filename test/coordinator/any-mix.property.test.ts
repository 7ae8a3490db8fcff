import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { AutomatedCoordinator } from '../../src/coordinator/automated-coordinator.js';
import type { ApiPolicy } from '../../src/ports/api-policy.js';
import { bare, failure, mostInWindow, withFakeTime } from './helpers.js';

/** How one attempt ends: after so many milliseconds, well or not. */
type Step = { readonly takesMs: number } & (
  | { readonly ends: 'well' | 'with a server error' | 'never' | 'at once, thrown' }
  | { readonly ends: 'with a push-back'; readonly retryAfterMs: number }
);

interface Plan {
  readonly gapMs: number;
  readonly priority: 'interactive' | 'background';
  readonly steps: readonly Step[];
  readonly deadlineMs: number | undefined;
  readonly abortAfterMs: number | undefined;
}

const milliseconds = (max: number) => fc.integer({ min: 0, max });
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.record({ takesMs: milliseconds(300), ends: fc.constant('well' as const) }), weight: 6 },
  {
    arbitrary: fc.record({
      takesMs: milliseconds(300),
      ends: fc.constantFrom('with a server error' as const, 'never' as const, 'at once, thrown' as const),
    }),
    weight: 3,
  },
  {
    arbitrary: fc.record({
      takesMs: milliseconds(300),
      ends: fc.constant('with a push-back' as const),
      retryAfterMs: milliseconds(900),
    }),
    weight: 1,
  },
);
const sometimes = (max: number) => fc.option(fc.integer({ min: 1, max }), { nil: undefined, freq: 3 });
const plan: fc.Arbitrary<Plan> = fc.record({
  gapMs: fc.oneof(fc.constant(0), milliseconds(150)),
  priority: fc.constantFrom('interactive' as const, 'background' as const),
  steps: fc.array(step, { minLength: 3, maxLength: 3 }),
  deadlineMs: sometimes(3000),
  abortAfterMs: sometimes(2000),
});
const limit = fc.record({ calls: fc.integer({ min: 1, max: 6 }), windowMs: fc.integer({ min: 50, max: 800 }) });
const policy = fc.record({
  limits: fc.array(limit, { maxLength: 2 }),
  concurrency: fc.integer({ min: 1, max: 5 }),
  pace: fc.option(fc.record({ calls: fc.integer({ min: 1, max: 5 }), perMs: fc.integer({ min: 20, max: 200 }) }), {
    nil: undefined,
  }),
});
type RandomPolicy = typeof policy extends fc.Arbitrary<infer Value> ? Value : never;

async function play(rules: RandomPolicy, plans: readonly Plan[]) {
  const coordinator = new AutomatedCoordinator({ retryDelayMs: 100, timeoutMs: 400, maxRetries: 2 });
  const { pace, ...rest } = rules;
  const configured: ApiPolicy = bare({ ...rest, ...(pace === undefined ? {} : { pace }), retry: { maxRetries: 2 } });
  coordinator.configureApi('api', configured);
  const startsMs: number[] = [];
  let active = 0;
  let mostActive = 0;

  const attempt = ({ takesMs, ...how }: Step, signal: AbortSignal) => {
    startsMs.push(performance.now());
    if (how.ends === 'at once, thrown') throw failure('API_NETWORK');
    active += 1;
    mostActive = Math.max(mostActive, active);
    return new Promise<string>((resolve, reject) => {
      const end = (settle: () => void) => {
        active -= 1;
        clearTimeout(timer);
        signal.removeEventListener('abort', abort);
        settle();
      };
      const abort = () => end(() => reject(signal.reason));
      signal.addEventListener('abort', abort);
      const timer = setTimeout(() => {
        if (how.ends === 'well') end(() => resolve('film'));
        if (how.ends === 'with a server error') end(() => reject(failure('API_UNAVAILABLE')));
        if (how.ends === 'with a push-back')
          end(() => reject(failure('API_RATE_LIMITED', { retryAfterMs: how.retryAfterMs })));
      }, takesMs);
    });
  };

  const calls = [];
  for (const { gapMs, priority, steps, deadlineMs, abortAfterMs } of plans) {
    await vi.advanceTimersByTimeAsync(gapMs);
    const controller = new AbortController();
    if (abortAfterMs !== undefined) setTimeout(() => controller.abort(), abortAfterMs);
    const options = { priority, deadlineMs, signal: controller.signal };
    calls.push(
      coordinator.coordinateApiCall(
        'api',
        (context) => attempt(steps[context.attempt - 1] ?? { takesMs: 0, ends: 'well' }, context.signal),
        options,
      ),
    );
  }
  await vi.runAllTimersAsync();
  return { coordinator, results: await Promise.all(calls), startsMs, active, mostActive: () => mostActive };
}

describe('API coordination with retries: any mix of limits, cap, pace, failures, push-backs, aborts and deadlines', () => {
  withFakeTime();

  test('every call ends, in its time, and nothing is broken or left behind', async () => {
    await fc.assert(
      fc.asyncProperty(policy, fc.array(plan, { minLength: 1, maxLength: 25 }), async (rules, plans) => {
        const { coordinator, results, startsMs, active, mostActive } = await play(rules, plans);

        for (const { calls, windowMs } of rules.limits) {
          expect(mostInWindow(startsMs, windowMs)).toBeLessThanOrEqual(calls);
        }
        expect(mostActive()).toBeLessThanOrEqual(rules.concurrency);
        expect(active).toBe(0);
        expect(vi.getTimerCount()).toBe(0);

        for (const [index, { deadlineMs, abortAfterMs, steps }] of plans.entries()) {
          const result = results[index];
          if (result === undefined) throw new Error('a call is missing');
          expect(result.durationMs).toBeLessThanOrEqual(Math.min(deadlineMs ?? Infinity, abortAfterMs ?? Infinity));
          if (result.success) expect(steps[result.attempts - 1]?.ends).toBe('well');
          else if (result.error.code === 'CANCELLED') expect(result.durationMs).toBe(abortAfterMs);
          else if (deadlineMs === undefined) expect(result.attempts).toBe(3);
        }

        const { apiCalls, errorCounts } = coordinator.getStatistics();
        const successful = results.filter(({ success }) => success).length;
        expect(apiCalls).toMatchObject({ total: plans.length, successful, failed: plans.length - successful });
        expect(apiCalls.byApi.api).toMatchObject({ attempts: startsMs.length, active: 0, waiting: 0 });
        expect(apiCalls.byApi.api?.latency.count).toBe(startsMs.length);
        expect(Object.values(errorCounts).reduce((sum, count) => sum + count, 0)).toBe(plans.length - successful);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
