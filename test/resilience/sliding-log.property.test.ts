import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { RateLimit } from '../../src/ports/api-policy.js';
import { type GateEvent, type GateRun, playGate } from './gate-model.js';

const seeds = 1000;

const limit: fc.Arbitrary<RateLimit> = fc.record({
  calls: fc.integer({ min: 1, max: 12 }),
  windowMs: fc.integer({ min: 50, max: 5000 }),
});
const limits = fc.array(limit, { minLength: 1, maxLength: 3 });
const afterMs = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 700 }));
const priority = fc.constantFrom('interactive' as const, 'background' as const);

const arrival = (takesMs: fc.Arbitrary<number>): fc.Arbitrary<GateEvent> =>
  fc.record({ afterMs, kind: fc.constant('arrive' as const), priority, takesMs });
const abort: fc.Arbitrary<GateEvent> = fc.record({ afterMs, kind: fc.constant('abort' as const), pick: fc.nat(100) });
const pause: fc.Arbitrary<GateEvent> = fc.record({
  afterMs,
  kind: fc.constant('pause' as const),
  forMs: fc.integer({ min: 1, max: 3000 }),
});
const change: fc.Arbitrary<GateEvent> = fc.record({ afterMs, kind: fc.constant('limits' as const), limits });

const anything = fc.array(
  fc.oneof(
    { arbitrary: arrival(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 900 }))), weight: 8 },
    { arbitrary: abort, weight: 2 },
    { arbitrary: pause, weight: 1 },
    { arbitrary: change, weight: 1 },
  ),
  { minLength: 1, maxLength: 60 },
);

/** Starts in the window that ends with a start, under the limits in force there. */
function expectLimitsHeld({ starts }: GateRun): void {
  for (const [index, start] of starts.entries()) {
    for (const { calls, windowMs } of start.limits) {
      const inWindow = starts.slice(0, index + 1).filter(({ atMs }) => atMs > start.atMs - windowMs);
      expect(inWindow.length, `${calls} in ${windowMs} ms, at ${start.atMs}`).toBeLessThanOrEqual(calls);
    }
  }
}

describe('the sliding-window limit, for any order of arrivals, aborts, push-backs and changes', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('no window ever holds more starts than allowed', () => {
    fc.assert(
      fc.property(limits, anything, (initial, events) => {
        const run = playGate(initial, events);
        expectLimitsHeld(run);
        const arrivals = events.filter(({ kind }) => kind === 'arrive').length;
        expect(run.starts.length + run.aborted.size).toBe(arrivals);
        expect(run.refused).toEqual([]);
      }),
      { numRuns: seeds, seed: 1 },
    );
  });

  test('nobody starts during a pause that the provider asked for', () => {
    fc.assert(
      fc.property(limits, anything, (initial, events) => {
        for (const { atMs, pausedUntilMs } of playGate(initial, events).starts) {
          expect(atMs).toBeGreaterThanOrEqual(pausedUntilMs);
        }
      }),
      { numRuns: seeds, seed: 2 },
    );
  });

  test('waiters keep their order within their lane, and background starts after four interactive ones at the latest', () => {
    fc.assert(
      fc.property(limits, anything, (initial, events) => {
        const { starts } = playGate(initial, events);
        for (const lane of ['interactive', 'background'] as const) {
          const order = starts.filter((start) => start.priority === lane).map((start) => start.arrival);
          expect(order).toEqual(order.toSorted((a, b) => a - b));
        }
        let passed = 0;
        for (const start of starts) {
          passed = start.priority === 'interactive' && start.backgroundWaiting > 0 ? passed + 1 : 0;
          expect(passed).toBeLessThanOrEqual(4);
        }
      }),
      { numRuns: seeds, seed: 3 },
    );
  });

  test('an aborted waiter takes no place: the others start as if it had never come', () => {
    const instant = fc.array(
      fc.oneof(
        { arbitrary: arrival(fc.constant(0)), weight: 5 },
        { arbitrary: abort, weight: 2 },
        { arbitrary: pause, weight: 1 },
      ),
      { minLength: 1, maxLength: 60 },
    );
    fc.assert(
      fc.property(limits, instant, (initial, events) => {
        const begunMs = performance.now();
        const run = playGate(initial, events);
        const withoutAborts = events.map((event) =>
          event.kind === 'abort' ? { ...event, kind: 'pause' as const, forMs: 0 } : event,
        );
        const againMs = performance.now();
        const again = playGate(initial, withoutAborts, run.aborted);
        expect(again.starts.map(({ atMs }) => Math.round(atMs - againMs))).toEqual(
          run.starts.map(({ atMs }) => Math.round(atMs - begunMs)),
        );
      }),
      { numRuns: seeds, seed: 4 },
    );
  });

  test('under constant load at least 97 % of the quota is used, in windows of a second and more', () => {
    const wide = fc.record({
      calls: fc.integer({ min: 1, max: 60 }),
      windowMs: fc.integer({ min: 1000, max: 60_000 }),
    });
    fc.assert(
      fc.property(wide, fc.integer({ min: 5, max: 8 }), (rule, windows) => {
        const events: GateEvent[] = Array.from({ length: rule.calls * windows }, () => ({
          kind: 'arrive',
          afterMs: 0,
          priority: 'interactive',
          takesMs: 0,
        }));
        const { starts } = playGate([rule], events);
        const tookMs = (starts.at(-1)?.atMs ?? 0) - (starts[0]?.atMs ?? 0);
        expect(starts).toHaveLength(rule.calls * windows);
        expect((rule.windowMs * (windows - 1)) / tookMs).toBeGreaterThanOrEqual(0.97);
      }),
      { numRuns: 200, seed: 5 },
    );
  });
});
