import { foldTitle } from './fold-title.js';
import { hasIndicLetters } from './indic-letters.js';
import { consonantKey, soundKey } from './sound-key.js';
import { partNumber, plainWords, withoutFillers, withoutForeignArticle } from './title-words.js';

/** A name in the forms in which it is compared. */
export interface NameForms {
  readonly folded: string;
  /** Folded, without spaces. */
  readonly joined: string;
  readonly words: readonly string[];
  /** The plain words without spaces. */
  readonly compact: string;
  readonly sound: string;
  /** The consonants of its sound, or '' for too few. */
  readonly consonants: string;
  readonly isIndic: boolean;
  readonly article: string;
  readonly part: number | null;
  /** Without the number of its part, or `compact`. */
  readonly series: string;
  /** Without an article of another language, or `compact`. */
  readonly bare: string;
  /** Which of 32 groups of letters occur: tells most names apart at once. */
  readonly letters: number;
  /** The same for each word. */
  readonly lettersOfWords: readonly number[];
}

/** A title with what stands before and after its first colon or dash. */
export interface TitleForms extends NameForms {
  readonly main: NameForms | null;
  readonly subtitle: NameForms | null;
}

const nameForms = (name: string): NameForms => formsOf(name, plainWords(name));

/** What somebody typed, without the 'movie' that they added. */
export function textForms(text: string): NameForms {
  const { words, article } = plainWords(text);
  return formsOf(text, { words: withoutFillers(words), article });
}

export function titleForms(title: string): TitleForms {
  const cut = /[:–—|([]| - /u.exec(title);
  const main = cut === null ? '' : title.slice(0, cut.index);
  const subtitle = cut === null ? '' : title.slice(cut.index + cut[0].length);
  const part = (text: string) => (foldTitle(text) === '' ? null : nameForms(text));
  return { ...nameForms(title), main: part(main), subtitle: part(subtitle) };
}

function formsOf(name: string, { words, article }: { words: readonly string[]; article: string }): NameForms {
  const folded = foldTitle(name);
  const compact = words.join('');
  const part = partNumber(words);
  const sound = soundKey(compact);
  return {
    folded,
    joined: folded.replaceAll(' ', ''),
    words,
    compact,
    sound,
    consonants: consonantKey(sound),
    isIndic: hasIndicLetters(compact),
    article,
    part,
    series: part === null ? compact : words.slice(0, -1).join(''),
    bare: withoutForeignArticle(words).join(''),
    letters: lettersOf(compact),
    lettersOfWords: words.map(lettersOf),
  };
}

function lettersOf(text: string): number {
  let letters = 0;
  for (let index = 0; index < text.length; index += 1) letters |= 1 << (text.charCodeAt(index) & 31);
  return letters;
}
