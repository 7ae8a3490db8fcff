import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MemoryRepository, MemorySpool, type Repository } from '../../src/index.js';
import { setup } from './setup.js';
import { settled } from './turning-clock.js';

const roundTripMs = 40;

/** A healthy server, as far away as that; `hangs`: it answers no more. */
function distant(state: { hangs: boolean; tripMs?: number }, store = new MemoryRepository()): Repository {
  return new Proxy<Repository>(store, {
    get(target, name) {
      if (name === 'isVolatile') return false;
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || name === 'catalogue') {
        return typeof value === 'function' ? value.bind(target) : value;
      }
      return async (...parameters: unknown[]) => {
        await new Promise<void>((resolve) => void (state.hangs || setTimeout(resolve, state.tripMs ?? roundTripMs)));
        return Reflect.apply(value, target, parameters);
      };
    },
  });
}

describe('a search that meets its own deadline', () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 4, 15, 12) }));
  afterEach(() => void vi.useRealTimers());

  test.each([1, 10, 50, 100])(
    'of %i ms: its writes are stored, and other searches hear nothing of it',
    async (deadlineMs) => {
      const { manager } = setup({ repository: distant({ hangs: false }), spool: new MemorySpool() });
      const diverted = vi.fn();
      manager.trigger.registerTrigger('storage_diverted', diverted);
      const hasty = manager.handleUserSearch('RRR', { deadlineMs });
      const beside = manager.handleUserSearch('Up');
      const [first, second] = await settled(Promise.all([hasty, beside]));
      const after = await settled(manager.handleUserSearch('Baahubali: The Beginning'));
      expect([first.degraded, second.degraded, after.degraded]).toEqual([true, false, false]);
      expect([second.success, after.success]).toEqual([true, true]);
      expect(diverted).not.toHaveBeenCalled();
      expect(manager.getAutomationStatistics().storage.diverted).toBe(0);
      await settled(manager.close());
    },
  );

  test('asks no API, and pays for nothing, once the time for them is over', async () => {
    const repository = new MemoryRepository();
    const known = setup({ repository });
    await settled(known.manager.handleUserSearch('RRR'));
    vi.setSystemTime(Date.now() + 7 * 24 * 3_600_000); // all of it is stale
    const slow = setup({ repository: distant({ hangs: false }, repository) });
    const result = await settled(slow.manager.handleUserSearch('RRR', { deadlineMs: roundTripMs + 5 }));
    expect(result).toMatchObject({ degraded: true, cost: { apiCalls: {}, estimatedUsd: 0 } });
    expect(result.errors).toContainEqual({
      code: 'API_TIMEOUT',
      message: 'twitter was not asked: no time was left before the deadline',
      step: 'collect',
      api: 'twitter',
    });
    expect([slow.movies.calls, slow.reviews.calls]).toEqual([[], []]);
  });

  test('on a database that hangs: it waits for one write at most, and everything is put aside', async () => {
    const spool = new MemorySpool();
    const { manager } = setup({ repository: distant({ hangs: true }), spool });
    const result = await settled(manager.handleUserSearch('RRR', { deadlineMs: 10 }));
    expect(result.degraded).toBe(true);
    // The deadline, 2 s for the write, and 1 ms for each read that comes too late, on the fake clock.
    expect(Date.now() - Date.parse(result.startedAt)).toBeLessThan(2100);
    expect(await spool.size()).toBeGreaterThan(0);
  });
});

describe('a long search on a busy database', () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 4, 15, 12) }));
  afterEach(() => void vi.useRealTimers());

  test('keeps what it has bought late, too: each write has a time of its own', async () => {
    const spool = new MemorySpool();
    const { manager } = setup({ repository: distant({ hangs: false, tripMs: 3000 }), spool });
    const result = await settled(manager.handleUserSearch('RRR', { maxReviews: 150 }));
    expect(result).toMatchObject({ degraded: false, analysis: { reviewsAnalyzed: 150 } });
    expect(result.durationMs).toBeGreaterThan(15_000);
    expect(manager.getAutomationStatistics().storage.diverted).toBe(0);
    expect(await spool.size()).toBe(0);
  });
});
