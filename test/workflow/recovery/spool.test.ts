import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MemorySpool } from '../../../src/index.js';
import { injectFaults } from '../../../src/testing/index.js';
import { posts, rrr } from '../../workflow/setup.js';
import { films, LastingRepository, manage, openFile, pages, temporaryDirectory } from './setup.js';

const everyWrite = ['apply', 'createRun', 'renewLease', 'forgetReviews'] as const;
const all = { limit: 1000 };

/** A manager whose database is down until it is told otherwise. */
function broken(more: object = {}) {
  const store = new LastingRepository();
  const { port: repository, faults } = injectFaults(store);
  const spool = new MemorySpool();
  const manager = manage({ movies: films(), reviews: pages(), repository, spool, ...more });
  const events: Array<readonly [string, unknown]> = [];
  for (const name of ['storage_diverted', 'storage_recovered'] as const) {
    manager.trigger.registerTrigger(name, (data) => {
      events.push([name, data]);
    });
  }
  const fail = () =>
    faults.add(...[...everyWrite, 'health' as const].map((method) => ({ method, error: 'DB_CONNECTION' as const })));
  const mend = () => faults.clear();
  return { manager, store, spool, fail, mend, events, faults };
}

async function settled<Value>(work: Promise<Value>): Promise<Value> {
  let done = false;
  const outcome = work.finally(() => {
    done = true;
  });
  outcome.catch(() => undefined);
  while (!done) await vi.advanceTimersByTimeAsync(100);
  return outcome;
}

describe('error handling: the database cannot be written', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('a search is answered, its writes are put aside, and stored when the database answers again', async () => {
    const { manager, store, spool, fail, mend, events } = broken();
    fail();
    const result = await settled(manager.handleUserSearch('RRR', { maxReviews: 150 }));
    expect(result).toMatchObject({ success: true, degraded: true, movie: { name: 'RRR', id: '' } });
    expect(result.errors.map(({ code }) => code)).toContain('DB_CONNECTION');
    expect(result.steps.find(({ name }) => name === 'store')).toMatchObject({ status: 'degraded' });
    expect(events[0]).toEqual([
      'storage_diverted',
      { records: 1, reason: expect.objectContaining({ code: 'DB_CONNECTION' }) },
    ]);
    expect(await store.findMovie({ tmdbId: rrr.tmdbId })).toBeNull();
    expect(await spool.size()).toBeGreaterThan(3);
    mend();
    await vi.advanceTimersByTimeAsync(5000);
    expect(await spool.size()).toBe(0);
    expect(events.at(-1)).toEqual(['storage_recovered', { records: expect.any(Number) }]);
    expect(await store.findReviews(rrr.tmdbId, all)).toHaveLength(150);
    expect((await store.findReviews(rrr.tmdbId, all)).every(({ sentiment }) => sentiment !== null)).toBe(true);
    expect(await store.findRun(result.workflowId)).toMatchObject({ status: 'completed', result: { success: true } });
  });

  test('after one write that was diverted the others do not wait for the database; then they go straight again', async () => {
    const { manager, store, spool, fail, mend } = broken();
    const reviews = posts(4);
    fail();
    const first = await settled(manager.coordinateDatabaseOperations({ movie: rrr }));
    expect(first).toMatchObject({ success: false, diverted: true, errors: [{ code: 'DB_CONNECTION' }] });
    const before = manager.getAutomationStatistics().coordinatorStats.databaseOperations.total;
    const second = await manager.coordinateDatabaseOperations({ reviews: reviews.slice(0, 3) }); // no timer moves
    expect(second.diverted).toBe(true);
    expect(manager.getAutomationStatistics().coordinatorStats.databaseOperations.total).toBe(before);
    mend();
    expect(await settled(manager.replaySpool())).toEqual({ replayed: 2, remaining: 0 });
    const third = await settled(manager.coordinateDatabaseOperations({ reviews }));
    expect(third).toMatchObject({ success: true, inserted: 1, unchanged: 3 });
    expect(await spool.size()).toBe(0);
    expect((await store.findMovie({ title: 'RRR' }))?.tmdbId).toBe(rrr.tmdbId);
  });

  test('what waits is replayed in its order, also what comes while it is replayed', async () => {
    const { manager, store, fail, mend } = broken();
    fail();
    const [post] = posts(1);
    const write = (likeCount: number) => manager.coordinateDatabaseOperations({ reviews: [{ ...post, likeCount }] });
    await settled(write(1));
    vi.setSystemTime(Date.now() + 10);
    await write(2);
    mend();
    vi.setSystemTime(Date.now() + 10);
    const replay = manager.replaySpool();
    const late = write(3);
    await settled(Promise.all([replay, late]));
    await settled(manager.replaySpool());
    expect((await store.findReviews(rrr.tmdbId, all)).map(({ likeCount }) => likeCount)).toEqual([3]);
  });

  test('a write that can never be applied is set aside, and does not block the others', async () => {
    const { manager, store, spool, fail, mend } = broken();
    await spool.append({ batch: { related: { movies: [rrr], fetchedAt: 'no time at all' } } });
    fail();
    await settled(manager.coordinateDatabaseOperations({ reviews: posts(2) }));
    mend();
    expect(await settled(manager.replaySpool())).toMatchObject({ remaining: 0 });
    expect(await store.findReviews(rrr.tmdbId, all)).toHaveLength(2);
    expect(spool.rejected.map(({ reason }) => reason.code)).toEqual(['INVALID_INPUT']);
  });

  test('the database that fails again while the spool is replayed keeps the rest waiting', async () => {
    const { manager, store, spool, fail, mend } = broken();
    fail();
    await settled(manager.coordinateDatabaseOperations({ reviews: posts(1) }));
    expect(await settled(manager.replaySpool())).toEqual({ replayed: 0, remaining: 1 });
    mend();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await spool.size()).toBe(0);
    expect(await store.findReviews(rrr.tmdbId, all)).toHaveLength(1);
  });

  test('a write that takes long is given more time at each try, and stored', async () => {
    const { manager, store, spool, fail, mend, faults } = broken();
    fail();
    await settled(manager.coordinateDatabaseOperations({ reviews: posts(1) }));
    mend();
    faults.add({ method: 'apply', delayMs: 12_000 });
    expect(await settled(manager.replaySpool())).toEqual({ replayed: 0, remaining: 1 }); // within 5 s
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await spool.size()).toBe(0);
    expect(await store.findReviews(rrr.tmdbId, all)).toHaveLength(1);
  });

  test('posts are forgotten in the spool as well, and stay forgotten after the replay', async () => {
    const { manager, store, fail, mend } = broken();
    const [first, second] = posts(2);
    fail();
    await settled(manager.coordinateDatabaseOperations({ reviews: [first, second] }));
    expect(await settled(manager.forgetReviews([first?.tweetId ?? '']))).toBe(1);
    mend();
    await settled(manager.replaySpool());
    if (first === undefined) throw new Error('no post');
    const fetchedAt = new Date(Date.now() - 60_000).toISOString();
    await store.apply({ reviews: { reviews: [first], fetchedAt } }); // a copy that was under way
    expect((await store.findReviews(rrr.tmdbId, all)).map(({ tweetId }) => tweetId)).toEqual([second?.tweetId]);
  });

  test('without a spool a write that fails has failed, and is said', async () => {
    const { manager, fail, events } = broken({ spool: false });
    fail();
    const result = await settled(manager.handleUserSearch('RRR'));
    expect(result).toMatchObject({ success: true, degraded: true });
    expect(result.errors.map(({ code }) => code)).toContain('DB_CONNECTION');
    expect(events).toEqual([]);
    expect(await manager.replaySpool()).toEqual({ replayed: 0, remaining: 0 });
  });

  test('an error that says nothing of the database is not put aside', async () => {
    const { manager, spool } = broken();
    const refused = await settled(manager.coordinateDatabaseOperations({ reviews: [{ text: 'no id' }] }));
    expect(refused).toMatchObject({ success: false, rejected: 1 });
    expect(await spool.size()).toBe(0);
  });
});

