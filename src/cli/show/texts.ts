/** A text from outside on one line, without what could steer a terminal: control characters and changes of direction. */
export const clean = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();

export const seconds = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

export const count = (amount: number, what: string, many = `${what}s`): string =>
  `${amount} ${amount === 1 ? what : many}`;

/** Cut to a width, with … for what is left out. */
export const shorten = (text: string, width: number): string => {
  const letters = [...text];
  return letters.length <= width ? text : `${letters.slice(0, Math.max(0, width - 1)).join('')}…`;
};

/** Rows under headings, columns as wide as their widest cell; no trailing blanks. */
export function table(headings: readonly string[], rows: ReadonlyArray<readonly string[]>): string[] {
  const all = [headings, ...rows];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => [...(row[column] ?? '')].length)));
  const pad = (cell: string, width: number) => cell + ' '.repeat(Math.max(0, width - [...cell].length));
  return all.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A filled part of a bar of blocks. */
export const bar = (done: number, total: number, width = 20): string => {
  const filled = total === 0 ? 0 : Math.round((done / total) * width);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)}`;
};

export const bytes = (amount: number): string =>
  amount < 1024
    ? `${amount} B`
    : amount < 1_048_576
      ? `${(amount / 1024).toFixed(1)} kB`
      : `${(amount / 1_048_576).toFixed(1)} MB`;
