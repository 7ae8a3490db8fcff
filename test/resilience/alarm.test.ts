import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Alarm, nowMs, toEpochMs } from '../../src/resilience/clock.js';

describe('the alarm', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  const ringing = () => {
    const rangAtMs: number[] = [];
    const startMs = nowMs();
    return { rangAtMs, startMs, alarm: new Alarm(() => rangAtMs.push(nowMs() - startMs)) };
  };

  test('rings once, at its moment', () => {
    const { alarm, rangAtMs, startMs } = ringing();
    alarm.set(startMs + 250);
    vi.advanceTimersByTime(249);
    expect(rangAtMs).toEqual([]);
    vi.advanceTimersByTime(10_000);
    expect(rangAtMs).toEqual([250]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('never rings early, not by a fraction of a millisecond', () => {
    const { alarm, rangAtMs, startMs } = ringing();
    alarm.set(startMs + 10.2);
    vi.advanceTimersByTime(100);
    expect(rangAtMs).toEqual([11]);
  });

  test('looks at the clock again when its timer fires early', () => {
    const { alarm, rangAtMs, startMs } = ringing();
    alarm.set(startMs + 100);
    vi.advanceTimersByTime(99);
    const lagging = vi.spyOn(performance, 'now').mockReturnValue(startMs + 99.4);
    vi.advanceTimersByTime(1);
    expect(rangAtMs).toEqual([]);
    lagging.mockRestore();
    vi.advanceTimersByTime(1);
    expect(rangAtMs).toHaveLength(1);
  });

  test('waits longer than a timer can', () => {
    const { alarm, rangAtMs, startMs } = ringing();
    const days = 60 * 86_400_000;
    alarm.set(startMs + days);
    vi.advanceTimersByTime(days - 1);
    expect(rangAtMs).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(rangAtMs).toEqual([days]);
  });

  test('set again, it rings at the new moment only', () => {
    const { alarm, rangAtMs, startMs } = ringing();
    alarm.set(startMs + 100);
    alarm.set(startMs + 300);
    alarm.set(startMs + 200);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(rangAtMs).toEqual([200]);
  });

  test('may be set again when it rings', () => {
    const startMs = nowMs();
    let rings = 0;
    const alarm = new Alarm(() => {
      rings += 1;
      if (rings < 3) alarm.set(nowMs() + 100);
    });
    alarm.set(startMs + 100);
    vi.advanceTimersByTime(1000);
    expect(rings).toBe(3);
  });

  test('cleared, or set to Infinity, it never rings', () => {
    const { alarm, rangAtMs, startMs } = ringing();
    alarm.set(startMs + 100);
    alarm.clear();
    alarm.set(startMs + 100);
    alarm.set(Number.POSITIVE_INFINITY);
    vi.advanceTimersByTime(1000);
    expect(rangAtMs).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a moment that has passed rings in the next turn', () => {
    const { alarm, rangAtMs, startMs } = ringing();
    alarm.set(startMs - 100);
    expect(rangAtMs).toEqual([]);
    vi.advanceTimersByTime(0);
    expect(rangAtMs).toEqual([0]);
  });

  test('a moment of the monotonic clock can be told as epoch time', () => {
    vi.setSystemTime(1_800_000_000_000);
    expect(toEpochMs(nowMs() + 1500)).toBe(1_800_000_001_500);
  });
});
