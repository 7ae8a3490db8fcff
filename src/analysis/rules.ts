import type { Scan } from './scan.js';
import type { SentimentPart, SentimentRule } from './sentiment-explanation.js';
import type { Word } from './word.js';

const reach = 4; // words over which a negation acts
const boostReach = 3;
const turned = -0.74; // a negated word is weaker than its opposite
const capitals = 0.733;
const exclamation = 0.29;
const mostExclamations = 4;
const [beforeContrast, afterContrast] = [0.5, 1.4];
/** Half of the strongest evidence is reached at this square of the sum of strengths. */
const halfway = 15;

/** 'Never been so bored' says the most of it; 'never bored' says none. */
const heightening: ReadonlySet<string> = new Set(['so', 'this', 'such']);

/** Turned by a negation, or within a phrase whose words do not count again. */
export type Role = 'plain' | 'turned' | 'covered';

interface Hit {
  at: number;
  /** Words it stands for. */
  length: number;
  value: number;
  rules: SentimentRule[] | null;
}

/** The words that say something, by the lexicon and the rules. Owned by one analyser and reused from text to text. */
export class Rules {
  readonly #hits: Hit[] = [];
  /** What the rules made of each word of the scan. */
  readonly roles: Role[] = [];
  count = 0;
  /** Sum of the strengths after all rules. */
  total = 0;

  /** Reads a scan; `explaining` keeps the names of the rules. */
  read(scan: Scan, explaining: boolean): void {
    this.count = 0;
    const mayShout = scan.quiet > 0;
    let scope = 0;
    let negated = false;
    let turn = -1;
    for (let at = 0; at < scan.count; at += 1) {
      const word = scan.words[at];
      if (word === undefined) break;
      if (scope > 0) scope -= 1;
      else negated = false;
      this.roles[at] = negated ? 'turned' : 'plain';
      if (word.kind === 'stop') {
        scope = 0;
        negated = false;
        continue;
      }
      const phrase = word.phrases.length === 0 ? null : phraseAt(scan, at, word);
      if (phrase !== null) {
        if (phrase.strength !== 0)
          this.#add(
            scan,
            at,
            phrase.rest.length + 1,
            phrase.strength,
            negated && word.negates === null,
            false,
            explaining,
          );
        for (let covered = 0; covered <= phrase.rest.length; covered += 1) this.roles[at + covered] = 'covered';
        at += phrase.rest.length;
        continue;
      }
      if (word.contrasts) turn = at;
      if (word.negates === 'next' && !(word.text === 'never' && isHeightened(scan, at))) {
        negated = !negated || scope === 0;
        scope = reach;
      }
      if (word.strength === 0) continue;
      const next = scan.words[at + 1];
      if (word.boost !== 0 && next !== undefined && (next.strength !== 0 || next.boost !== 0) && next.kind === 'word')
        continue;
      const isTurned = (negated && word.negates === null) !== isTurnedBehind(scan, at);
      this.#add(scan, at, 1, word.strength, isTurned, mayShout && word.shouted, explaining);
    }
    if (turn !== -1) this.#weighContrast(scan, turn);
    this.#sum(scan);
  }

  /** From -1 to 1. */
  get evidence(): number {
    return this.total / Math.sqrt(this.total * this.total + halfway);
  }

  /** What was found, with each hit's value times `factor`. */
  explain(scan: Scan, text: string, factor: number): SentimentPart[] {
    const parts = this.#hits.slice(0, this.count).map(({ at, length, value, rules }): SentimentPart => {
      const start = scan.starts[at] ?? 0;
      const kind = scan.words[at]?.kind === 'emoji' ? 'emoji' : length > 1 ? 'phrase' : 'word';
      return {
        text: text.slice(start, scan.ends[at + length - 1]),
        at: start,
        kind,
        rules: rules ?? [],
        value: value * factor,
      };
    });
    const shouting = this.#exclamation(scan, this.#plainSum());
    if (shouting !== 0)
      parts.push({ text: '!', at: text.indexOf('!'), kind: 'exclamation', rules: [], value: shouting * factor });
    return parts;
  }

  #add(
    scan: Scan,
    at: number,
    length: number,
    strength: number,
    isTurned: boolean,
    shouts: boolean,
    explaining: boolean,
  ): void {
    let value = strength + (shouts ? Math.sign(strength) * capitals : 0);
    let boosted = false;
    for (let back = 1; back <= boostReach && back <= at; back += 1) {
      const before = scan.words[at - back];
      if (before === undefined || before.kind !== 'word') break;
      if (before.boost === 0) continue;
      boosted = true;
      value += Math.sign(strength) * before.boost * (1 - (back - 1) * 0.1) * (before.shouted ? 1.3 : 1);
    }
    if (isTurned) value *= turned;
    const hit = this.#hits[this.count] ?? { at: 0, length: 0, value: 0, rules: null };
    this.#hits[this.count] = hit;
    this.count += 1;
    hit.at = at;
    hit.length = length;
    hit.value = value;
    hit.rules = explaining ? namesOf(isTurned, boosted, shouts) : null;
  }

  /** What comes after the last 'but' counts more than what came before; 'although' at the beginning reaches to the comma. */
  #weighContrast(scan: Scan, turn: number): void {
    let border = turn;
    if (turn === 0) {
      while (border < scan.count && scan.words[border]?.kind !== 'stop') border += 1;
    }
    if (border >= scan.count - 1) return;
    for (let index = 0; index < this.count; index += 1) {
      const hit = this.#hits[index];
      if (hit === undefined) continue;
      const isBefore = hit.at < border;
      hit.value *= isBefore ? beforeContrast : afterContrast;
      hit.rules?.push(isBefore ? 'before_contrast' : 'after_contrast');
    }
  }

  #sum(scan: Scan): void {
    const sum = this.#plainSum();
    this.total = sum + this.#exclamation(scan, sum);
  }

  #plainSum(): number {
    let sum = 0;
    for (let index = 0; index < this.count; index += 1) sum += this.#hits[index]?.value ?? 0;
    return sum;
  }

  #exclamation(scan: Scan, sum: number): number {
    return sum === 0 ? 0 : Math.sign(sum) * exclamation * Math.min(mostExclamations, scan.exclamations);
  }
}

function namesOf(isTurned: boolean, boosted: boolean, shouts: boolean): SentimentRule[] {
  const names: SentimentRule[] = [];
  if (isTurned) names.push('negation');
  if (boosted) names.push('booster');
  if (shouts) names.push('capitals');
  return names;
}

function phraseAt(scan: Scan, at: number, { phrases }: Word): Word['phrases'][number] | null {
  for (const phrase of phrases) {
    const { rest } = phrase;
    let matched = 0;
    while (matched < rest.length && scan.words[at + 1 + matched]?.text === rest[matched]) matched += 1;
    if (matched === rest.length) return phrase;
  }
  return null;
}

function isHeightened(scan: Scan, at: number): boolean {
  for (let ahead = 1; ahead <= 3; ahead += 1) {
    const word = scan.words[at + ahead];
    if (word === undefined || word.kind === 'stop') return false;
    if (heightening.has(word.text)) return true;
  }
  return false;
}

/** 'accha nahi hai': in the Indian languages the negation follows. */
function isTurnedBehind(scan: Scan, at: number): boolean {
  for (let ahead = 1; ahead <= 2; ahead += 1) {
    const word = scan.words[at + ahead];
    if (word === undefined || word.kind === 'stop') return false;
    if (word.negates === 'before') return true;
    if (word.strength !== 0) return false;
  }
  return false;
}
