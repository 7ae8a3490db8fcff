import { describe, expect, test, vi } from 'vitest';
import { AutomatedCoordinator } from '../../src/coordinator/automated-coordinator.js';
import { LatencyHistogram } from '../../src/coordinator/latency-histogram.js';
import type { ErrorCode } from '../../src/errors/error-code.js';
import { answersAfter, bare, coordinatorWith, failure, noon, seeded, settled, withFakeTime } from './helpers.js';

/** The exact value below which this share of the sorted durations lies. */
const percentile = (sorted: readonly number[], share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;

describe('statistics tracking', () => {
  withFakeTime();

  test('is all zero before the first call', () => {
    expect(new AutomatedCoordinator().getStatistics()).toEqual({
      apiCalls: { total: 0, successful: 0, failed: 0, successRate: 0, byApi: {} },
      databaseOperations: { total: 0, successful: 0, failed: 0, successRate: 0, byOperation: {} },
      errorCounts: {},
      spend: {
        usdToday: 0,
        usdThisMonth: 0,
        postsThisMonth: 0,
        limits: { usdPerDay: null, usdPerMonth: null, postsPerMonth: null },
      },
    });
  });

  test('counts a call once however many attempts it took, and the attempts apart', async () => {
    const coordinator = new AutomatedCoordinator();
    let failuresLeft = 2;
    await settled(
      coordinator.coordinateApiCall('tmdb', () => {
        failuresLeft -= 1;
        if (failuresLeft >= 0) throw failure('API_NETWORK');
        return answersAfter(40, 'film');
      }),
    );
    expect(coordinator.getStatistics().apiCalls).toEqual({
      total: 1,
      successful: 1,
      failed: 0,
      successRate: 100,
      byApi: {
        tmdb: {
          total: 1,
          successful: 1,
          failed: 0,
          successRate: 100,
          attempts: 3,
          retries: 2,
          waits: 0,
          waitedMs: 0,
          latency: { count: 3, meanMs: 40 / 3, p50Ms: 0, p95Ms: 40, p99Ms: 40, maxMs: 40 },
          errorCounts: {},
          circuit: 'closed',
          circuitChangedAt: null,
          quota: { remaining: 12, limit: 15, resetAtMs: noon + 60_001 },
          waiting: 0,
          active: 0,
        },
      },
    });
  });

  test('counts the durations of attempts by upper bounds', async () => {
    const coordinator = new AutomatedCoordinator();
    for (const ms of [5, 40, 40, 900])
      await settled(coordinator.coordinateApiCall('tmdb', () => answersAfter(ms, 'film')));
    expect(coordinator.attemptDurations([1, 10, 50, 1000])).toEqual({
      byApi: { tmdb: { counts: [0, 1, 3, 4], count: 4, sumMs: 985 } },
      byOperation: {},
    });
  });

  test('gives rates as percentages', async () => {
    const coordinator = new AutomatedCoordinator({ maxRetries: 0 });
    const call = (fails: boolean) =>
      coordinator.coordinateApiCall('tmdb', () => {
        if (fails) throw failure('API_NOT_FOUND');
      });
    for (const fails of [false, true, false]) await call(fails);
    expect(coordinator.getStatistics().apiCalls.successRate).toBeCloseTo(66.667, 2);
    expect(coordinator.getStatistics().apiCalls.byApi.tmdb?.errorCounts).toEqual({ API_NOT_FOUND: 1 });
  });

  test('counts waits and the time that they took', async () => {
    const coordinator = coordinatorWith({ tmdb: bare({ limits: [{ calls: 1, windowMs: 1000 }] }) });
    await settled(Promise.all([1, 2, 3].map(() => coordinator.coordinateApiCall('tmdb', () => 1))));
    expect(coordinator.getStatistics().apiCalls.byApi.tmdb).toMatchObject({ waits: 2, waitedMs: 1001 + 2002 });
  });

  test('counts no wait for a call that a running function makes while there is room', async () => {
    const coordinator = new AutomatedCoordinator();
    await coordinator.coordinateApiCall('tmdb', () => coordinator.coordinateApiCall('tmdb', () => 'inner'));
    expect(coordinator.getStatistics().apiCalls.byApi.tmdb).toMatchObject({ total: 2, attempts: 2, waits: 0 });
  });

  test('takes no wait into the latency', async () => {
    const coordinator = coordinatorWith({ tmdb: bare({ limits: [{ calls: 1, windowMs: 1000 }] }) });
    await settled(Promise.all([1, 2].map(() => coordinator.coordinateApiCall('tmdb', () => answersAfter(7, 1)))));
    expect(coordinator.getStatistics().apiCalls.byApi.tmdb?.latency).toMatchObject({ count: 2, meanMs: 7, maxMs: 7 });
  });

  test('agrees with a plain model after 3,000 mixed calls and operations', async () => {
    const random = seeded(42);
    const coordinator = new AutomatedCoordinator({ maxRetries: 2, retryDelayMs: 10 });
    const names = ['tmdb', 'twitter', 'save_run', 'find_movie'];
    for (const name of names.slice(0, 2)) coordinator.configureApi(name, { limits: [], breaker: false });
    const codes: ErrorCode[] = ['API_TIMEOUT', 'API_NOT_FOUND', 'API_NETWORK', 'DB_CONSTRAINT'];
    const model = new Map(
      names.map((name) => [name, { ok: 0, failed: 0, attempts: 0, errors: new Map<string, number>() }]),
    );
    const latencies: number[] = [];

    for (let round = 0; round < 3000; round += 1) {
      const name = names[Math.floor(random() * 4)] ?? 'tmdb';
      const plan = Array.from({ length: 3 }, () => ({
        code: random() < 0.4 ? codes[Math.floor(random() * 4)] : undefined,
        takesMs: Math.round(random() ** 3 * 900),
      }));
      const entry = model.get(name);
      if (entry === undefined) throw new Error('no such name');
      const run = async ({ attempt }: { attempt: number }) => {
        const step = plan[attempt - 1];
        if (step === undefined) throw new Error('too many attempts');
        await answersAfter(step.takesMs, null);
        entry.attempts += 1;
        if (name === 'tmdb') latencies.push(step.takesMs);
        if (step.code !== undefined) throw failure(step.code);
      };
      const isApi = name === 'tmdb' || name === 'twitter';
      const work: Promise<{ success: boolean }> = isApi
        ? coordinator.coordinateApiCall(name, run)
        : coordinator.coordinateDbOperation(name, run);
      const { success, ...rest } = await settled(work);
      const last = plan.findIndex(
        ({ code }) => code === undefined || code === 'API_NOT_FOUND' || code === 'DB_CONSTRAINT',
      );
      const decisive = plan[last === -1 ? 2 : last];
      expect(success).toBe(decisive?.code === undefined);
      if (decisive?.code === undefined) entry.ok += 1;
      else {
        entry.failed += 1;
        entry.errors.set(decisive.code, (entry.errors.get(decisive.code) ?? 0) + 1);
        expect(rest).toHaveProperty('error.code', decisive.code);
      }
    }

    const { apiCalls, databaseOperations, errorCounts } = coordinator.getStatistics();
    const sums = { ok: 0, failed: 0 };
    const allErrors: Record<string, number> = {};
    for (const [name, { ok, failed, attempts, errors }] of model) {
      expect(apiCalls.byApi[name] ?? databaseOperations.byOperation[name]).toMatchObject({
        total: ok + failed,
        successful: ok,
        failed,
        successRate: (ok / (ok + failed)) * 100,
        attempts,
        retries: attempts - ok - failed,
        errorCounts: Object.fromEntries(errors),
      });
      sums.ok += ok;
      sums.failed += failed;
      for (const [code, count] of errors) allErrors[code] = (allErrors[code] ?? 0) + count;
    }
    expect(apiCalls.successful + databaseOperations.successful).toBe(sums.ok);
    expect(apiCalls.failed + databaseOperations.failed).toBe(sums.failed);
    expect(apiCalls.total + databaseOperations.total).toBe(3000);
    expect(errorCounts).toEqual(allErrors);

    const sorted = latencies.toSorted((a, b) => a - b);
    const latency = apiCalls.byApi.tmdb?.latency;
    expect(latency?.count).toBe(sorted.length);
    expect(latency?.maxMs).toBe(sorted.at(-1));
    expect(latency?.meanMs).toBeCloseTo(sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length, 6);
    for (const [seen, share] of [
      [latency?.p50Ms, 0.5],
      [latency?.p95Ms, 0.95],
      [latency?.p99Ms, 0.99],
    ] as const) {
      const exact = percentile(sorted, share);
      expect(Math.abs((seen ?? 0) - exact)).toBeLessThanOrEqual(exact * 0.02);
    }
  });

  test('is a snapshot: later calls do not change it', async () => {
    const coordinator = new AutomatedCoordinator();
    const before = coordinator.getStatistics();
    await coordinator.coordinateApiCall('tmdb', () => 1);
    expect(before.apiCalls.total).toBe(0);
    expect(before.apiCalls.byApi).toEqual({});
  });

  test('keeps odd names apart', async () => {
    const coordinator = new AutomatedCoordinator();
    await coordinator.coordinateApiCall('__proto__', () => 1);
    await coordinator.coordinateApiCall('constructor', () => 1);
    expect(Object.keys(coordinator.getStatistics().apiCalls.byApi)).toEqual(['__proto__', 'constructor']);
  });
});

describe('statistics tracking: latency percentiles', () => {
  test.each([1, 2, 3])('are within 2 % of the sorted durations, from 1 ms to an hour (seed %i)', (seed) => {
    const random = seeded(seed);
    const histogram = new LatencyHistogram();
    const durations = Array.from({ length: 10_000 }, () => 3_600_000 ** random());
    for (const duration of durations) histogram.record(duration);
    const sorted = durations.toSorted((a, b) => a - b);
    const { p50Ms, p95Ms, p99Ms, maxMs } = histogram.summary();
    expect(maxMs).toBe(sorted.at(-1));
    for (const [seen, share] of [
      [p50Ms, 0.5],
      [p95Ms, 0.95],
      [p99Ms, 0.99],
    ] as const) {
      expect(Math.abs(seen / percentile(sorted, share) - 1)).toBeLessThanOrEqual(0.02);
    }
  });

  test('are exact for one value, and never above the longest', () => {
    const histogram = new LatencyHistogram();
    histogram.record(123);
    expect(histogram.summary()).toEqual({ count: 1, meanMs: 123, p50Ms: 123, p95Ms: 123, p99Ms: 123, maxMs: 123 });
  });

  test('take longer durations than they can tell apart', () => {
    const histogram = new LatencyHistogram();
    histogram.record(2 ** 40);
    expect(histogram.summary()).toMatchObject({ count: 1, maxMs: 2 ** 40 });
  });
});

describe('statistics tracking: the call history', () => {
  withFakeTime();

  test('tells what was called, when, and how it ended', async () => {
    const coordinator = new AutomatedCoordinator({ maxRetries: 1 });
    await settled(coordinator.coordinateApiCall('tmdb', () => answersAfter(25, 1)));
    await settled(
      coordinator.coordinateDbOperation('save_run', () => {
        throw failure('DB_CONNECTION');
      }),
    );
    expect(coordinator.callHistory()).toEqual([
      {
        kind: 'api',
        name: 'tmdb',
        startedAt: '2026-05-15T12:00:00.000Z',
        success: true,
        code: null,
        attempts: 1,
        durationMs: 25,
      },
      {
        kind: 'operation',
        name: 'save_run',
        startedAt: '2026-05-15T12:00:00.025Z',
        success: false,
        code: 'DB_CONNECTION',
        attempts: 2,
        durationMs: 2000,
      },
    ]);
  });

  test('holds the last 1,000, newest last, while the counters stay exact', async () => {
    const coordinator = coordinatorWith({ tmdb: bare() });
    for (let call = 0; call < 50_500; call += 1) {
      await coordinator.coordinateApiCall('tmdb', () => {
        if (call % 10 === 0) throw failure('API_NOT_FOUND');
      });
      if (call % 100 === 99) vi.setSystemTime(noon + call + 1);
    }
    const history = coordinator.callHistory();
    expect(history).toHaveLength(1000);
    expect(history.at(0)?.startedAt).toBe(new Date(noon + 49_500).toISOString());
    expect(history.at(-1)?.startedAt).toBe(new Date(noon + 50_400).toISOString());
    expect(history.filter(({ success }) => !success)).toHaveLength(100);
    expect(coordinator.getStatistics().apiCalls).toMatchObject({ total: 50_500, failed: 5050, successRate: 90 });
  });

  test('is a copy', async () => {
    const coordinator = new AutomatedCoordinator();
    await coordinator.coordinateApiCall('tmdb', () => 1);
    coordinator.callHistory().length = 0;
    expect(coordinator.callHistory()).toHaveLength(1);
  });
});
