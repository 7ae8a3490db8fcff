import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { nowMs } from '../../src/resilience/clock.js';
import { type Timed, Timetable } from '../../src/resilience/timetable.js';

const timed = (timeUp: () => void): Timed => ({ timeUpAtMs: Number.POSITIVE_INFINITY, timetablePlace: -1, timeUp });

describe('the timetable', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('tells each item at its moment, whatever is set, moved and taken back', () => {
    const step = fc.record({
      pick: fc.nat(11),
      inMs: fc.oneof(fc.nat(500), fc.constant(Number.POSITIVE_INFINITY)),
      leaves: fc.boolean(),
      passMs: fc.oneof(fc.constant(0), fc.nat(120)),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const timetable = new Timetable();
        const heard: string[] = [];
        const expected: string[] = [];
        const due = new Map<number, number>();
        const startMs = nowMs();
        const items = Array.from({ length: 12 }, (_, id) => timed(() => heard.push(`${id} at ${nowMs() - startMs}`)));
        const pass = (ms: number) => {
          const untilMs = nowMs() + ms;
          vi.advanceTimersByTime(ms);
          for (const [id, atMs] of due) {
            if (atMs > untilMs) continue;
            expected.push(`${id} at ${atMs - startMs}`);
            due.delete(id);
          }
          expect(heard.splice(0).toSorted()).toEqual(expected.splice(0).toSorted());
        };
        for (const { pick, inMs, leaves, passMs } of steps) {
          const item = items[pick];
          if (item === undefined) continue;
          // Now would be told in the next turn, as a timer does.
          const atMs = nowMs() + Math.max(1, inMs);
          if (leaves) timetable.delete(item);
          else timetable.set(item, atMs);
          if (leaves || atMs === Number.POSITIVE_INFINITY) due.delete(pick);
          else due.set(pick, atMs);
          expect(timetable.size).toBe(due.size);
          pass(passMs);
        }
        pass(1000);
        expect([timetable.size, vi.getTimerCount()]).toEqual([0, 0]);
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  test('tells the soonest first, though the timer comes late', () => {
    const timetable = new Timetable();
    const heard: number[] = [];
    const startMs = nowMs();
    for (const inMs of [50, 20, 40, 10, 30])
      timetable.set(
        timed(() => heard.push(inMs)),
        startMs + inMs,
      );
    const late = vi.spyOn(performance, 'now').mockReturnValue(startMs + 45);
    vi.advanceTimersToNextTimer();
    expect(heard).toEqual([10, 20, 30, 40]);
    late.mockRestore();
    vi.advanceTimersByTime(50);
    expect(heard).toEqual([10, 20, 30, 40, 50]);
  });

  test('has one timer, however many wait, and none when nobody does', () => {
    const timetable = new Timetable();
    const items = Array.from({ length: 100 }, () => timed(() => undefined));
    for (const [index, item] of items.entries()) timetable.set(item, nowMs() + 1000 - index);
    expect(vi.getTimerCount()).toBe(1);
    for (const item of items) timetable.delete(item);
    expect(vi.getTimerCount()).toBe(0);
    timetable.delete(timed(() => undefined));
    expect(timetable.size).toBe(0);
  });

  test('an item that sets or takes back others while it is told is heard', () => {
    const timetable = new Timetable();
    const heard: string[] = [];
    const startMs = nowMs();
    const dropped = timed(() => heard.push('dropped'));
    const again = timed(() => {
      heard.push(`again at ${nowMs() - startMs}`);
      timetable.delete(dropped);
      if (heard.length < 3) timetable.set(again, nowMs() + 10);
    });
    timetable.set(again, startMs + 10);
    timetable.set(dropped, startMs + 10);
    vi.advanceTimersByTime(100);
    expect(heard).toEqual(['again at 10', 'again at 20', 'again at 30']);
  });

  test('one that throws, against the rule, does not keep the others from being told', () => {
    const timetable = new Timetable();
    const heard: number[] = [];
    const wrong = timed(() => {
      throw new Error('against the rule');
    });
    timetable.set(wrong, nowMs() + 10);
    timetable.set(
      timed(() => heard.push(1)),
      nowMs() + 10,
    );
    timetable.set(
      timed(() => heard.push(2)),
      nowMs() + 20,
    );
    expect(() => vi.advanceTimersByTime(10)).toThrow('against the rule');
    vi.advanceTimersByTime(10);
    expect(heard).toEqual([1, 2]);
  });
});
