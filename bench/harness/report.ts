/** Prints what a benchmark found, and tells `bench/run.ts` when that started it. */
import type { Measured } from './compare.ts';
import { isQuick } from './quick.ts';

export interface Row {
  /** What was done. */
  readonly work: string;
  /** Beside what. */
  readonly beside: string;
  /** The figure, in words, and what was wanted. */
  readonly found: string;
  readonly wanted: string;
  /** The figure by the wanted one, or the other way round, so that 1 or less is reached; the worst of several. */
  readonly ofWanted: number;
}

export function report(row: Row): void {
  const verdict = isQuick ? '' : row.ofWanted <= 1 ? ' (reached)' : ' (MISSED)';
  console.log(`${row.work}, beside ${row.beside}: ${row.found}; wanted: ${row.wanted}${verdict}`);
  process.send?.(row);
}

export function show(measured: readonly Measured[]): void {
  const width = Math.max(...measured.map(({ name }) => name.length));
  for (const { name, us, spreadUs, ofFirst } of measured) {
    const [least, most] = spreadUs.map(figure);
    console.log(`  ${name.padEnd(width)}  ${figure(us).padStart(8)} µs (${least} to ${most}), ${ofFirst.toFixed(2)}`);
  }
}

/** Three digits that count. */
export const figure = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
