import { cueOf } from './cues.js';
import type { LinearModel } from './linear-model.js';
import { foldIndian, type Phrase, tongue, type Vocabulary } from './vocabulary.js';

/** Everything about one written word that does not depend on its place. */
export interface Word {
  readonly kind: 'word' | 'emoji' | 'stop';
  /** Lower case, composed, without apostrophes. */
  readonly text: string;
  readonly strength: number;
  readonly shouted: boolean;
  readonly negates: 'next' | 'before' | null;
  readonly boost: number;
  readonly contrasts: boolean;
  readonly phrases: readonly Phrase[];
  readonly tongues: number;
  readonly script: Script;
  /** Has letters beyond those of English. */
  readonly accented: boolean;
  /** What it hints at beside an opinion: see `cue`. */
  readonly cue: number;
  /** The model's opinion of the word itself, and of it after a negation; 0 without a model. */
  readonly weight: number;
  readonly turnedWeight: number;
  /** For pairs of words. */
  readonly hash: number;
}

type Script = 'latin' | 'devanagari' | 'telugu' | 'tamil' | 'malayalam' | 'other' | 'none';

const plain = {
  strength: 0,
  shouted: false,
  negates: null,
  boost: 0,
  contrasts: false,
  phrases: [],
  tongues: 0,
  script: 'none',
  accented: false,
  cue: 0,
  weight: 0,
  turnedWeight: 0,
  hash: 0,
} as const satisfies Partial<Word>;

const noFeatures = { weight: 0, turnedWeight: 0, hash: 0 } as const;

/** The end of a clause. */
export const stop: Word = { ...plain, kind: 'stop', text: '.' };
export const softStop: Word = { ...plain, kind: 'stop', text: ',' };

/** Entries kept, some 200 bytes each; then the cache begins anew. Longer words are rare and not kept. */
const mostWords = 100_000;
const longestKept = 40;

/** Looks words up once and remembers them, within bounds. Nothing in it changes a result. */
export class WordBook {
  readonly #vocabulary: Vocabulary;
  readonly #model: LinearModel | null;
  readonly #words = new Map<string, Word>();
  readonly #tags = new Map<string, readonly Word[]>();
  readonly #emoji: ReadonlyMap<string, Word>;

  constructor(vocabulary: Vocabulary, model: LinearModel | null) {
    this.#vocabulary = vocabulary;
    this.#model = model;
    const emoji = [...vocabulary.emoji].map(([text, strength]): [string, Word] => [
      text,
      { ...plain, kind: 'emoji', text, strength },
    ]);
    this.#emoji = new Map(emoji);
  }

  word(raw: string): Word {
    const known = this.#words.get(raw);
    if (known !== undefined) return known;
    const made = this.#makeWord(raw);
    if (raw.length <= longestKept) {
      if (this.#words.size >= mostWords) this.#words.clear();
      this.#words.set(raw, made);
    }
    return made;
  }

  /** An emoji or emoticon; null when it says nothing. */
  emoji(raw: string): Word | null {
    return this.#emoji.get(raw) ?? null;
  }

  /** The words of a hashtag, without its sign. */
  hashtag(tag: string): readonly Word[] {
    const known = this.#tags.get(tag);
    if (known !== undefined) return known;
    const words = splitHashtag(tag, this.#vocabulary).map((word) => this.word(word));
    if (tag.length <= longestKept) {
      if (this.#tags.size >= mostWords) this.#tags.clear();
      this.#tags.set(tag, words);
    }
    return words;
  }

  #makeWord(raw: string): Word {
    const vocabulary = this.#vocabulary;
    const lower = raw.toLowerCase();
    const text = foldIndian(lower === "i'll" || lower === 'i’ll' ? 'i will' : lower.replace(/['’]/g, ''));
    const script = scriptOf(text);
    const strength = vocabulary.strength(text);
    const { weight, turnedWeight, hash } = this.#model === null ? noFeatures : this.#model.ofWord(text);
    return {
      kind: 'word',
      text,
      script,
      accented: script === 'latin' && /[^\x20-\x7e]/.test(text),
      cue: cueOf(text),
      strength,
      shouted: raw.length > 2 && raw !== lower && raw === raw.toUpperCase(),
      negates: vocabulary.negatesNext.has(text) ? 'next' : vocabulary.negatesBefore.has(text) ? 'before' : null,
      boost: vocabulary.boosts.get(text) ?? 0,
      contrasts: vocabulary.contrasts.has(text),
      phrases: vocabulary.phrases(text),
      tongues: vocabulary.tongues(text) || (strength !== 0 && script === 'latin' ? tongue.english : 0),
      weight,
      turnedWeight,
      hash,
    };
  }
}

function scriptOf(text: string): Script {
  const code = text.codePointAt(0) ?? 0;
  if (code < 0x30) return 'none';
  if (code < 0x3a) return 'none';
  if (code < 0x250 || (code >= 0x1e00 && code < 0x1f00)) return 'latin';
  if (code >= 0x900 && code < 0x980) return 'devanagari';
  if (code >= 0xc00 && code < 0xc80) return 'telugu';
  if (code >= 0xb80 && code < 0xc00) return 'tamil';
  if (code >= 0xd00 && code < 0xd80) return 'malayalam';
  return 'other';
}

/** #MustWatch and #must_watch are two words; #mustwatch too, when words that are known make up all of it. */
function splitHashtag(tag: string, vocabulary: Vocabulary): string[] {
  const parts = tag.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').split(/[\s_]+/);
  return parts.flatMap((part) => (part === '' ? [] : (knownParts(part, vocabulary) ?? [part])));
}

function knownParts(part: string, vocabulary: Vocabulary): string[] | null {
  const lower = part.toLowerCase();
  if (lower.length < 6 || lower.length > 32 || !/^[a-z]+$/.test(lower)) return null;
  if (vocabulary.isKnown(lower)) return null;
  const best: Array<string[] | null> = [[]];
  for (let end = 1; end <= lower.length; end += 1) {
    let found: string[] | null = null;
    for (let start = Math.max(0, end - 16); start <= end - 2; start += 1) {
      const before = best[start];
      const word = lower.slice(start, end);
      if (before === null || before === undefined || !vocabulary.isKnown(word)) continue;
      if (found === null || before.length + 1 < found.length) found = [...before, word];
    }
    best[end] = found;
  }
  return best[lower.length] ?? null;
}
