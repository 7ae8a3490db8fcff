import { emojiScores } from './lexicons/emoji.js';
import { englishBoosters, englishNegations, englishPhrases, englishWords } from './lexicons/english.js';
import { indianBoosters, indianNegations, indianWords } from './lexicons/indian.js';

/** What words are worth, ready for looking up. */
export interface Lexicon {
  /** Strength of a word, about -4 to 4, or undefined. */
  word(token: string): number | undefined;
  /** Phrases that begin with a word: the words that follow, and the strength of the whole. */
  phrases(first: string): ReadonlyArray<{ readonly rest: readonly string[]; readonly strength: number }>;
  emoji: ReadonlyMap<string, number>;
  negates(token: string): boolean;
  boost(token: string): number | undefined;
}

const suffixes = ['ness', 'ing', 'est', 'ers', 'ies', 'ed', 'er', 'ly', 'es', 's', 'y'];
const shortestStem = 4;

export function buildLexicon(): Lexicon {
  const words = new Map<string, number>([...byWord(englishWords), ...byWord(indianWords)]);
  const boosters = new Map(Object.entries({ ...englishBoosters, ...indianBoosters }));
  const negations = new Set(`${englishNegations} ${indianNegations}`.split(' '));
  const phrases = phrasesByFirstWord();
  return {
    word: (token) => words.get(token) ?? ofStem(words, token),
    phrases: (first) => phrases.get(first) ?? [],
    emoji: byWord(emojiScores),
    negates: (token) => negations.has(token),
    boost: (token) => boosters.get(token),
  };
}

/** 'Enjoyed', 'boringly', 'sooo': a word without a common ending, or without letters repeated for effect. */
function ofStem(words: ReadonlyMap<string, number>, token: string): number | undefined {
  const plain = token.replace(/(.)\1{2,}/gu, '$1$1');
  if (plain !== token) return words.get(plain) ?? words.get(token.replace(/(.)\1{2,}/gu, '$1'));
  for (const suffix of suffixes) {
    if (!token.endsWith(suffix) || token.length - suffix.length < shortestStem) continue;
    const stem = token.slice(0, -suffix.length);
    const found = words.get(stem) ?? words.get(`${stem}e`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function byWord(strengths: Readonly<Record<number, string>>): Map<string, number> {
  const words = new Map<string, number>();
  for (const [strength, list] of Object.entries(strengths)) {
    for (const word of list.split(' ')) words.set(word.normalize('NFC'), Number(strength));
  }
  return words;
}

function phrasesByFirstWord(): Map<string, Array<{ rest: string[]; strength: number }>> {
  const phrases = new Map<string, Array<{ rest: string[]; strength: number }>>();
  for (const [phrase, strength] of Object.entries(englishPhrases)) {
    const [first = '', ...rest] = phrase.replaceAll("'", '').split(' ');
    const others = phrases.get(first) ?? [];
    others.push({ rest, strength });
    others.sort((one, other) => other.rest.length - one.rest.length);
    phrases.set(first, others);
  }
  return phrases;
}
