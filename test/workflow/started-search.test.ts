import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { AutomatedWorkflowManager, MemoryRepository, ReelflowError } from '../../src/index.js';
import { FakeMovieClient, FakeReviewClient } from '../../src/testing/index.js';
import { posts, rrr, type SetupOptions, setup } from './setup.js';

function managed(options: SetupOptions = {}) {
  const made = setup(options);
  onTestFinished(() => made.manager.close());
  return made;
}

describe('a search that is started', () => {
  test('has the id of its run before the run has begun', async () => {
    const { manager } = managed();
    const started: string[] = [];
    manager.trigger.registerTrigger('workflow_started', ({ workflowId }) => started.push(workflowId));
    const handle = await manager.startUserSearch('RRR');
    expect(handle).toMatchObject({ coalesced: false });
    const result = await handle.result;
    expect(result.workflowId).toBe(handle.workflowId);
    expect(started).toEqual([handle.workflowId]);
    expect(await manager.findRun(handle.workflowId)).toMatchObject({ status: 'completed' });
  });

  test('that joins another says so, and whose run it is', async () => {
    const { manager } = managed();
    const [first, second] = await Promise.all([manager.startUserSearch('RRR'), manager.startUserSearch('rrr')]);
    expect(second).toMatchObject({ workflowId: first.workflowId, coalesced: true });
    expect(await second.result).toMatchObject({ workflowId: first.workflowId, coalesced: true });
  });

  test('waits for its turn under the id that it was given', async () => {
    const { manager } = managed({ maxConcurrentWorkflows: 1 });
    const [first, second] = await Promise.all([manager.startUserSearch('RRR'), manager.startUserSearch('Up')]);
    expect((await second.result).workflowId).toBe(second.workflowId);
    expect((await first.result).workflowId).toBe(first.workflowId);
  });

  test('is refused at once for a name that cannot be searched', async () => {
    const { manager } = managed();
    await expect(manager.startUserSearch('  ')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('may be left alone: an abort that nobody hears is no unhandled rejection', async () => {
    const { manager } = managed();
    const controller = new AbortController();
    const { result } = await manager.startUserSearch('RRR', { signal: controller.signal });
    controller.abort();
    await expect(result).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  test("has the id of its result where the workflow is the host's own", async () => {
    const { manager } = managed();
    const result = await manager.handleUserSearch('RRR');
    const own = new AutomatedWorkflowManager({
      movies: new FakeMovieClient(),
      reviews: new FakeReviewClient(),
      repository: new MemoryRepository(),
      workflow: async () => ({ ...result, workflowId: 'mine' }),
    });
    onTestFinished(() => own.close());
    expect(await own.startUserSearch('RRR')).toMatchObject({ workflowId: 'mine', coalesced: false });
  });
});

test('a result is let go of, though the history remembers its search', async () => {
  const { manager } = managed();
  const results: Array<WeakRef<object>> = [];
  for (let count = 0; count < 5; count += 1) results.push(new WeakRef(await manager.handleUserSearch('RRR')));
  setFlagsFromString('--expose-gc');
  const gc: () => void = runInNewContext('gc');
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    gc();
  }
  expect(manager.trigger.history).toHaveLength(5);
  expect(results.filter((result) => result.deref() !== undefined)).toEqual([]);
});

describe('the events of calls', () => {
  test('name the run that the call belongs to', async () => {
    const movies = new FakeMovieClient({ movies: [rrr] });
    movies.onSearch({ error: new ReelflowError('API_UNAVAILABLE', 'busy') });
    const { manager } = managed({ movies, coordinator: { retryDelayMs: 1 } });
    const seen: unknown[] = [];
    manager.trigger.registerTrigger('retry_scheduled', ({ api, workflowId }) => seen.push([api, workflowId]));
    const { workflowId } = await manager.handleUserSearch('RRR');
    expect(seen).toEqual([[movies.name, workflowId]]);
  });

  test('name none where a host makes a call of its own', async () => {
    const { manager } = managed({ coordinator: { retryDelayMs: 1, maxRetries: 1 } });
    const seen: unknown[] = [];
    manager.trigger.registerTrigger('retry_scheduled', (data) => seen.push('workflowId' in data));
    await manager.coordinator.coordinateDbOperation('mine', () => Promise.reject(new TypeError('fetch failed')));
    expect(seen).toEqual([false]);
  });
});

describe('a stored film', () => {
  test('comes with its newest posts and asks nobody', async () => {
    const { manager, movies, reviews } = managed({ reviews: new FakeReviewClient({ reviews: posts(5) }) });
    await manager.handleUserSearch('RRR');
    const before = movies.calls.length + reviews.calls.length;
    const found = await manager.findStoredMovie(rrr.tmdbId, { reviews: 3 });
    expect(found?.movie).toMatchObject({ tmdbId: rrr.tmdbId, title: 'RRR' });
    expect(found?.reviews).toHaveLength(3);
    expect(found?.reviews[0]?.sentiment).toMatchObject({ label: 'positive' });
    expect((await manager.findStoredMovie(rrr.tmdbId))?.reviews).toEqual([]);
    expect(movies.calls.length + reviews.calls.length).toBe(before);
  });

  test('is null when it is not stored', async () => {
    const { manager } = managed();
    expect(await manager.findStoredMovie(1)).toBeNull();
  });

  test.each([
    [0, {}],
    [1.5, {}],
    [1, { reviews: -1 }],
    [1, { reviews: 1001 }],
  ])('is refused for what cannot be: %s %o', async (tmdbId, options) => {
    const { manager } = managed();
    await expect(manager.findStoredMovie(tmdbId, options)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
