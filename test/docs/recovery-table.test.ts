import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { titlesOf } from './titles-of.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const header = '| failure | the user sees | the library does | you can | shown by |';

interface Row {
  readonly failure: string;
  readonly shownBy: string;
}

/** The rows of all tables of failures, by the heading above them. */
function tables(): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  let heading = '';
  let rows: Row[] | undefined;
  for (const line of readFileSync(`${root}docs/recovery.md`, 'utf8').split('\n')) {
    if (line.startsWith('#')) heading = line.replace(/^#+ /, '');
    if (line === header) {
      rows = [];
      found.set(heading, rows);
    } else if (!line.startsWith('|')) rows = undefined;
    else if (rows !== undefined && !line.startsWith('| ---')) {
      const cells = line.split('|').map((cell) => cell.trim());
      expect(cells, line).toHaveLength(7);
      rows.push({ failure: cells[1] ?? '', shownBy: cells[5] ?? '' });
    }
  }
  return found;
}

const proofs = ({ shownBy }: Row) =>
  [...shownBy.matchAll(/`([^`]+)` "([^"]+)"/g)].map(([, path = '', title = '']) => ({ path, title }));

describe('the table of failures in docs/recovery.md', () => {
  test('speaks of everything that can fail', () => {
    expect([...tables().keys()]).toEqual([
      'APIs',
      'Databases',
      'The spool',
      'Processes',
      'The cache',
      'Records',
      'Your own parts',
      'Keeping and forgetting',
    ]);
  });

  test('names a test for each row', () => {
    const without = [...tables().values()].flat().filter((row) => proofs(row).length === 0);
    expect(without.map(({ failure }) => failure)).toEqual([]);
  });

  test('names tests that exist', () => {
    const wrong = [...tables().values()].flat().flatMap((row) =>
      proofs(row)
        .filter(({ path, title }) => {
          if (!/^(test|src\/testing)\/[\w./-]+\.ts$/.test(path) || !existsSync(root + path)) return true;
          return !titlesOf(root + path).some((known) => known.includes(title));
        })
        .map(({ path, title }) => `${row.failure}: ${path} "${title}"`),
    );
    expect(wrong).toEqual([]);
  });
});
