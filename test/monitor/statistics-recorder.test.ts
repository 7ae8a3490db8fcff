import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { StatisticsRecorder } from '../../src/index.js';
import { setup } from '../workflow/setup.js';
import { settled } from '../workflow/turning-clock.js';

const noon = Date.UTC(2026, 4, 15, 12);

describe('the recorder of statistics', () => {
  beforeEach(() => void vi.useFakeTimers({ now: noon }));
  afterEach(() => void vi.useRealTimers());

  test('takes a sample at once and one in each interval, and keeps the newest', async () => {
    const { manager } = setup();
    const recorder = new StatisticsRecorder(manager, { intervalMs: 1000, keep: 3 });
    await vi.advanceTimersByTimeAsync(4500);
    const times = recorder.samples().map(({ at }) => Date.parse(at) - noon);
    expect(times).toEqual([2000, 3000, 4000]);
    recorder.close();
  });

  test('shows what happened between two samples', async () => {
    const { manager } = setup();
    const recorder = new StatisticsRecorder(manager, { intervalMs: 60_000 });
    const before = await recorder.sample();
    await settled(manager.handleUserSearch('RRR'));
    const after = await recorder.sample();
    expect(before.statistics.performance.completed).toBe(0);
    expect(after.statistics.performance.completed).toBe(1);
    expect(after.status).toMatchObject({ ready: true });
    expect(after.statistics).not.toHaveProperty('recentTriggers');
    recorder.close();
  });

  test('tells its listeners of each sample until they leave', async () => {
    const { manager } = setup();
    const recorder = new StatisticsRecorder(manager);
    await vi.advanceTimersByTimeAsync(0);
    const heard: string[] = [];
    const leave = recorder.subscribe(({ at }) => heard.push(at));
    const sample = await recorder.sample();
    leave();
    await recorder.sample();
    expect(heard).toEqual([sample.at]);
    recorder.close();
  });

  test('ends when the manager closes, and still gives what it took', async () => {
    const { manager } = setup();
    const recorder = new StatisticsRecorder(manager, { intervalMs: 1000 });
    await vi.advanceTimersByTimeAsync(1500);
    await settled(manager.close());
    await vi.advanceTimersByTimeAsync(10_000);
    expect(recorder.samples()).toHaveLength(2);
    expect(await recorder.sample()).toMatchObject({ status: null });
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    [{ intervalMs: 0 }, /intervalMs must be/],
    [{ intervalMs: Number.NaN }, /intervalMs must be/],
    [{ keep: 0 }, /keep must be/],
    [{ keep: 1.5 }, /keep must be/],
  ])('refuses %o', (options, message) => {
    const { manager } = setup();
    expect(() => new StatisticsRecorder(manager, options)).toThrow(message);
  });
});
