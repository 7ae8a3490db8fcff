import { commonEnglish } from './lexicons/common-english.js';
import { emojiStrengths } from './lexicons/emoji.js';
import { englishNegative } from './lexicons/english-negative.js';
import { englishPhrases } from './lexicons/english-phrases.js';
import { englishPositive } from './lexicons/english-positive.js';
import { englishBoosters, englishContrasts, englishNegations } from './lexicons/english-rules.js';
import { englishWeak } from './lexicons/english-weak.js';
import { filmSlang } from './lexicons/film-slang.js';
import { foreignWords } from './lexicons/foreign.js';
import { hindi, hindiRomanised } from './lexicons/hindi.js';
import { hindiCommon, malayalamCommon, tamilCommon, teluguCommon } from './lexicons/indian-common.js';
import {
  indianBoosters,
  indianContrasts,
  indianNegationsAfter,
  indianNegationsBefore,
} from './lexicons/indian-rules.js';
import { malayalam, malayalamRomanised } from './lexicons/malayalam.js';
import type { Strengths } from './lexicons/strengths.js';
import { tamil, tamilRomanised } from './lexicons/tamil.js';
import { telugu, teluguRomanised, teluguTurningParts } from './lexicons/telugu.js';

/** What a word says about the language of the text it stands in; bits. */
export const tongue = { english: 1, foreign: 2, hindi: 4, telugu: 8, tamil: 16, malayalam: 32 } as const;

export interface Phrase {
  readonly rest: readonly string[];
  readonly strength: number;
}

/** Everything the lexicons say, ready for looking up by folded words. Made once: words are looked up through a cache. */
export class Vocabulary {
  readonly emoji = strengthsOf([emojiStrengths]).words;
  readonly negatesNext = setOf(englishNegations, indianNegationsBefore);
  readonly negatesBefore = setOf(indianNegationsAfter);
  readonly contrasts = setOf(englishContrasts, indianContrasts);
  readonly boosts = strengthsOf([englishBoosters, indianBoosters]).words;
  readonly #latin = strengthsOf([englishWeak, englishNegative, englishPositive, filmSlang]).words;
  readonly #indian = strengthsOf([
    hindi,
    hindiRomanised,
    tamil,
    tamilRomanised,
    malayalam,
    malayalamRomanised,
    telugu,
    teluguRomanised,
  ]);
  readonly #phrases = phrasesByFirstWord(englishPhrases);
  readonly #tongues = tonguesOfWords();
  readonly #turningParts = teluguTurningParts.split(' ');

  phrases(first: string): readonly Phrase[] {
    return this.#phrases.get(first) ?? [];
  }

  /** Strength of a folded word, or 0. English wins over what looks like it in another language. */
  strength(word: string): number {
    return this.#latin.get(word) ?? this.#indian.words.get(word) ?? this.#ofStem(word);
  }

  /** Bits of `tongue`; 0 for a word that says nothing. */
  tongues(word: string): number {
    return this.#tongues.get(word) ?? 0;
  }

  /** Whether a word is known at all: such words make up hashtags. */
  isKnown(word: string): boolean {
    return this.#tongues.has(word) || this.#latin.has(word) || this.#indian.words.has(word);
  }

  #ofStem(word: string): number {
    const first = word.charCodeAt(0);
    if (first >= 0x900) return this.#ofIndianStem(word);
    if (this.boosts.has(word)) return 0;
    for (const plain of plainForms(word)) {
      const found = this.#latin.get(plain) ?? this.#indian.words.get(plain);
      if (found !== undefined) return found;
    }
    return 0;
  }

  /** The longest known beginning; a part that negates, as Telugu has them within its verbs, turns it. */
  #ofIndianStem(word: string): number {
    for (let length = word.length; length >= 2; length -= 1) {
      const found = this.#indian.stems.get(word.slice(0, length));
      if (found === undefined) continue;
      const rest = word.slice(length);
      return found > 0 && this.#turningParts.some((part) => rest.includes(part)) ? -0.9 * found : found;
    }
    return 0;
  }
}

/** Common endings by their last letter, longest first. */
const suffixes: ReadonlyMap<string, readonly string[]> = new Map([
  ['s', ['ness', 'ers', 'ies', 'es', 's']],
  ['t', ['iest', 'est']],
  ['g', ['ing']],
  ['d', ['ed']],
  ['r', ['er']],
  ['y', ['ly', 'y']],
]);
const shortestStem = 4;

