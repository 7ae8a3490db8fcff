import { editDistance, isOneTypoApart } from './edit-distance.js';
import { soundKey } from './sound-key.js';
import { type NameForms, type TitleForms, textForms, titleForms } from './title-forms.js';
import { wordsInCommon } from './words-in-common.js';

/** A name of another script is told by its sound from this many letters on. */
const shortestSound = 4;
/** Shorter names are other names when a letter differs. */
const shortestTypo = 4;
/** A name in which two letters may be wrong wherever they are. */
const longName = 10;

/**
 * How alike a searched text and a title are, 0 to 1: 1 the same after folding, 0.95 but for articles, numerals or 'movie',
 * about 0.9 for another spelling of the same sound and for the part before a colon ('Pushpa' and 'Pushpa: The Rise'), 0.75
 * to 0.85 for the beginning of a title and for a typo, less for words in common.
 */
export const titleSimilarity = (text: string, title: string): number => likeness(textForms(text), titleForms(title));

/** As `titleSimilarity`, of names that were read before. */
export function likeness(text: NameForms, title: TitleForms): number {
  if (text.folded === '' || title.folded === '') return 0;
  if (text.folded === title.folded) return 1;
  if (text.joined === title.joined) return 0.98;
  const whole = sameName(text, title);
  if (whole >= 0.9) return whole;
  const main = title.main === null ? 0 : beforeColon(text, title, title.main);
  const best = Math.max(whole, main, ofSeries(text, title), beginning(text, title));
  if (best >= 0.85) return best;
  return Math.max(
    best,
    subtitle(text, title),
    typos(text, title),
    sharesWord(text, title) ? wordsInCommon(text.words, title.words) : 0,
  );
}

/** Quickly false for most pairs: no word of the text, but for a typo, can be in the title. */
const sharesWord = (text: NameForms, title: NameForms): boolean =>
  text.lettersOfWords.some((letters) => !manyBits(letters & ~title.letters, 2));

/** The same but for articles, numerals, spaces or the spelling of its sound. */
function sameName(text: NameForms, title: NameForms): number {
  // Many leave an article out, few add one: 'The Office' is hardly 'Office'.
  const added = text.article === '' || text.article === title.article ? 0 : title.article === '' ? 0.1 : 0.07;
  if (text.compact === title.compact) return 0.95 - added;
  const isOtherScript = text.isIndic !== title.isIndic;
  if (text.sound === title.sound && (isOtherScript || text.sound.length >= shortestSound)) return 0.92 - added;
  if (text.bare === title.bare && text.bare.length >= shortestSound) return 0.88;
  return isOtherScript ? sameConsonants(text, title) : 0;
}

function sameConsonants(text: NameForms, title: NameForms): number {
  if (text.consonants === '' || text.consonants !== title.consonants) return 0;
  const most = Math.max(1, Math.floor(text.sound.length / 3));
  return editDistance(text.sound, title.sound, most) <= most ? 0.85 : 0.6;
}

/** 'Pushpa', 'Pushpa 1' and 'Pushpa Part 1' are 'Pushpa: The Rise - Part 1'. */
function beforeColon(text: NameForms, title: TitleForms, main: NameForms): number {
  const same = sameName(text, main);
  if (same > 0) return Math.max(0, text.folded === main.folded ? 0.91 : same - 0.05);
  const isThatPart = text.part !== null && text.part === (title.part ?? 1);
  return isThatPart && (text.series === main.compact || sounds(text.series, main)) ? 0.9 : 0;
}

const sounds = (series: string, main: NameForms): boolean => series.length >= shortestSound && series === main.sound;

/** The first film of a series is seldom called the first: 'Iron Man 1'. */
const ofSeries = (text: NameForms, title: NameForms): number =>
  text.part === 1 && title.part === null && text.series === title.compact ? 0.9 : 0;

function beginning(text: NameForms, title: NameForms): number {
  const [short, long] = [text.compact, title.compact];
  if (text.isIndic && !title.isIndic) return soundsLikeBeginning(text, title);
  if (short.length >= long.length || !long.startsWith(short)) return 0;
  const isWhole = text.words.every((word, index) => word === title.words[index]) || isWithoutSpaces(short);
  if (!isWhole) return 0;
  const told = text.words.length > 1 ? 0.78 : short.length >= shortestSound ? 0.76 : 0.72;
  return told + 0.1 * (short.length / long.length);
}

function soundsLikeBeginning(text: NameForms, title: NameForms): number {
  if (text.sound.length < shortestSound || !title.sound.startsWith(text.sound)) return 0;
  const isWhole = title.words.some((_, index) => soundKey(title.words.slice(0, index).join('')) === text.sound);
  return isWhole ? 0.8 : 0;
}

/** Scripts that are written without spaces between words. */
const isWithoutSpaces = (text: string): boolean =>
  text.length >= 2 && /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}ー]/u.test(text);

/** 'Fury Road' is 'Mad Max: Fury Road'. */
function subtitle(text: NameForms, { subtitle: after }: TitleForms): number {
  if (after === null || text.compact.length < 5) return 0;
  return sameName(text, after) > 0 ? 0.84 : 0;
}

function typos(text: NameForms, title: TitleForms): number {
  const whole =
    text.compact.length >= longName - 2 && title.compact.includes(text.compact) ? 0.7 : differing(text, title);
  if (whole > 0) return whole;
  return title.main === null ? 0 : Math.max(0, differing(text, title.main) - 0.05);
}

/** 0.82 for one typo, 0.76 for a second one in another word; 0 for other names. */
function differing(text: NameForms, title: NameForms): number {
  const isOtherScript = text.isIndic !== title.isIndic;
  if (
    (text.compact.length < shortestTypo && !isOtherScript) ||
    Math.abs(text.compact.length - title.compact.length) > 2
  )
    return 0;
  if (!isOtherScript && manyBits(text.letters ^ title.letters, 4)) return 0;
  // The number of the part is no typo.
  if (text.part !== title.part) return 0;
  if (isTypo(text.compact, title.compact)) return 0.82;
  if (isOtherScript && text.sound.length >= 3 && isOneTypoApart(text.sound, title.sound)) return 0.76;
  if (text.sound.length >= shortestTypo && isTypo(text.sound, title.sound)) return 0.76;
  if (text.sound.length >= longName && editDistance(text.sound, title.sound, 2) <= 2) return 0.76;
  if (text.words.length !== title.words.length) return 0;
  let wrong = 0;
  for (const [index, word] of text.words.entries()) {
    const given = title.words[index] ?? '';
    if (word === given) continue;
    if (!isTypo(word, given)) return 0;
    wrong += 1;
  }
  return wrong <= 2 ? 0.76 : 0;
}

const isTypo = (one: string, other: string): boolean =>
  Math.min(one.length, other.length) >= shortestTypo - 1 &&
  Math.max(one.length, other.length) >= shortestTypo &&
  isOneTypoApart(one, other);

function manyBits(bits: number, most: number): boolean {
  let left = bits;
  for (let count = 0; left !== 0; count += 1) {
    if (count === most) return true;
    left &= left - 1;
  }
  return false;
}
