import { ReelflowError } from '../../errors/reelflow-error.js';

/** The longest query of self-serve plans. Source: X, build a query. */
const longestQuery = 512;

/** Marks that might end the phrase; apostrophes, which are letters of a title, stay. Escaping is not documented. */
const quotes = /(?!['‘’])\p{Quotation_Mark}|\\/gu;
/** Invisible marks carry no word, but joiners spell words of Indic scripts and Persian, and emoji. */
const invisible = /(?![\u200C\u200D])\p{Cf}/gu;
const gaps = /[\p{Cc}\p{Z}\s]+/gu;
/** Something that X can look for: punctuation alone is none. */
const searchable = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

export interface QueryRules {
  readonly language: string | undefined;
  readonly terms: string;
}

/**
 * A query of at most 512 characters that finds posts about a title: the title as an exact phrase, in which no operator
 * has a meaning, then the language and the further terms.
 * @throws INVALID_INPUT for a title without a letter, a number or an emoji: X would answer 400
 */
export function buildQuery(title: string, { language, terms }: QueryRules): string {
  const rest = [...(language === undefined ? [] : [`lang:${language}`]), ...(terms === '' ? [] : [terms])].join(' ');
  const room = longestQuery - 2 - (rest === '' ? 0 : rest.length + 1);
  const phrase = title.toWellFormed().replace(quotes, ' ').replace(invisible, '').replace(gaps, ' ').trim();
  const shortened = cut(phrase, room);
  if (!searchable.test(shortened))
    throw new ReelflowError(
      'INVALID_INPUT',
      'the title has no letter, number or emoji that posts could be searched for',
    );
  return [`"${shortened}"`, rest].filter((part) => part !== '').join(' ');
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
