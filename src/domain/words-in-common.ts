import { isOneTypoApart } from './edit-distance.js';

const shortestTypo = 4;
/** Words that say nothing about which film it is. */
const weak = new Set([
  'of',
  'and',
  'in',
  'on',
  'to',
  'at',
  'for',
  'with',
  'from',
  'by',
  'is',
  'le',
  'la',
  'de',
  'und',
  'y',
  'et',
]);

/**
 * How much of two names is in common, word by word, 0 to 0.85: most where each searched word is in the title ('harry
 * potter azkaban'), less where the title is in a longer text, little where only some are shared.
 */
export function wordsInCommon(wanted: readonly string[], given: readonly string[]): number {
  let [foundWeight, wantedWeight, typos] = [0, 0, 0];
  for (const word of wanted) {
    const weight = weightOf(word);
    wantedWeight += weight;
    if (given.includes(word)) foundWeight += weight;
    else if (word.length >= shortestTypo && given.some((other) => isTypoOf(word, other))) {
      foundWeight += weight;
      typos += 1;
    }
  }
  if (foundWeight === 0) return 0;
  const givenWeight = given.reduce((sum, word) => sum + weightOf(word), 0);
  const recall = foundWeight / wantedWeight;
  const precision = Math.min(1, foundWeight / givenWeight);
  const penalty = 0.06 * Math.min(typos, 3);
  if (recall === 1) return Math.max(0, 0.45 + 0.4 * precision - penalty);
  if (precision === 1) return Math.max(0, 0.2 + 0.55 * recall - penalty);
  return Math.max(0, 0.6 * ((2 * recall * precision) / (recall + precision)) - penalty);
}

const weightOf = (word: string): number => (weak.has(word) ? 0.5 : Math.min(word.length, 8) + 1);

const isTypoOf = (word: string, other: string): boolean => other.length >= shortestTypo && isOneTypoApart(word, other);