describe('error handling: a spool of files', () => {
  test('what a process left is stored by the next one, before its own searches', async () => {
    const directory = await temporaryDirectory();
    const spool = { directory: join(directory, 'spool') };
    const store = await openFile(directory);
    const { port: repository, faults } = injectFaults(
      store,
      ...everyWrite.map((method) => ({ method, error: 'DB_READ_ONLY' as const })),
    );
    faults.add({ method: 'health', error: 'DB_READ_ONLY' });
    const first = manage({ movies: films(), reviews: pages(), repository, spool });
    const result = await first.handleUserSearch('RRR', { maxReviews: 120 });
    expect(result).toMatchObject({ success: true, degraded: true });
    await first.close({ graceMs: 0 });
    expect((await readdir(spool.directory)).filter((name) => name.endsWith('.jsonl'))).toHaveLength(1);

    const movies = films();
    const reviews = pages();
    const second = manage({ movies, reviews, repository: await openFile(directory), spool });
    const resumed = await second.resumePending();
    expect(resumed).toEqual([]); // it had ended, and its end was put aside with the rest
    const again = await second.handleUserSearch('RRR', { maxReviews: 120 });
    expect(again).toMatchObject({ success: true, degraded: false, sources: { movie: 'stored', reviews: 'stored' } });
    expect([movies.calls.length, reviews.calls.length]).toEqual([0, 0]);
    expect(await second.findRun(result.workflowId)).toMatchObject({ status: 'completed' });
    await second.close();
    expect((await readdir(spool.directory)).filter((name) => name.endsWith('.jsonl'))).toEqual([]);
  });

  test('is made by default for a database of its own, and only when it is needed', async () => {
    const directory = await temporaryDirectory();
    const cwd = process.cwd();
    process.chdir(directory);
    try {
      const store = await openFile(directory);
      const { port: repository, faults } = injectFaults(store);
      const manager = manage({ movies: films(), reviews: pages(), repository });
      await manager.handleUserSearch('RRR');
      expect(await readdir(directory)).not.toContain('.reelflow');
      faults.add({ method: 'apply', error: 'DB_STORAGE_FULL' }, { method: 'health', error: 'DB_STORAGE_FULL' });
      expect(await manager.coordinateDatabaseOperations({ reviews: posts(1) })).toMatchObject({ diverted: true });
      expect(await readdir(join(directory, '.reelflow', 'spool'))).toEqual([store.identity]);
      faults.clear();
      expect(await manager.replaySpool()).toEqual({ replayed: 1, remaining: 0 });
    } finally {
      process.chdir(cwd);
    }
  });
});
