import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SlidingLog } from '../../src/resilience/sliding-log.js';

const now = () => performance.now();
const startAndEnd = (log: SlidingLog, times = 1) => {
  for (let index = 0; index < times; index += 1) log.start(now()).end();
};

describe('the sliding log', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('frees a place one window and the guard after the attempt ended', () => {
    const log = new SlidingLog([{ calls: 1, windowMs: 1000 }]);
    const place = log.start(now());
    vi.advanceTimersByTime(100);
    place.end();
    expect(log.readyAtMs(now())).toBe(now() + 1001);
  });

  test('counts an attempt that takes long from its start plus the skew, not from its end', () => {
    const log = new SlidingLog([{ calls: 1, windowMs: 1000 }]);
    const startedAtMs = now();
    log.start(startedAtMs);
    vi.advanceTimersByTime(600);
    expect(log.readyAtMs(now())).toBe(startedAtMs + 250 + 1000 + 1);
  });

  test('holds every window wherever the provider saw the attempts, between start and end', () => {
    const log = new SlidingLog([{ calls: 2, windowMs: 1000 }]);
    const seenAtMs: number[] = [];
    for (let attempt = 0; attempt < 40; attempt += 1) {
      vi.advanceTimersByTime(Math.max(0, Math.ceil(log.readyAtMs(now()) - now())));
      const place = log.start(now());
      vi.advanceTimersByTime((attempt * 37) % 240); // it arrives late in its flight
      seenAtMs.push(now());
      place.end();
    }
    for (const [index, atMs] of seenAtMs.entries()) {
      expect(seenAtMs.slice(0, index + 1).filter((other) => other > atMs - 1000).length).toBeLessThanOrEqual(2);
    }
  });

  test('keeps its order when a short attempt ends after a long one was counted by its skew', () => {
    const log = new SlidingLog([{ calls: 2, windowMs: 1000 }]);
    const startedAtMs = now();
    log.start(startedAtMs); // never ends: counted at 250 ms
    const short = log.start(now());
    vi.advanceTimersByTime(240);
    short.end(); // counted at 240 ms
    vi.advanceTimersByTime(60);
    expect([0, 1].map((ahead) => log.readyAtMs(now(), ahead) - startedAtMs)).toEqual([1241, 1251]);
    const other = new SlidingLog([{ calls: 2, windowMs: 1000 }]);
    const beganMs = now();
    other.start(beganMs); // counted at 250 ms, although nobody looks until 300 ms
    const late = other.start(now());
    vi.advanceTimersByTime(300);
    late.end();
    expect([0, 1].map((ahead) => other.readyAtMs(now(), ahead) - beganMs)).toEqual([1251, 1251]);
  });

  test('counts earlier starts under a longer window that is set later', () => {
    const log = new SlidingLog([{ calls: 5, windowMs: 1000 }]);
    const startedAtMs = now();
    startAndEnd(log, 5);
    vi.advanceTimersByTime(5000);
    log.setLimits([{ calls: 5, windowMs: 60_000 }]);
    expect(log.readyAtMs(now())).toBe(startedAtMs + 60_001);
  });

  test('counts starts made without a limit under one that is set later', () => {
    const log = new SlidingLog([]);
    startAndEnd(log, 3);
    log.setLimits([{ calls: 3, windowMs: 1000 }]);
    expect(log.readyAtMs(now())).toBe(now() + 1001);
    expect(log.remaining(now())).toEqual({ remaining: 0, limit: 3, nextFreeAtMs: now() + 1001 });
  });

  test('never allows too many after forgetting: a limit larger than its memory waits for what it cannot know', () => {
    const log = new SlidingLog([{ calls: 1000, windowMs: 10 }]);
    for (let burst = 0; burst < 5; burst += 1) {
      startAndEnd(log, 1000);
      vi.advanceTimersByTime(20);
    }
    log.setLimits([{ calls: 4000, windowMs: 60_000 }]); // 5,000 starts lie in that window, 1,024 are remembered
    expect(log.readyAtMs(now())).toBeGreaterThan(now() + 59_000);
  });

  test('says when later starts can be made: the places in the order in which they become free', () => {
    const log = new SlidingLog([{ calls: 2, windowMs: 1000 }]);
    const firstMs = now();
    startAndEnd(log);
    vi.advanceTimersByTime(300);
    startAndEnd(log);
    expect([0, 1, 2, 3].map((ahead) => log.readyAtMs(now(), ahead) - firstMs)).toEqual([1001, 1301, 2002, 2302]);
  });

  test('holds several limits at once; the tightest decides', () => {
    const log = new SlidingLog([
      { calls: 10, windowMs: 60_000 },
      { calls: 2, windowMs: 1000 },
    ]);
    startAndEnd(log, 2);
    expect(log.remaining(now())).toMatchObject({ remaining: 0, limit: 2 });
    vi.advanceTimersByTime(1001);
    expect(log.readyAtMs(now())).toBeLessThanOrEqual(now());
    expect(log.remaining(now())).toMatchObject({ remaining: 2, limit: 2 });
  });

  test('has no quota to tell where there is no limit', () => {
    expect(new SlidingLog([]).remaining(now())).toBeNull();
    expect(new SlidingLog([]).readyAtMs(now())).toBeLessThanOrEqual(now());
  });
});
