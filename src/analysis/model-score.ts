import type { LinearModel } from './linear-model.js';
import type { Role } from './rules.js';
import type { Scan } from './scan.js';
import type { SentimentPart } from './sentiment-explanation.js';

/** Short texts are not overrated, long ones not underrated. */
export const lengthScale = (words: number): number => 1 / Math.sqrt(words + 4);

/** The model's opinion of a text: the sum over its words and their neighbours. */
export function modelScore(scan: Scan, roles: readonly Role[], model: LinearModel): number {
  let sum = 0;
  let words = 0;
  let previous = 0;
  for (let at = 0; at < scan.count; at += 1) {
    const word = scan.words[at];
    if (word === undefined || word.kind === 'emoji') continue;
    if (word.kind === 'stop') {
      previous = 0;
      continue;
    }
    words += 1;
    if (roles[at] === 'covered') {
      previous = 0;
      continue;
    }
    sum += word.weight;
    if (roles[at] === 'turned') sum += word.turnedWeight;
    if (previous !== 0) sum += model.ofPair(previous, word.hash);
    previous = word.hash;
  }
  return sum * lengthScale(words);
}

/** The same, word by word; a pair belongs to its second word. Words that give nothing are left out. */
export function explainModel(
  scan: Scan,
  roles: readonly Role[],
  model: LinearModel,
  text: string,
  share: number,
): SentimentPart[] {
  const found: Array<{ start: number; end: number; value: number }> = [];
  let words = 0;
  let previous = 0;
  for (let at = 0; at < scan.count; at += 1) {
    const word = scan.words[at];
    if (word === undefined || word.kind === 'emoji') continue;
    if (word.kind === 'stop') {
      previous = 0;
      continue;
    }
    words += 1;
    if (roles[at] === 'covered') {
      previous = 0;
      continue;
    }
    const own = word.weight + (roles[at] === 'turned' ? word.turnedWeight : 0);
    const value = own + (previous === 0 ? 0 : model.ofPair(previous, word.hash));
    previous = word.hash;
    if (value !== 0) found.push({ start: scan.starts[at] ?? 0, end: scan.ends[at] ?? 0, value });
  }
  const factor = share * lengthScale(words);
  return found.map(({ start, end, value }) => ({
    text: text.slice(start, end),
    at: start,
    kind: 'model',
    rules: [],
    value: value * factor,
  }));
}
