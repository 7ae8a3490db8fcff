import { foldTitle } from './fold-title.js';
import { hasIndicLetters, latinOfIndic } from './indic-letters.js';
import { isArticle, isBesideTitle } from './title-words.js';

/** A word of so many letters names a film rather than joins others. */
const tellingLength = 4;
/** Letters that are left of a word that may be misspelled. */
const shortestBeginning = 3;

/**
 * What to ask a provider that found nothing for a text and its year: the text alone, without 'movie' and the number of a
 * part, in Latin letters for an Indic script.
 */
export const plainerText = (text: string): string => withoutBesides(text) ?? text;

/**
 * What to ask a provider that found nothing for a text as it was typed, since it wants every word and knows few spellings.
 * The text in Latin letters and without 'movie' and the number of a part; where it is that already, a word may be
 * misspelled: then the shortest telling one, in which a slip is least likely, or the beginning of the only one. null when
 * there is nothing broader to ask.
 */
export function broaderText(text: string): string | null {
  const typed = foldTitle(text);
  const broader = withoutBesides(text) ?? likelyRight(wordsOf(typed));
  return broader === typed ? null : broader;
}

/** null when nothing would be left, and when there is nothing to leave out. */
function withoutBesides(text: string): string | null {
  const typed = foldTitle(text);
  if (hasIndicLetters(typed)) return foldTitle(latinOfIndic(typed)) || null;
  const words = wordsOf(typed);
  const kept = words.filter((word) => !isBesideTitle(word));
  return kept.length === 0 || kept.length === words.length ? null : kept.join(' ');
}

/** The words without an article at the beginning. */
function wordsOf(folded: string): string[] {
  const words = folded.split(' ');
  return words.length > 1 && isArticle(words[0] ?? '') ? words.slice(1) : words;
}

function likelyRight(words: readonly string[]): string {
  const telling = words.filter((word) => word.length >= tellingLength);
  const [shortest] = telling.toSorted((one, other) => one.length - other.length);
  if (telling.length > 1 && shortest !== undefined) return shortest;
  const [word = ''] = telling.length === 1 ? telling : words;
  return word.slice(0, Math.max(shortestBeginning, Math.ceil(word.length / 2)));
}
