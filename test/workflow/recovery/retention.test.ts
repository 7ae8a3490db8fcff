import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CollectingLogger, injectFaults } from '../../../src/testing/index.js';
import { posts, rrr } from '../setup.js';
import { films, LastingRepository, manage, openFile, pages, temporaryDirectory } from './setup.js';

const day = 86_400_000;
const all = { limit: 1000 };

describe('database coordination: how long data is kept', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('films go after 180 days, texts after 30, ids and scores stay', async () => {
    const repository = new LastingRepository();
    const manager = manage({ movies: films(), reviews: pages(), repository, spool: false });
    await manager.handleUserSearch('RRR', { maxReviews: 20 });
    vi.setSystemTime(Date.now() + 29 * day);
    const nothing = { moviesDropped: 0, reviewTextsDropped: 0, quarantineDropped: 0, runsDropped: 0 };
    expect(await manager.sweepRetention()).toEqual(nothing);
    vi.setSystemTime(Date.now() + 2 * day);
    expect(await manager.sweepRetention()).toEqual({ ...nothing, reviewTextsDropped: 20 });
    const kept = await repository.findReviews(rrr.tmdbId, all);
    expect(kept.every(({ text, tweetId, sentiment }) => text === '' && tweetId !== '' && sentiment !== null)).toBe(
      true,
    );
    vi.setSystemTime(Date.now() + 150 * day);
    expect(await manager.sweepRetention()).toMatchObject({ moviesDropped: expect.any(Number), runsDropped: 1 });
    expect(await repository.findMovie({ tmdbId: rrr.tmdbId })).toBeNull();
    expect(await repository.findReviews(rrr.tmdbId, all)).toHaveLength(20);
  });

  test('a film that was fetched anew stays', async () => {
    const repository = new LastingRepository();
    const manager = manage({ movies: films(), reviews: pages(), repository, spool: false });
    await manager.handleUserSearch('RRR');
    vi.setSystemTime(Date.now() + 170 * day);
    await manager.handleUserSearch('RRR', { collectNewData: true });
    vi.setSystemTime(Date.now() + 20 * day);
    await manager.sweepRetention();
    expect(await repository.findMovie({ tmdbId: rrr.tmdbId })).not.toBeNull();
  });

  test('the host chooses its own times, and Infinity keeps for ever', async () => {
    const repository = new LastingRepository();
    const retention = { movieMs: Number.POSITIVE_INFINITY, reviewTextMs: 1000 };
    const manager = manage({ movies: films(), reviews: pages(), repository, spool: false, retention });
    await manager.handleUserSearch('RRR');
    vi.setSystemTime(Date.now() + 1000 * day);
    expect(await manager.sweepRetention()).toMatchObject({ moviesDropped: 0, reviewTextsDropped: 10, runsDropped: 1 });
  });

  test('a search sets the sweep off once an hour, and a failure of it harms nobody', async () => {
    const { port: repository, faults } = injectFaults(new LastingRepository(), {
      method: 'sweep',
      call: 1,
      error: 'DB_READ_ONLY',
    });
    const logger = new CollectingLogger();
    const manager = manage({ movies: films(), reviews: pages(), repository, spool: false, logger });
    await manager.handleUserSearch('RRR');
    expect(faults.calls['sweep'] ?? 0).toBe(0);
    for (const sweeps of [1, 2]) {
      await vi.advanceTimersByTimeAsync(3_600_000);
      expect(await manager.handleUserSearch('RRR')).toMatchObject({ success: true });
      await manager.handleUserSearch('RRR');
      await vi.advanceTimersByTimeAsync(1000);
      expect(faults.calls['sweep']).toBe(sweeps);
    }
    expect(logger.lines.filter(({ message }) => message.includes('the retention sweep failed'))).toHaveLength(1);
    await manager.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('database coordination: posts that must be forgotten', () => {
  test('go from database, run records and quarantine, and do not come back', async () => {
    const directory = await temporaryDirectory();
    const repository = await openFile(directory);
    const [first, second] = posts(2);
    const bad = { ...first, text: '' };
    const manager = manage({ movies: films(), reviews: pages(), repository });
    await manager.coordinateDatabaseOperations({ movie: rrr, reviews: [first, second, bad] });
    await repository.createRun({
      ...{ workflowId: 'cut', status: 'running', movieName: 'RRR', options: {}, steps: [], result: null },
      ...{ startedAt: new Date().toISOString(), finishedAt: null },
    });
    const payload = JSON.stringify({ page: { reviews: [first] } });
    await repository.apply({ checkpoints: [{ workflowId: 'cut', step: 'collect', key: 'page:1:twitter', payload }] });
    expect(await manager.listQuarantine()).toHaveLength(1);

    expect(await manager.forgetReviews([first?.tweetId ?? '', '123'])).toBe(1);
    expect((await repository.findReviews(rrr.tmdbId, all)).map(({ tweetId }) => tweetId)).toEqual([second?.tweetId]);
    expect(await manager.listQuarantine()).toEqual([]);
    const [claimed] = await repository.claimRuns('test', 1000);
    expect(claimed?.checkpoints).toEqual([]);
  });

  test('bad ids are refused', async () => {
    const manager = manage({ movies: films(), reviews: pages(), repository: new LastingRepository(), spool: false });
    await expect(manager.forgetReviews('123' as never)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(manager.forgetReviews([123] as never)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await manager.forgetReviews([])).toBe(0);
  });
});
