import { foldTitle } from './fold-title.js';

const englishArticles = new Set(['the', 'a', 'an']);
const otherArticles = new Set(
  'le la les un une el los las una der die das ein eine il lo gli i uno o os um uma de het den det en ett'.split(' '),
);
/** Numbers as titles and people write them: 'Rocky II' and 'It Chapter Two'. */
const numbers: ReadonlyMap<string, string> = new Map(
  'one two three four five six seven eight nine ten eleven twelve thirteen'
    .split(' ')
    .map((word, index) => [word, String(index + 1)] as const),
);
const romans: ReadonlyMap<string, string> = new Map(
  'i ii iii iv v vi vii viii ix x xi xii xiii'.split(' ').map((word, index) => [word, String(index + 1)] as const),
);
/** Digits that stand for letters inside a word, as in 'Se7en' and 'S1m0ne'. */
const letterDigits: ReadonlyMap<string, string> = new Map([
  ['0', 'o'],
  ['1', 'i'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['7', 'v'],
]);
/** Words before the number of a part. */
const partWords = new Set(['part', 'chapter', 'vol', 'volume', 'episode', 'pt', 'ch']);
/** Words that people add to a title when they look for it. */
const fillers = new Set(['movie', 'movies', 'film', 'films', 'cinema', 'full', 'hd', 'online', 'trailer', 'watch']);

/** 'Four hundred' as 400. */
function withHundreds(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (word === 'hundred' && isNumber(words[index - 1])) return [];
    return isNumber(word) && words[index + 1] === 'hundred' ? [`${word}00`] : [word];
  });
}

const isNumber = (word: string | undefined): boolean => word !== undefined && /^\d+$/.test(word);

export const isArticle = (word: string): boolean => englishArticles.has(word);

/** Whether a word is no part of most titles: 'movie', 'chapter', the number of a part. */
export const isBesideTitle = (word: string): boolean =>
  fillers.has(word) ||
  partWords.has(word) ||
  numbers.has(word) ||
  (word !== 'i' && romans.has(word)) ||
  word === 'hundred' ||
  /^\d{1,4}$/.test(word);

/** What is left of a name when articles and the ways to write a number no longer matter. */
export interface PlainWords {
  /** Without articles, 'part' and 'chapter' before a number; numbers as digits. Never empty for a name with letters. */
  readonly words: readonly string[];
  /** 'the', 'a' or 'an' at its beginning, or ''. */
  readonly article: string;
}

export function plainWords(name: string): PlainWords {
  const folded = foldTitle(name).split(' ');
  const numbered = withHundreds(
    folded.map((typed, index) => {
      const word = typed.replace(/(?<=\p{L})\d(?=\p{L})/gu, letterOf);
      return numbers.get(word) ?? (index > 0 ? romans.get(word) : undefined) ?? word;
    }),
  );
  const words = numbered.filter(
    (word, index) => !englishArticles.has(word) && !(partWords.has(word) && isNumber(numbered[index + 1])),
  );
  const [begin = ''] = folded;
  return { words: words.length === 0 ? folded : words, article: folded.length > 1 && isArticle(begin) ? begin : '' };
}

const letterOf = (digit: string): string => letterDigits.get(digit) ?? digit;

/** The words without what people add at the end, as in 'rrr full movie'; all of them when nothing else is there. */
export function withoutFillers(words: readonly string[]): readonly string[] {
  const end = words.findLastIndex((word) => !fillers.has(word)) + 1;
  return end === 0 ? words : words.slice(0, end);
}

/** The words without an article of another language at their beginning. */
export const withoutForeignArticle = (words: readonly string[]): readonly string[] =>
  words.length > 1 && otherArticles.has(words[0] ?? '') ? words.slice(1) : words;

/** The number of the part that a name ends with: 2 of 'Rocky 2'; null for '2012' and for a name that is a number. */
export function partNumber(words: readonly string[]): number | null {
  const lastWord = words.at(-1);
  if (words.length < 2 || lastWord === undefined || !/^\d{1,2}$/.test(lastWord)) return null;
  return Number(lastWord);
}
