import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { MemoryRepository, MemoryResponseCache, MemorySpool, ReelflowError } from '../../src/index.js';
import { FakeMovieClient, injectFaults } from '../../src/testing/index.js';
import { setup } from './setup.js';
import { settled } from './turning-clock.js';

const noon = Date.UTC(2026, 4, 15, 12);
const at = (ms: number) => new Date(noon + ms).toISOString();
const gone = new ReelflowError('DB_CONNECTION', 'the connection was lost');

describe('the status of a manager', () => {
  beforeEach(() => void vi.useFakeTimers({ now: noon }));
  afterEach(() => void vi.useRealTimers());

  test('is ready when everything works', async () => {
    const { manager } = setup({ spool: new MemorySpool() });
    expect(await manager.getStatus()).toEqual({
      at: at(0),
      ready: true,
      degraded: false,
      down: [],
      storage: { diverting: false, spooled: 0, quarantined: 0 },
    });
  });

  test('says since when the database is down, and is ready while a spool takes the writes', async () => {
    const { port, faults } = injectFaults(new MemoryRepository());
    const { manager } = setup({ repository: port, spool: new MemorySpool(), coordinator: { maxRetries: 0 } });
    faults.add({ method: 'apply', error: gone });
    faults.add({ method: 'createRun', error: gone });
    faults.add({ method: 'health', error: gone });
    await settled(manager.handleUserSearch('RRR'));
    const divertedAt = (await manager.getStatus()).down[0]?.since;
    await vi.advanceTimersByTimeAsync(60_000);
    const status = await manager.getStatus();
    expect(status).toMatchObject({
      ready: true,
      degraded: true,
      down: [{ part: 'database', since: divertedAt, error: { code: 'DB_CONNECTION' } }],
      storage: { diverting: true },
    });
    expect(status.storage.spooled).toBeGreaterThan(0);
    expect(manager.getAutomationStatistics().storage.diverted).toBeGreaterThan(0);
    faults.clear();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await manager.getStatus()).toMatchObject({ ready: true, down: [], storage: { spooled: 0 } });
    const { storage } = manager.getAutomationStatistics();
    expect(storage.recovered).toBe(storage.diverted);
  });

  test('is not ready without database and without spool', async () => {
    const { port, faults } = injectFaults(new MemoryRepository());
    const { manager } = setup({ repository: port, spool: false });
    faults.add({ method: 'health', error: gone });
    expect(await manager.getStatus()).toMatchObject({ ready: false, down: [{ part: 'database' }] });
  });

  test('does not wait for a database that says nothing', async () => {
    const { port, faults } = injectFaults(new MemoryRepository());
    const { manager } = setup({ repository: port });
    faults.add({ method: 'health', hang: true });
    const status = manager.getStatus();
    await vi.advanceTimersByTimeAsync(2000);
    expect(await status).toMatchObject({ ready: false, down: [{ part: 'database', error: { code: 'DB_TIMEOUT' } }] });
  });

  test('names an API whose breaker is open, since when', async () => {
    const { manager } = setup();
    manager.coordinator.configureApi('tmdb', { limits: [], retry: { maxRetries: 0 }, breaker: { minimumAttempts: 1 } });
    await settled(manager.coordinator.coordinateApiCall('tmdb', () => Promise.reject(new TypeError('fetch failed'))));
    await vi.advanceTimersByTimeAsync(5000);
    expect(await manager.getStatus()).toMatchObject({
      ready: true,
      degraded: true,
      down: [{ part: 'api:tmdb', since: at(0), error: null }],
    });
    expect(manager.getAutomationStatistics().coordinatorStats.apiCalls.byApi['tmdb']?.circuitChangedAt).toBe(at(0));
  });

  test('names a cache that does not work, until it does again', async () => {
    const { port, faults } = injectFaults(new MemoryResponseCache());
    const { manager } = setup({ cache: port });
    faults.add({ method: 'get', error: new Error('no memory') });
    await settled(manager.handleUserSearch('RRR'));
    const status = await manager.getStatus();
    expect(status).toMatchObject({ degraded: true, down: [{ part: 'cache' }] });
    expect(manager.getAutomationStatistics().cache.failures).toBe(1);
    faults.clear();
    await vi.advanceTimersByTimeAsync(2000);
    await settled(manager.handleUserSearch('RRR', { collectNewData: true }));
    await vi.advanceTimersByTimeAsync(1000);
    expect((await manager.getStatus()).down).toEqual([]);
  });

  test('shares one look among all who ask within a second', async () => {
    const { port, faults } = injectFaults(new MemoryRepository());
    const { manager } = setup({ repository: port });
    await Promise.all([manager.getStatus(), manager.getStatus(), manager.getStatus()]);
    expect(faults.calls['health']).toBe(1);
    await vi.advanceTimersByTimeAsync(1000);
    await manager.getStatus();
    expect(faults.calls['health']).toBe(2);
  });

  test('is refused by a closed manager, whose signal says that it closes', async () => {
    const { manager } = setup();
    expect(manager.closing.aborted).toBe(false);
    await manager.close();
    expect(manager.closing.reason).toMatchObject({ code: 'CLOSED' });
    await expect(manager.getStatus()).rejects.toMatchObject({ code: 'CLOSED' });
  });

  test('counts the answers of the cache', async () => {
    const movies = new FakeMovieClient();
    const { manager } = setup({ movies });
    await settled(manager.handleUserSearch('RRR'));
    await settled(manager.handleUserSearch('RRR'));
    const { hits, misses, stale, failures } = manager.getAutomationStatistics().cache;
    expect({ hits: hits > 0, misses: misses > 0, stale, failures }).toEqual({
      hits: true,
      misses: true,
      stale: 0,
      failures: 0,
    });
  });
});
