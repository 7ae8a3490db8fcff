import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, test } from 'vitest';
import {
  AutomatedCoordinator,
  type CallContext,
  type Instrumentation,
  type InstrumentedScope,
  ReelflowError,
} from '../../src/index.js';
import { CollectingLogger, FakeMovieClient } from '../../src/testing/index.js';
import { rrr, setup } from './setup.js';

/** Which piece of work is current, by its path: what a host's own tracing would do. */
function ownInstrumentation() {
  const current = new AsyncLocalStorage<string>();
  const told: string[] = [];
  const scope = (name: string): InstrumentedScope<unknown> & { readonly path: string } => {
    const path = `${current.getStore() ?? ''}/${name}`;
    return {
      path,
      run: (work) => current.run(path, work),
      succeed: () => void told.push(`${path} succeeded`),
      fail: ({ code }) => void told.push(`${path} ${code}`),
    };
  };
  const instrumentation: Instrumentation = {
    startSearch: () => ({ ...scope('search'), accepted: ({ coalesced }) => void told.push(`coalesced ${coalesced}`) }),
    startRun: () => scope('run'),
    startStep: ({ name }) => scope(name),
    startCall: ({ name }) => {
      const call = scope(name);
      return {
        ...call,
        startAttempt: (attempt) => current.run(call.path, () => scope(String(attempt))),
        waiting: () => void told.push(`${call.path} waits`),
        retrying: ({ attempt, error }) => void told.push(`${call.path} retries after ${attempt}: ${error.code}`),
      };
    },
  };
  return { instrumentation, told, current };
}

describe("a host's own instrumentation", () => {
  test('hears a search, its run, each step, call and attempt, one inside the other', async () => {
    const { instrumentation, told, current } = ownInstrumentation();
    const seen: unknown[] = [];
    class Watched extends FakeMovieClient {
      override async getMovie(tmdbId: number, context: CallContext) {
        await Promise.resolve();
        seen.push(current.getStore());
        return super.getMovie(tmdbId, context);
      }
    }
    const { manager } = setup({ instrumentation, movies: new Watched({ movies: [rrr] }) });
    await manager.handleUserSearch('RRR', { maxReviews: 5 });
    await manager.close();
    expect(seen).toEqual(['/search/run/collect/tmdb/1']);
    expect(told.slice(0, 2)).toEqual(['coalesced false', '/search/run/identify/find_movie/1 succeeded']);
    for (const part of ['', '/run', '/run/identify', '/run/collect/twitter/1', '/run/store', '/run/recommend'])
      expect(told).toContain(`/search${part} succeeded`);
    expect(told.filter((line) => line === '/search/run/identify/tmdb/1 succeeded')).toHaveLength(1);
  });

  test('hears waits and retries, and an attempt is in its own call whoever lets it start', async () => {
    const { instrumentation, told, current } = ownInstrumentation();
    const coordinator = new AutomatedCoordinator({ instrumentation, retryDelayMs: 0 });
    coordinator.configureApi('busy', { limits: [], concurrency: 1 });
    const seen: unknown[] = [];
    const call = (user: string) =>
      current.run(user, () =>
        coordinator.coordinateApiCall('busy', async ({ attempt }) => {
          seen.push(current.getStore());
          if (user === 'b' && attempt === 1) throw new ReelflowError('API_UNAVAILABLE', 'down');
        }),
      );
    await Promise.all([call('a'), call('b'), call('c')]);
    await coordinator.close();
    expect([...seen].sort()).toEqual(['a/busy/1', 'b/busy/1', 'b/busy/2', 'c/busy/1']);
    expect(told).toContain('b/busy retries after 1: API_UNAVAILABLE');
    expect(told).toContain('b/busy/1 API_UNAVAILABLE');
    expect(told).toContain('b/busy/2 succeeded');
  });

  test('that throws in every hook hurts nothing, and is logged once for each', async () => {
    const broken = () => {
      throw Object.create(null);
    };
    const scope = { run: broken, succeed: broken, fail: broken, startAttempt: () => scope };
    const half = { ...scope, accepted: broken, waiting: broken, retrying: broken };
    for (const instrumentation of [
      { startSearch: broken, startRun: broken, startStep: broken, startCall: broken },
      { startSearch: () => half, startRun: () => half, startStep: () => half, startCall: () => half },
    ] satisfies Instrumentation[]) {
      const logger = new CollectingLogger();
      const { manager } = setup({ instrumentation, logger });
      const result = await manager.handleUserSearch('RRR', { maxReviews: 5 });
      await manager.close();
      expect(result).toMatchObject({ success: true, degraded: false });
      const errors = logger.lines.filter(({ level }) => level === 'error').map(({ fields }) => fields['hook']);
      expect(new Set(errors)).not.toHaveLength(0);
      expect(errors.length).toBeLessThanOrEqual(2 * 4); // the manager's and its coordinator's
    }
  });

  test('can neither swallow the work nor do it twice, nor answer later', async () => {
    const strange: Array<InstrumentedScope['run']> = [
      () => undefined as never,
      (work) => [work(), work()][1] as never,
      (work) => {
        work();
        throw new Error('after the work');
      },
      ((work: () => unknown) => Promise.resolve().then(work)) as InstrumentedScope['run'],
    ];
    for (const run of strange) {
      let made = 0;
      const scope = { run, succeed: () => undefined, fail: () => undefined };
      const coordinator = new AutomatedCoordinator({
        instrumentation: { startCall: () => ({ ...scope, startAttempt: () => scope }) },
      });
      const outcome = await coordinator.coordinateApiCall('api', async () => {
        made += 1;
        return made;
      });
      await Promise.resolve();
      expect(outcome).toMatchObject({ success: true, result: 1, attempts: 1 });
      expect(made).toBe(1);
    }
  });

  test('an async hook that rejects is logged, and floats nowhere', async () => {
    const logger = new CollectingLogger();
    const startCall = (async () => {
      throw new Error('api_key=secret');
    }) as unknown as NonNullable<Instrumentation['startCall']>;
    const coordinator = new AutomatedCoordinator({ instrumentation: { startCall }, logger });
    expect((await coordinator.coordinateApiCall('api', () => 1)).success).toBe(true);
    expect(logger.lines.map(({ message }) => message)).toEqual([
      "the instrumentation's hook 'startCall' failed: api_key=[redacted]",
    ]);
  });

  test.each([[null], [1], [{}], [[]], [{ startCall: 1 }], [{ startStep: null, startCall: () => undefined }]])(
    '%j is refused as an option',
    (given) => {
      const instrumentation = given as unknown as Instrumentation;
      const refused = expect.objectContaining({
        code: 'INVALID_OPTIONS',
        message: expect.stringContaining('startSearch, startRun, startStep, startCall'),
      });
      expect(() => new AutomatedCoordinator({ instrumentation })).toThrow(refused);
      expect(() => setup({ instrumentation })).toThrow(refused);
    },
  );
});
