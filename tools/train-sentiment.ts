// Trains the analyser's model and writes it as a module. Usage: node tools/train-sentiment.ts
// Reads ../shared/data, which is not part of the repository. Seeded: the same data give the same file, byte by byte.
import '../test/support/resolve-typescript.mjs';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const { readTexts, samplesOf } = await import('./sentiment/sources.ts');
const { trainModel } = await import('./sentiment/train-model.ts');

const path = fileURLToPath(new URL('../src/analysis/model/weights.ts', import.meta.url));
const started = performance.now();
const samples = samplesOf(readTexts());
const { weights, step } = trainModel(samples);
const text = `// Made by tools/train-sentiment.ts from texts under the MIT licence: see docs/sentiment.md. Not to be edited.
export const step = ${step};
export const weights =
  '${Buffer.from(weights.buffer).toString('base64')}';
`;
writeFileSync(path, text);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(
  `${samples.length} texts, ${weights.filter((weight) => weight !== 0).length} weights, ${text.length} bytes, ${seconds} s`,
);
