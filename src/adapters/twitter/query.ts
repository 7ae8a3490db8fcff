/** The longest query of self-serve plans. Source: X, build a query. */
const longestQuery = 512;

export interface QueryRules {
  readonly language: string | undefined;
  readonly terms: string;
}

/**
 * A query that finds posts about a title: the title as an exact phrase, in which no operator has a meaning. Quotes are
 * taken out, since escaping them is not documented; operators are not parsed inside a phrase.
 */
export function buildQuery(title: string, { language, terms }: QueryRules): string {
  const rest = [...(language === undefined ? [] : [`lang:${language}`]), ...(terms === '' ? [] : [terms])].join(' ');
  const room = longestQuery - 2 - (rest === '' ? 0 : rest.length + 1);
  const phrase = title
    .toWellFormed()
    .replace(/["“”„«»\\]/g, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Z}\s]+/gu, ' ')
    .trim();
  return [`"${cut(phrase, room)}"`, rest].filter((part) => part !== '').join(' ');
}

/** At most `length` UTF-16 units, never through a character, at a word's end where there is one. */
function cut(phrase: string, length: number): string {
  if (phrase.length <= length) return phrase;
  const shortened = phrase
    .slice(0, length)
    .toWellFormed()
    .replace(/\uFFFD$/, '');
  const lastSpace = shortened.lastIndexOf(' ');
  return (lastSpace > 0 ? shortened.slice(0, lastSpace) : shortened).trim();
}
