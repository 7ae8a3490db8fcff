/** Times several ways of doing one thing by turns, so that what else the machine does hits all alike. */
import { ours } from './ours.ts';
import { isQuick } from './quick.ts';

export interface Contender {
  readonly name: string;
  /** Does the thing so many times; what it resolves with must equal what the others resolve with. */
  readonly run: (times: number) => Promise<unknown>;
}

export interface Measured {
  readonly name: string;
  /** Microseconds for one time: the median of the rounds, and the least and the most of them. */
  readonly us: number;
  readonly spreadUs: readonly [least: number, most: number];
  /** Median over the rounds of this one's time by that of the first contender in the same round. */
  readonly ofFirst: number;
}

export interface CompareOptions {
  /** Of each contender, after one that is not counted. @default 11 */
  readonly rounds?: number;
  /** In one round. */
  readonly times: number;
}

/** @throws when the contenders do not come to the same result */
export async function compare(
  contenders: readonly Contender[],
  { rounds = 11, times }: CompareOptions,
): Promise<readonly Measured[]> {
  const [count, each] = isQuick ? [1, Math.max(1, Math.ceil(times / 100))] : [rounds, times];
  const took = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  let expected: string | undefined;
  for (let round = 0; round <= count; round += 1) {
    for (const { name, run } of contenders) {
      const start = performance.now();
      const result = await (name === 'reelflow' && round > 0 ? ours(() => run(each)) : run(each));
      const us = ((performance.now() - start) * 1000) / each;
      if (round > 0) took.get(name)?.push(us);
      const shown = JSON.stringify(result);
      expected ??= shown;
      if (shown !== expected) throw new Error(`${name} does other work: it came to ${shown}, not to ${expected}`);
    }
  }
  const first = took.get(contenders[0]?.name ?? '') ?? [];
  return [...took].map(([name, values]) => ({
    name,
    us: median(values),
    spreadUs: [Math.min(...values), Math.max(...values)],
    ofFirst: median(values.map((value, round) => value / (first[round] ?? 1))),
  }));
}

export const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
