import { Refusal } from '../refusal.js';

export type Token =
  | { readonly kind: 'open' | 'close' | 'or' }
  | { readonly kind: 'phrase' | 'word'; readonly text: string; readonly negated: boolean }
  | { readonly kind: 'operator'; readonly name: string; readonly value: string; readonly negated: boolean };

/** One after the other: a bracket, or an optional minus with a phrase, an operator with its value, or a word. */
const pattern = /\s*(?:([()])|(-?)(?:"([^"]*)"|([A-Za-z_]+):(?:"([^"]*)"|([^\s()"]*))|([^\s()"]+)))/y;

/** @throws Refusal for what is no token: a quote that is not closed, a minus before a group */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  const rest = query.trimEnd();
  pattern.lastIndex = 0;
  while (pattern.lastIndex < rest.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(rest);
    if (match === null)
      throw new Refusal('query', query, `There is a quote without its other half at position ${at + 1}.`);
    const [, bracket, minus, phrase, name, quoted, value, word] = match;
    const negated = minus === '-';
    if (bracket !== undefined) tokens.push({ kind: bracket === '(' ? 'open' : 'close' });
    else if (phrase !== undefined) tokens.push({ kind: 'phrase', text: phrase, negated });
    else if (name !== undefined) tokens.push({ kind: 'operator', name, value: quoted ?? value ?? '', negated });
    else if (word === 'OR' && !negated) tokens.push({ kind: 'or' });
    else if (word === '-')
      throw new Refusal('query', query, 'A minus stands before a term; a group cannot be negated.');
    else tokens.push({ kind: 'word', text: word ?? '', negated });
  }
  return tokens;
}
