import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FileSpool } from '../../../src/adapters/file-spool/index.js';
import { append, contentOf, numberOf, watchLocks } from './helpers.js';

type Step =
  | { readonly kind: 'append'; readonly count: number }
  | { readonly kind: 'acknowledge' | 'setAside'; readonly count: number }
  | { readonly kind: 'reopen' | 'crash' | 'read' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    kind: fc.constantFrom('acknowledge' as const, 'setAside' as const),
    count: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ kind: fc.constantFrom('reopen' as const, 'crash' as const, 'read' as const) }),
);
const reason = { code: 'DB_CONSTRAINT', message: 'never' } as const;

test('no sequence of steps, closes and crashes loses an entry or turns the order', { timeout: 60_000 }, async () => {
  const crash = watchLocks();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const directory = await mkdtemp(join(tmpdir(), 'reelflow-spool-'));
      let spool = new FileSpool({ directory });
      let appended = 0;
      const waiting = new Set<number>();

      const check = async () => {
        const read = await contentOf(spool);
        const numbers = read.map(numberOf);
        expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
        expect(new Set(numbers).size).toBe(numbers.length);
        // Settled entries may come again after a crash; none that waits is ever missing.
        expect(numbers.filter((number) => waiting.has(number))).toEqual([...waiting]);
        expect(await spool.size()).toBe(read.length);
        return read;
      };

      try {
        for (const { kind, ...rest } of steps) {
          const count = 'count' in rest ? rest.count : 0;
          if (kind === 'append') {
            const numbers = Array.from({ length: count }, (_, index) => appended + index);
            appended += count;
            await Promise.all(numbers.map((number) => append(spool, number)));
            for (const number of numbers) waiting.add(number);
          } else if (kind === 'reopen' || kind === 'crash') {
            if (kind === 'reopen') await spool.close();
            else crash();
            spool = new FileSpool({ directory });
          } else {
            for (const entry of (await check()).slice(0, count)) {
              await (kind === 'acknowledge' ? spool.acknowledge(entry) : spool.setAside(entry, reason));
              waiting.delete(numberOf(entry));
            }
          }
        }
        await check();
      } finally {
        await spool.close();
        await rm(directory, { recursive: true });
      }
    }),
    { seed: 7, numRuns: 150 },
  );
});
