// The labelled texts, and which of them weights may be trained on. Not part of the package.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Sample } from './train-model.ts';

export interface LabelledText {
  readonly id: string;
  readonly text: string;
  readonly label: 'positive' | 'neutral' | 'negative';
  readonly score?: number;
  readonly source: string;
  readonly lang: string;
}

/** MIT licences; see the README of the data. Nothing else may be trained on. */
export const trainable: ReadonlySet<string> = new Set([
  'hutto-tweets',
  'hutto-movie',
  'hutto-amazon',
  'hutto-nyt',
  'te-movie-reviews',
]);

/** How strong the opinion of a text is taken to be whose label has no strength. */
const plainStrength = 0.6;

/** What the model may learn from: the texts of the free sources. */
export const samplesOf = (texts: readonly LabelledText[]): Sample[] =>
  texts
    .filter(({ source }) => trainable.has(source))
    .map(({ text, source, label, score }) => ({ text, source, score: score ?? plainScores[label] }));

const plainScores = { positive: plainStrength, neutral: 0, negative: -plainStrength } as const;

const dataPath = fileURLToPath(new URL('../../../shared/data/sentiment-dev.jsonl.gz', import.meta.url));

export function readTexts(): LabelledText[] {
  const lines = gunzipSync(readFileSync(dataPath)).toString('utf8').trimEnd().split('\n');
  return lines.map((line): LabelledText => JSON.parse(line));
}

/** The part of cross-validation that a text belongs to: the same for every copy of it, in any source. */
export function foldOf(text: string, folds: number): number {
  const plain = text
    .toLowerCase()
    .replace(/https?:\S*|@\w+/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
  return createHash('sha256').update(plain).digest().readUInt32LE(0) % folds;
}
