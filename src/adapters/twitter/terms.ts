/** A phrase, alone or behind an operator such as `entity:`; a bracket; or a word. */
const token = /-?(?:[a-z_]+:)?"[^"]*"|-?\(|\)|[^\s"()]+|"/g;

/**
 * Why further terms of a query would be refused by X, or would change what its phrase means; null when nothing speaks
 * against them. X reads AND before OR, so alternatives outside brackets would make the film's title optional.
 * Source: X, build a query.
 */
export function faultOfTerms(terms: string): string | null {
  let depth = 0;
  let expectsTerm = true;
  for (const [part] of terms.matchAll(token)) {
    if (part === '"') return 'have a quote without its other one';
    if (part === '-(') return 'negate a group: negate each of its terms';
    if (/^-(-|$)|"\s*"$/.test(part)) return 'hold an empty term';
    if (part === '(') {
      depth += 1;
      expectsTerm = true;
    } else if (part === 'OR' || part === ')') {
      if (depth === 0 && part === 'OR') return 'hold alternatives: put them in brackets, such as (movie OR film)';
      if (depth === 0) return 'close a bracket that was not opened';
      if (expectsTerm) return `have nothing before ${part}`;
      if (part === ')') depth -= 1;
      expectsTerm = part === 'OR';
    } else expectsTerm = false;
  }
  if (depth > 0) return 'leave a bracket open';
  return null;
}
