import { labelOf, type SentimentScore } from '../domain/analysis.js';
import { isKnownLanguage, isMostlyLatin } from './language.js';
import type { Lexicon } from './lexicon.js';
import { type Token, tokenize } from './tokenize.js';

/** Longer texts say nothing more: a review of this length is several pages. */
const longestText = 20_000;
const reach = 3; // words over which a negation or booster acts
const turned = -0.74; // a negated word is weaker than its opposite
const capitals = 0.733;
const exclamation = 0.29;
/** Half of the strongest score is reached at this sum of strengths. */
const halfway = 15;
const contrasts: ReadonlySet<string> = new Set([
  'but',
  'however',
  'though',
  'yet',
  'lekin',
  'magar',
  'కానీ',
  'kani',
  'लेकिन',
  'पर',
  'aanal',
]);

const unscored: SentimentScore = { score: 0, label: 'neutral', confidence: 0 };

interface Hit {
  readonly at: number;
  readonly strength: number;
}

/** Scores one text by rules over a lexicon. An unknown language, or a text without words, is not scored. */
export function scoreText(text: string, lexicon: Lexicon): SentimentScore {
  const tokens = tokenize(text.slice(0, longestText).toWellFormed().normalize('NFC'));
  const words = tokens.filter(({ kind }) => kind === 'word').map((token) => token.text);
  const hits = findHits(tokens, lexicon);
  if (hits.length === 0 && (words.length === 0 || !isMostlyLatin(text))) return unscored; // nothing known in it: no opinion
  if (words.length > 0 && !isKnownLanguage(text, words)) return unscored;
  const sum = weighContrast(tokens, hits).reduce((total, { strength }) => total + strength, 0);
  const total = sum === 0 ? 0 : sum + Math.sign(sum) * exclamation * Math.min(4, exclamationsIn(tokens));
  const score = Math.round((total / Math.sqrt(total * total + halfway)) * 10_000) / 10_000;
  return { score, label: labelOf(score), confidence: confidenceOf(hits.length, score) };
}

function findHits(tokens: readonly Token[], lexicon: Lexicon): Hit[] {
  const hits: Hit[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'stop') continue;
    if (token.kind === 'emoji') {
      const strength = lexicon.emoji.get(token.text);
      if (strength !== undefined) hits.push({ at, strength });
      continue;
    }
    const phrase = lexicon
      .phrases(token.text)
      .find(({ rest }) => rest.every((word, offset) => tokens[at + 1 + offset]?.text === word));
    const strength = phrase?.strength ?? lexicon.word(token.text);
    const modifies =
      phrase === undefined &&
      (lexicon.negates(token.text) || (lexicon.boost(token.text) !== undefined && isModifier(tokens, at, lexicon)));
    if (strength !== undefined && strength !== 0 && !modifies) {
      const shout = token.shouted ? Math.sign(strength) * capitals : 0;
      hits.push({ at, strength: modified(tokens, at, strength + shout, lexicon, phrase !== undefined) });
    }
    at += phrase?.rest.length ?? 0;
  }
  return hits;
}

/** 'Damn good': the first word only strengthens the second. */
function isModifier(tokens: readonly Token[], at: number, lexicon: Lexicon): boolean {
  const next = tokens[at + 1];
  return next?.kind === 'word' && lexicon.word(next.text) !== undefined;
}

/** What stands within reach before a word, up to the last stop, turns it or changes its strength. */
function modified(tokens: readonly Token[], at: number, strength: number, lexicon: Lexicon, isPhrase: boolean): number {
  let value = strength;
  let negated = false;
  let heightened = false;
  for (let back = 1; back <= reach; back += 1) {
    const before = tokens[at - back];
    if (before === undefined || before.kind === 'stop') break;
    const boost = lexicon.boost(before.text);
    if (boost !== undefined) value += Math.sign(strength) * boost * (1 - (back - 1) * 0.1) * (before.shouted ? 1.3 : 1);
    if (heightening.has(before.text)) heightened = true;
    else if (!isPhrase && lexicon.negates(before.text) && !(heightened && before.text === 'never')) negated = !negated;
  }
  const after = tokens[at + 1];
  if (after?.kind === 'word' && followsToNegate.has(after.text)) negated = !negated; // 'accha nahi': the negation follows
  return negated ? value * turned : value;
}

/** 'Never been so bored' says the most of it; 'never bored' says none. */
const heightening: ReadonlySet<string> = new Set(['so', 'this', 'such']);

const followsToNegate: ReadonlySet<string> = new Set(
  'nahi nahin nhi नहीं नही కాదు ledu ledhu illa illai இல்லை ഇല്ല'.split(' '),
);

/** What comes after the last 'but' counts more than what came before it. */
function weighContrast(tokens: readonly Token[], hits: readonly Hit[]): Hit[] {
  const turn = tokens.findLastIndex(({ text }) => contrasts.has(text));
  if (turn === -1 || turn === tokens.length - 1) return [...hits];
  return hits.map(({ at, strength }) => ({ at, strength: strength * (at < turn ? 0.5 : 1.5) }));
}

const exclamationsIn = (tokens: readonly Token[]): number =>
  tokens.reduce((sum, { text, kind }) => (kind === 'stop' ? sum + text.split('!').length - 1 : sum), 0);

/** More words and a clearer score: surer. A text without any word of the lexicon is neutral with little confidence. */
const confidenceOf = (hits: number, score: number): number =>
  hits === 0 ? 0.2 : Math.round(Math.min(1, 0.35 + 0.1 * Math.min(hits, 4) + 0.25 * Math.abs(score)) * 100) / 100;
