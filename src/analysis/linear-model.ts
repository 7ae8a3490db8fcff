/** Weights of hashed features: words, words after a negation, pairs of neighbours, and runs of 3 to 5 letters. */
export interface ModelData {
  /** Whole numbers from -127 to 127; as many as a power of two. */
  readonly weights: Int8Array;
  /** What one step of a weight is worth. */
  readonly step: number;
}

/** Longer words have no letter runs of their own: they are no words. */
const longestWord = 24;

/** A linear model over hashed features. What a word gives is the same everywhere and is asked for once a word. */
export class LinearModel {
  readonly #weights: Int8Array;
  readonly #step: number;
  readonly #mask: number;

  constructor({ weights, step }: ModelData) {
    this.#weights = weights;
    this.#step = step;
    this.#mask = weights.length - 1;
  }

  ofWord(text: string): { weight: number; turnedWeight: number; hash: number } {
    const hash = hashOf(text, 0, text.length, salt.word);
    const turnedWeight = this.#at(turnedHash(hash));
    let runs = 0;
    const value = forLetterRuns(text, (run) => {
      runs += this.#weights[run & this.#mask] ?? 0;
    });
    const sum = this.#at(hash) + runs * value * this.#step;
    return { weight: sum, turnedWeight, hash };
  }

  /** What two neighbours give beyond their own. */
  ofPair(first: number, second: number): number {
    return (this.#weights[pairHash(first, second) & this.#mask] ?? 0) * this.#step;
  }

  #at(hash: number): number {
    return (this.#weights[hash & this.#mask] ?? 0) * this.#step;
  }
}

const salt = { word: 0x811c9dc5, run: 0x5bd1e995 } as const;

/** FNV-1a with a last mixing, over UTF-16 units. */
function hashOf(text: string, start: number, end: number, seed: number): number {
  let hash = seed;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mixed(hash);
}

function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (once ^ (once >>> 13)) >>> 0;
}

export const turnedHash = (word: number): number => (Math.imul(word ^ 0x3c6ef372, 0x85ebca6b) >>> 3) >>> 0;
export const pairHash = (first: number, second: number): number => {
  const mixed = Math.imul(first ^ (second >>> 7) ^ (second << 11), 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) >>> 0;
};
export const wordHash = (text: string): number => hashOf(text, 0, text.length, salt.word);

/** The runs of 3 to 5 letters of a word, its ends marked. Returns what each is worth: less the more of them there are. */
export function forLetterRuns(text: string, visit: (hash: number) => void): number {
  if (text.length < 3 || text.length > longestWord) return 0;
  const marked = `<${text}>`;
  for (let start = 0; start + 3 <= marked.length; start += 1) {
    let hash: number = salt.run;
    const last = Math.min(5, marked.length - start);
    for (let length = 1; length <= last; length += 1) {
      hash = Math.imul(hash ^ marked.charCodeAt(start + length - 1), 0x01000193);
      if (length >= 3) visit(mixed(hash));
    }
  }
  return 1 / Math.sqrt(3 * text.length);
}
