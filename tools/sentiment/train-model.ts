// Logistic regression with L2 and Adagrad over the features of the library, then int8. Repeatable: seeded, no clock.
import { forLetterRuns, type ModelData, pairHash, turnedHash, wordHash } from '../../src/analysis/linear-model.js';
import { lengthScale } from '../../src/analysis/model-score.js';
import { Rules } from '../../src/analysis/rules.js';
import { Scan, scanText } from '../../src/analysis/scan.js';
import { Vocabulary } from '../../src/analysis/vocabulary.js';
import { WordBook } from '../../src/analysis/word.js';
import { trainable } from './sources.ts';

export interface Sample {
  readonly text: string;
  /** -1 to 1. */
  readonly score: number;
  /** Each has a bias of its own, which is not kept. */
  readonly source: string;
}

const bits = 18;
const epochs = 12;
const rate = 0.15;
const decay = 2e-5;
/** Features seen in fewer texts are left out. */
const rarest = 2;
/** How sure a score of 1 is: the target is its logistic. */
const sharpness = 4;
const seed = 1;
/** Posts are what is scored: they are few, and count more. */
const weightOf = (source: string): number => (source === 'hutto-tweets' ? 3 : 1);

interface Prepared {
  readonly slots: Int32Array;
  readonly values: Float64Array;
  readonly evidence: number;
  readonly target: number;
  readonly source: number;
  readonly weight: number;
}

/** @throws for a sample of a source that nothing may be trained on */
export function trainModel(samples: readonly Sample[]): ModelData {
  const size = 2 ** bits;
  const refused = samples.find(({ source }) => !trainable.has(source));
  if (refused !== undefined) throw new Error(`nothing may be trained on ${refused.source}: see its licence`);
  const sources = [...new Set(samples.map(({ source }) => source))];
  const features = featureReader(size);
  const prepared = samples.map(
    ({ text, score, source }): Prepared => ({
      ...features(text),
      target: 1 / (1 + Math.exp(-sharpness * score)),
      source: sources.indexOf(source),
      weight: weightOf(source),
    }),
  );
  const seen = new Uint16Array(size);
  for (const { slots } of prepared)
    for (const slot of new Set(slots)) seen[slot] = Math.min(65_535, (seen[slot] ?? 0) + 1);
  const weights = new Float64Array(size);
  const squares = new Float64Array(size).fill(1e-2);
  const biases = new Float64Array(sources.length);
  let evidenceWeight = 2;
  const random = generator(seed);
  const order = prepared.map((_, index) => index);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    const pace = 1 / (1 + 0.3 * epoch);
    for (const index of order) {
      const sample = prepared[index];
      if (sample === undefined) continue;
      const { slots, values, evidence, target, source, weight } = sample;
      let sum = (biases[source] ?? 0) + evidenceWeight * evidence;
      for (let at = 0; at < slots.length; at += 1) sum += (weights[slots[at] ?? 0] ?? 0) * (values[at] ?? 0);
      const error = weight * (target - 1 / (1 + Math.exp(-sum)));
      biases[source] = (biases[source] ?? 0) + 0.02 * pace * error;
      evidenceWeight += 0.02 * pace * error * evidence;
      for (let at = 0; at < slots.length; at += 1) {
        const slot = slots[at] ?? 0;
        if ((seen[slot] ?? 0) < rarest) continue;
        const old = weights[slot] ?? 0;
        const gradient = error * (values[at] ?? 0) - decay * old;
        const square = (squares[slot] ?? 0) + gradient * gradient;
        squares[slot] = square;
        weights[slot] = old + (rate * pace * gradient) / Math.sqrt(square);
      }
    }
  }
  return quantised(weights);
}

/** The features of a text as the library weighs them. */
function featureReader(size: number): (text: string) => Pick<Prepared, 'slots' | 'values' | 'evidence'> {
  const book = new WordBook(new Vocabulary(), null);
  const scan = new Scan();
  const rules = new Rules();
  return (text) => {
    scanText(text.normalize('NFC'), book, scan);
    rules.read(scan, false);
    const slots: number[] = [];
    const values: number[] = [];
    const add = (hash: number, value: number) => {
      slots.push(hash & (size - 1));
      values.push(value);
    };
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
      if (rules.roles[at] === 'covered') {
        previous = 0;
        continue;
      }
      const hash = wordHash(word.text);
      add(hash, 1);
      if (rules.roles[at] === 'turned') add(turnedHash(hash), 1);
      const runs: number[] = [];
      const value = forLetterRuns(word.text, (run) => runs.push(run));
      for (const run of runs) add(run, value);
      if (previous !== 0) add(pairHash(previous, hash), 1);
      previous = hash;
    }
    const scale = lengthScale(words);
    return {
      slots: Int32Array.from(slots),
      values: Float64Array.from(values, (value) => value * scale),
      evidence: rules.evidence,
    };
  };
}

function quantised(weights: Float64Array): ModelData {
  // The few strongest weights are cut, so that the steps between the others are small.
  const sorted = Float64Array.from(weights, Math.abs)
    .filter((weight) => weight > 0)
    .sort();
  const largest = sorted[Math.floor(sorted.length * 0.9995)] ?? 1;
  const step = Number((largest / 127).toPrecision(6));
  const whole = Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / step))));
  return { weights: whole, step };
}

function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function shuffle(items: number[], random: () => number): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const held = items[last] ?? 0;
    items[last] = items[other] ?? 0;
    items[other] = held;
  }
}
