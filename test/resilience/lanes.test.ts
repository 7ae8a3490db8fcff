import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Priority } from '../../src/domain/workflow-run.js';
import { Lanes } from '../../src/resilience/lanes.js';
import type { Queueable } from '../../src/resilience/linked-queue.js';

interface Waiter extends Queueable<Waiter> {
  readonly id: number;
}

const priority = fc.constantFrom<Priority>('interactive', 'background');

describe('the two lanes', () => {
  test('tell how many start before a newcomer, and it comes true', () => {
    fc.assert(
      fc.property(fc.array(priority, { maxLength: 30 }), fc.nat(20), priority, (queued, taken, own) => {
        const lanes = new Lanes<Waiter>();
        for (const [id, lane] of queued.entries()) lanes.add({ id }, lane);
        for (let index = 0; index < taken; index += 1) lanes.takeFirst();
        const newcomer = { id: -1 };
        const told = lanes.add(newcomer, own);
        let before = 0;
        while (lanes.takeFirst() !== newcomer) before += 1;
        expect(told).toBe(before);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  test('show first whom they give first', () => {
    fc.assert(
      fc.property(fc.array(priority, { minLength: 1, maxLength: 30 }), (queued) => {
        const lanes = new Lanes<Waiter>();
        for (const [id, lane] of queued.entries()) lanes.add({ id }, lane);
        while (lanes.size > 0) {
          const first = lanes.first();
          expect(first).toBeDefined();
          expect(lanes.takeFirst()).toBe(first);
        }
        expect(lanes.first()).toBeUndefined();
        expect(lanes.takeFirst()).toBeUndefined();
      }),
      { seed: 2 },
    );
  });

  test('background that comes late has not been passed by those who started before', () => {
    const lanes = new Lanes<Waiter>();
    for (let id = 0; id < 10; id += 1) lanes.add({ id }, 'interactive');
    for (let start = 0; start < 4; start += 1) lanes.takeFirst();
    const late = { id: 99 };
    lanes.add(late, 'background');
    const next = [1, 2, 3, 4, 5].map(() => lanes.takeFirst());
    expect(next.indexOf(late)).toBe(4);
  });

  test('let go of whoever leaves, once', () => {
    const lanes = new Lanes<Waiter>();
    const [a, b] = [{ id: 1 }, { id: 2 }];
    lanes.add(a, 'interactive');
    lanes.add(b, 'background');
    expect(lanes.delete(a)).toBe(true);
    expect(lanes.delete(a)).toBe(false);
    expect([lanes.has(a), lanes.has(b), lanes.size]).toEqual([false, true, 1]);
    expect(lanes.all()).toEqual([b]);
  });
});
