/** Scripts the lexicon has words for. */
const knownScripts = /[\p{Script=Latin}\p{Script=Telugu}\p{Script=Devanagari}\p{Script=Tamil}\p{Script=Malayalam}]/u;

/** Frequent little words of languages in Latin letters that the lexicon does not know. */
const foreign = new Set(
  'el los las una pero muy esta está por para como que und der die das nicht ist ein eine mit auf sehr les des est une pas très avec pour dans il gli che non per con sono molto het een niet van voor om bir çok ve için bu não muito uma com isso yang dan ini itu tidak saya ang mga sa na hindi jest nie się bardzo det att och som inte för en på'.split(
    ' ',
  ),
);
const english = new Set(
  'the a an and is was are it this that of to in for on with not but so very my you he she they we i film movie'.split(
    ' ',
  ),
);

/**
 * Whether a text can be judged at all: most of its letters are of a known script and, in Latin letters, its little words
 * are not those of another language. Texts with neither are taken as known: a lexicon word decides then.
 */
export function isKnownLanguage(text: string, words: readonly string[]): boolean {
  let letters = 0;
  let known = 0;
  for (const letter of text.slice(0, 2000).matchAll(/\p{L}/gu)) {
    letters += 1;
    if (knownScripts.test(letter[0])) known += 1;
  }
  if (letters > 0 && known / letters < 0.5) return false;
  let strange = 0;
  let familiar = 0;
  for (const word of words.slice(0, 300)) {
    if (english.has(word)) familiar += 1;
    else if (foreign.has(word)) strange += 1;
  }
  return strange < 2 || strange <= familiar;
}

/** In other scripts a text without any word of the lexicon says nothing: the lexicon is small there. */
export function isMostlyLatin(text: string): boolean {
  const letters = text.slice(0, 2000).match(/\p{L}/gu) ?? [];
  const latin = letters.filter((letter) => /\p{Script=Latin}/u.test(letter)).length;
  return latin * 2 >= letters.length;
}
