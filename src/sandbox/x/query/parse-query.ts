import { foldTitle } from '../../../domain/fold-title.js';
import type { SandboxPost } from '../../posts/sandbox-post.js';
import { Refusal } from '../refusal.js';
import { operators } from './operators.js';
import { type Token, tokenize } from './tokenize.js';

/** The longest query of self-serve plans. Source: X, build a query. */
const longestQuery = 512;

/** A post, with its text as words are compared. */
export interface ReadPost {
  readonly post: SandboxPost;
  readonly folded: string;
}

/** What a query asks for. */
export interface PostQuery {
  readonly matches: (read: ReadPost) => boolean;
  /** Its words and phrases that are wanted: each post that matches holds one of them, unless it is found by its author. */
  readonly texts: readonly string[];
}

interface Part extends PostQuery {
  /** Whether something in it may stand alone. */
  readonly stands: boolean;
}

/**
 * Reads a query of recent search: AND binds before OR, a minus stands before one term only.
 * @throws Refusal as X does
 */
export function parseQuery(query: string): PostQuery {
  const refuse = (message: string): never => {
    throw new Refusal('query', query, message);
  };
  if (query.trim() === '') refuse('The query is empty.');
  if (query.length > longestQuery) refuse(`The query is longer than ${longestQuery} characters.`);
  const tokens = tokenize(query);
  let at = 0;

  const either = (): Part => {
    const parts = [all()];
    while (tokens[at]?.kind === 'or') {
      at += 1;
      parts.push(all());
    }
    return {
      matches: (read) => parts.some(({ matches }) => matches(read)),
      texts: parts.flatMap(({ texts }) => texts),
      stands: parts.every(({ stands }) => stands),
    };
  };
  const all = (): Part => {
    const parts: Part[] = [];
    for (
      let token = tokens[at];
      token !== undefined && token.kind !== 'or' && token.kind !== 'close';
      token = tokens[at]
    ) {
      at += 1;
      parts.push(token.kind === 'open' ? group() : leaf(token));
    }
    if (parts.length === 0) refuse('A term is missing beside OR or in parentheses.');
    return {
      matches: (read) => parts.every(({ matches }) => matches(read)),
      texts: parts.flatMap(({ texts }) => texts),
      stands: parts.some(({ stands }) => stands),
    };
  };
  const group = (): Part => {
    const inside = either();
    if (tokens[at]?.kind !== 'close') refuse('A parenthesis is not closed.');
    at += 1;
    return inside;
  };
  const leaf = (token: Token): Part => {
    if (token.kind === 'operator') return operatorPart(token.name, token.value, token.negated, refuse);
    if (token.kind !== 'phrase' && token.kind !== 'word') return refuse('A term is missing.');
    const { text, negated } = token;
    if (foldTitle(text) === '') return refuse('A term has neither a letter nor a digit.');
    const wanted = ` ${foldTitle(text)} `;
    const holds = ({ folded }: ReadPost) => folded.includes(wanted);
    return negated
      ? { matches: (read) => !holds(read), texts: [], stands: false }
      : { matches: holds, texts: [text], stands: true };
  };

  const whole = either();
  if (at < tokens.length) refuse('A parenthesis is closed that was not opened.');
  if (!whole.stands) refuse('Operators such as lang:, is: and has: need a word or a phrase beside them.');
  return whole;
}

function operatorPart(name: string, value: string, negated: boolean, refuse: (message: string) => never): Part {
  const operator = operators.get(name);
  if (operator === undefined) return refuse(`There is no operator "${name}:".`);
  const test = value === '' ? null : operator.test(value);
  if (test === null) return refuse(`"${value}" is no value of the operator "${name}:".`);
  if (name === 'is' && value === 'nullcast' && !negated) return refuse('is:nullcast must be negated.');
  return { matches: ({ post }) => test(post) !== negated, texts: [], stands: operator.isStandalone && !negated };
}

/** How the text of a post is compared. */
export const read = (post: SandboxPost): ReadPost => ({ post, folded: ` ${foldTitle(post.text)} ` });
