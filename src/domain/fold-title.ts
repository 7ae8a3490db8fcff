/** Letters that Unicode does not take apart, as people type them. */
const plainLetters: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ł', 'l'],
  ['ħ', 'h'],
  ['ı', 'i'],
  ['ς', 'σ'],
]);

/** Nothing of it needs more than small letters. */
const plainTitle = /^[a-zA-Z0-9]+(?: [a-zA-Z0-9]+)*$/;

/**
 * A title as it is compared: NFKD without accents, lower case, letters, digits and vowel signs kept, everything else
 * one space. 'Amélie!' and 'amelie' are equal; titles in Telugu or Japanese keep their signs. Folding twice changes nothing.
 */
export function foldTitle(title: string): string {
  if (plainTitle.test(title)) return title.toLowerCase();
  return title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '') // Latin accents only: a Telugu vowel sign changes the word
    .replace(/[ßæœøđðþłħıς]/g, (letter) => plainLetters.get(letter) ?? letter)
    .replace(/['’‘`´]/g, '')
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
    .normalize('NFC');
}

/** The key under which a search is remembered: the folded title, with the year when one was given. */
export const searchKey = (title: string, year?: number): string =>
  year === undefined ? foldTitle(title) : `${foldTitle(title)} (${year})`;