/** 'Sooo', 'gooood': without letters repeated for effect; 'thrillingly': without a common ending. */
function plainForms(word: string): string[] {
  const forms: string[] = [];
  const doubled = hasTriple(word) ? word.replace(/(.)\1{2,}/gu, '$1$1') : word;
  if (doubled !== word) {
    forms.push(doubled, word.replace(/(.)\1{2,}/gu, '$1'), word.replace(/(.)\1+/gu, '$1'));
  }
  for (const suffix of suffixes.get(doubled.charAt(doubled.length - 1)) ?? []) {
    if (doubled.length - suffix.length < shortestStem || !doubled.endsWith(suffix)) continue;
    const stem = doubled.slice(0, -suffix.length);
    forms.push(stem, `${stem}e`);
    if (suffix === 'ies' || suffix === 'iest') forms.push(`${stem}y`);
  }
  return forms;
}

function hasTriple(word: string): boolean {
  for (let at = 2; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    if (code === word.charCodeAt(at - 1) && code === word.charCodeAt(at - 2)) return true;
  }
  return false;
}

function strengthsOf(lists: readonly Strengths[]): { words: Map<string, number>; stems: Map<string, number> } {
  const words = new Map<string, number>();
  const stems = new Map<string, number>();
  for (const list of lists) {
    for (const [strength, names] of Object.entries(list)) {
      for (const name of names.split(' ')) {
        const isStem = name.length > 2 && name.endsWith('*') && name !== ':*' && name !== ':-*';
        const folded = foldIndian(isStem ? name.slice(0, -1) : name);
        const target = isStem ? stems : words;
        if (!target.has(folded)) target.set(folded, Number(strength));
      }
    }
  }
  return { words, stems };
}

/** Composed, and without the joiners that only change how letters look. */
export const foldIndian = (word: string): string =>
  beyondAscii.test(word) ? word.normalize('NFC').replace(/[\u200c\u200d]/g, '') : word;
const beyondAscii = /[^\p{ASCII}]/u;

const setOf = (...lists: readonly string[]): ReadonlySet<string> =>
  new Set(lists.flatMap((list) => list.split(' ').map(foldIndian)));

function phrasesByFirstWord(lists: Readonly<Record<number, string>>): Map<string, Phrase[]> {
  const phrases = new Map<string, Phrase[]>();
  for (const [strength, list] of Object.entries(lists)) {
    for (const phrase of list.split('|')) {
      const [first = '', ...rest] = phrase.split(' ');
      const others = phrases.get(first) ?? [];
      others.push({ rest, strength: Number(strength) });
      others.sort((one, other) => other.rest.length - one.rest.length);
      phrases.set(first, others);
    }
  }
  return phrases;
}

function tonguesOfWords(): Map<string, number> {
  const tongues = new Map<string, number>();
  const add = (words: Iterable<string>, bit: number) => {
    for (const word of words) tongues.set(word, (tongues.get(word) ?? 0) | bit);
  };
  const lists: ReadonlyArray<readonly [number, string, Strengths | null]> = [
    [tongue.hindi, hindiCommon, hindiRomanised],
    [tongue.telugu, teluguCommon, teluguRomanised],
    [tongue.tamil, tamilCommon, tamilRomanised],
    [tongue.malayalam, malayalamCommon, malayalamRomanised],
  ];
  add(commonEnglish.split(' '), tongue.english);
  for (const list of [englishWeak, englishPositive, englishNegative, filmSlang])
    add(strengthsOf([list]).words.keys(), tongue.english);
  for (const list of [englishNegations, englishContrasts, ...Object.values(englishBoosters)])
    add(list.split(' '), tongue.english);
  for (const [bit, common, strengths] of lists) {
    add(
      common.split(' ').filter((word) => ((tongues.get(word) ?? 0) & tongue.english) === 0),
      bit,
    );
    if (strengths !== null)
      add(
        [...strengthsOf([strengths]).words.keys()].filter((word) => ((tongues.get(word) ?? 0) & tongue.english) === 0),
        bit,
      );
  }
  // What a known language has too says nothing of a strange one.
  add(
    foreignWords.split(' ').filter((word) => !tongues.has(word)),
    tongue.foreign,
  );
  return tongues;
}
