import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LinkedQueue } from '../../src/resilience/linked-queue.js';

describe('the queue that anybody may leave', () => {
  test('behaves like a set that keeps its order, whatever is done to it', () => {
    const items = Array.from({ length: 8 }, (_, id) => ({ id }));
    const step = fc.record({ leaves: fc.boolean(), pick: fc.nat(7) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const queue = new LinkedQueue<{ id: number }>();
        const model = new Set<{ id: number }>();
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
          expect([...queue]).toEqual([...model]);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
