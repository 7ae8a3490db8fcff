import type { Scan } from './scan.js';
import { tongue } from './vocabulary.js';

const scripts = { devanagari: 'hi', telugu: 'te', tamil: 'ta', malayalam: 'ml' } as const;
const romanised = [
  [tongue.hindi, 'hi-Latn'],
  [tongue.telugu, 'te-Latn'],
  [tongue.tamil, 'ta-Latn'],
  [tongue.malayalam, 'ml-Latn'],
] as const;
/** Words looked at: the language does not change after that. */
const mostWords = 200;

/**
 * The language of a text, by its scripts and its little words: 'en', 'hi', 'te', 'ta', 'ml', these four with '-Latn' when
 * romanised, 'und' without letters, null for any other. A name alone is taken for English: nothing in it is scored.
 */
export function languageOf(scan: Scan): string | null {
  if (scan.letters === 0) return 'und';
  if (scan.strangeLetters * 2 > scan.letters) return null;
  const indian = { devanagari: 0, telugu: 0, tamil: 0, malayalam: 0 };
  const heard = [0, 0, 0, 0];
  let [words, english, foreign, accented, felt] = [0, 0, 0, 0, 0];
  const last = Math.min(scan.count, mostWords);
  for (let at = 0; at < last; at += 1) {
    const word = scan.words[at];
    if (word === undefined || word.kind !== 'word' || word.script === 'none') continue;
    words += 1;
    if (word.strength !== 0) felt += 1;
    const { tongues, script } = word;
    if (tongues !== 0) {
      if ((tongues & tongue.english) !== 0) english += 1;
      else if ((tongues & tongue.foreign) !== 0) foreign += 1;
      else
        for (let index = 0; index < 4; index += 1)
          if ((tongues & (romanised[index]?.[0] ?? 0)) !== 0) heard[index] = (heard[index] ?? 0) + 1;
    }
    if (script === 'latin') {
      if (word.accented && tongues === 0) accented += 1;
    } else if (script !== 'other') indian[script] += 1;
  }
  return inScript(indian, words, foreign) ?? inLatin({ words, english, foreign, accented, felt }, heard);
}

function inScript(counts: Record<keyof typeof scripts, number>, words: number, foreign: number): string | null {
  for (const script of ['devanagari', 'telugu', 'tamil', 'malayalam'] as const) {
    if (counts[script] * 3 >= words && counts[script] > 0)
      return script === 'devanagari' && foreign > 0 ? null : scripts[script];
  }
  return null;
}

function inLatin(
  { words, english, foreign, accented, felt }: Record<'words' | 'english' | 'foreign' | 'accented' | 'felt', number>,
  heard: readonly number[],
): string | null {
  const best = Math.max(...heard);
  const known = english + best;
  if (foreign >= 2 && foreign >= known) return null;
  if (foreign > 0 && foreign >= known && felt === 0) return null; // 'Film mantap'; but not 'Loved Les Misérables'
  if (known === 0 && (words >= 5 || foreign > 0 || (accented > 0 && words > 1))) return null;
  if (accented >= 2 && accented + foreign > known) return null;
  if (best > 0 && best * 2 > english) return romanised[heard.indexOf(best)]?.[1] ?? null;
  return 'en';
}
