import { foldTitle } from './fold-title.js';

const articles = /^(the|a|an|le|la|les|el|los|las|der|die|das|il|lo)\s+(?=\S)/u;
/** Numbers as titles and people write them: 'Rocky II' and 'It Chapter Two'. */
const numerals: ReadonlyMap<string, string> = new Map(
  ['one two three four five six seven eight nine ten eleven twelve', 'i ii iii iv v vi vii viii ix x'].flatMap(
    (words) => words.split(' ').map((word, index) => [word, String(index + 1)] as const),
  ),
);
/** Words that people add to a title. */
const fillers = /\s+(movie|film|cinema)$/u;

/** A title reduced further than by folding: no leading article, numerals and number words (after the first word) as digits. */
function plainTitle(title: string): string {
  const words = foldTitle(title).replace(articles, '').replace(fillers, '').split(' ');
  return words.map((word, index) => (index === 0 ? word : (numerals.get(word) ?? word))).join(' ');
}

/**
 * How alike a searched text and a title are, 0 to 1: 1 the same after folding, 0.95 but for articles, numerals or
 * 'movie', 0.75 to 0.9 where the text begins the title ('Pushpa' and 'Pushpa: The Rise'), less for small typos and words in common.
 */
export function titleSimilarity(text: string, title: string): number {
  const folded = foldTitle(text);
  if (folded === '' || title === '') return 0;
  if (folded === foldTitle(title)) return 1;
  const wanted = plainTitle(text);
  const given = plainTitle(title);
  if (wanted === given || wanted.replaceAll(' ', '') === given.replaceAll(' ', '')) return 0.95;
  const main = mainPart(title);
  if (given.startsWith(`${wanted} `)) return main === wanted ? 0.9 : 0.75 + 0.1 * (wanted.length / given.length);
  if (wanted.startsWith(`${given} `)) return 0.6 * (given.length / wanted.length) + 0.2;
  const typos = editDistance(wanted, given, 3);
  if (typos <= allowedTypos(wanted)) return 0.85 - 0.05 * typos;
  const typosInMain = main === null ? Number.POSITIVE_INFINITY : editDistance(wanted, main, 3);
  if (typosInMain <= allowedTypos(wanted)) return 0.8 - 0.05 * typosInMain; // 'Baahubali' and 'Bāhubali: The Beginning'
  return 0.6 * sharedWords(wanted, given);
}

/** The part before a colon or dash, or null when there is none. */
function mainPart(title: string): string | null {
  const [main] = title.split(/\s*[:–—]\s*|\s+-\s+/u);
  return main === undefined || main === title ? null : plainTitle(main);
}

const allowedTypos = (text: string): number => (text.length <= 3 ? 0 : text.length <= 7 ? 1 : 2);

function sharedWords(wanted: string, given: string): number {
  const one = new Set(wanted.split(' '));
  const other = new Set(given.split(' '));
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared / Math.max(one.size, other.size);
}

/** Insertions, deletions, substitutions and swaps of neighbours; stops counting above `most`. */
function editDistance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (swapped) cost = Math.min(cost, at(before, column - 2) + 1);
      current.push(cost);
    }
    if (Math.min(...current) > most) return most + 1;
    before = last;
    last = current;
  }
  return at(last, other.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY;
