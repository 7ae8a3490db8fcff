import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LinkedQueue, type Queueable } from '../../src/resilience/linked-queue.js';

interface Item extends Queueable<Item> {
  readonly id: number;
}

describe('the queue that anybody may leave', () => {
  test('behaves like a set that keeps its order, whatever is done to it', () => {
    const step = fc.record({ leaves: fc.boolean(), pick: fc.nat(7) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const items = Array.from({ length: 8 }, (_, id): Item => ({ id }));
        const queue = new LinkedQueue<Item>();
        const model = new Set<Item>();
        for (const { leaves, pick } of steps) {
          const item = items[pick] ?? { id: -1 };
          if (leaves) expect(queue.delete(item)).toBe(model.delete(item));
          else if (!model.has(item)) {
            model.add(item);
            queue.add(item);
          }
          expect(queue.has(item)).toBe(model.has(item));
          expect(queue.size).toBe(model.size);
          expect(queue.first).toBe([...model][0]);
          expect(Array.from(queue, ({ id }) => id)).toEqual(Array.from(model, ({ id }) => id));
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  test('keeps nobody who has left, and nobody keeps it', () => {
    const queue = new LinkedQueue<Item>();
    const other = new LinkedQueue<Item>();
    const [first, second, third] = [{ id: 1 }, { id: 2 }, { id: 3 }];
    for (const item of [first, second, third]) queue.add(item);
    expect(other.delete(second)).toBe(false);
    for (const item of [second, first, third]) expect(queue.delete(item)).toBe(true);
    expect([first, second, third]).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
    other.add(second);
    expect([queue.size, queue.has(second), other.has(second)]).toEqual([0, false, true]);
  });
});
