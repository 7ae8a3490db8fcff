import type { Section } from './section.ts';

/** A part of the report as Markdown. */
export function toMarkdown({ title, tables, floors }: Section): string {
  const lines = [`## ${title}`, ''];
  for (const { title: caption, columns, rows } of tables) {
    lines.push(`### ${caption}`, '', ...table(columns, rows), '');
  }
  const reached = floors.map(({ name, value, atLeast }) => [name, atLeast, rounded(value), isReached(value, atLeast)]);
  lines.push('### What it must reach', '', ...table(['figure', 'at least', 'measured', ''], reached), '');
  return lines.join('\n');
}

/** What a part does when it is run alone. */
export function printAlone(section: Section): void {
  console.log(toMarkdown(section));
  if (tooLow(section).length > 0) process.exitCode = 1;
}

/** Names of the figures that are too low. */
export const tooLow = ({ floors }: Section): string[] =>
  floors.filter(({ value, atLeast }) => !(value >= atLeast)).map(({ name }) => name);

const isReached = (value: number, atLeast: number): string => (value >= atLeast ? 'reached' : '**not reached**');

const table = (columns: readonly string[], rows: ReadonlyArray<ReadonlyArray<string | number>>): string[] =>
  [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
