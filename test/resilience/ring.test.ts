import { expect, test } from 'vitest';
import { Ring } from '../../src/resilience/ring.js';

test.each([0, 1, 2, 3, 7])('a ring of %i keeps the newest, the last of them last', (capacity) => {
  const ring = new Ring<number>(capacity);
  const all: number[] = [];
  for (let entry = 0; entry < 17; entry += 1) {
    const kept = all.slice(Math.max(0, all.length - capacity));
    expect(ring.toArray()).toEqual(kept);
    for (const count of [-1, 0, 1, 2, 5, 100]) {
      expect(ring.newest(count)).toEqual(kept.slice(Math.max(0, kept.length - Math.max(0, count))));
    }
    ring.push(entry);
    all.push(entry);
  }
});
