import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backoffMs } from '../../src/resilience/backoff.js';

const standard = { delayMs: 2000, maxDelayMs: 60_000, exponential: true, jitter: 'none' } as const;
const never = () => {
  throw new Error('chance was asked');
};

describe('the wait after a failed attempt', () => {
  test('doubles up to its cap, and asks no chance', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((attempt) => backoffMs(standard, attempt, never))).toEqual([
      2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
    ]);
  });

  test('stays the same when it is not exponential', () => {
    expect([1, 2, 9].map((attempt) => backoffMs({ ...standard, exponential: false }, attempt, never))).toEqual([
      2000, 2000, 2000,
    ]);
  });

  test('stays at its cap after a hundred attempts', () => {
    expect(backoffMs(standard, 100, never)).toBe(60_000);
  });

  test('is in whole milliseconds and within its bounds, for any policy and any chance', () => {
    fc.assert(
      fc.property(
        fc.record({
          delayMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
          maxDelayMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
          exponential: fc.boolean(),
          jitter: fc.constantFrom('none' as const, 'full' as const, 'equal' as const),
        }),
        fc.integer({ min: 1, max: 101 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (policy, attempt, chance) => {
          const waitMs = backoffMs(policy, attempt, () => chance);
          const wholeMs = backoffMs({ ...policy, jitter: 'none' }, attempt, never);
          expect(Number.isInteger(waitMs)).toBe(true);
          expect(waitMs).toBeLessThanOrEqual(Math.ceil(policy.maxDelayMs));
          expect(waitMs).toBeLessThanOrEqual(wholeMs);
          expect(waitMs).toBeGreaterThanOrEqual(policy.jitter === 'equal' ? Math.floor(wholeMs / 2) : 0);
        },
      ),
      { seed: 1 },
    );
  });
});
