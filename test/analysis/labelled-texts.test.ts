import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { MovieSentimentAnalyzer } from '../../src/index.js';
import { measure } from '../../tools/sentiment/metrics.js';
import { readTexts, samplesOf, trainable } from '../../tools/sentiment/sources.js';
import { trainModel } from '../../tools/sentiment/train-model.js';
import { describeWithShared } from '../support/requirements.js';

describeWithShared('data/sentiment-dev.jsonl.gz', 'labelled texts', () => {
  const all = readTexts();
  /** Sources that the model was trained on, or that share sentences with one, are left to the cross-validation. */
  test.each([
    [['movie-tweets-topic', 'movie-tweets-other'], 'macroF1', 0.53],
    [['semeval2017-test'], 'macroRecall', 0.6],
    [['sentiment140-test'], 'macroF1', 0.71],
    [['hi-en-sentimix'], 'macroF1', 0.5],
    [['ta-en-trailer-comments'], 'polarAccuracy', 0.7],
    [['ml-en-trailer-comments'], 'polarAccuracy', 0.7],
  ] as const)('%s: %s at least %d', async (sources, by, floor) => {
    const texts = all.filter(({ source }) => sources.some((name) => name === source)).slice(0, 2000);
    const scores = await new MovieSentimentAnalyzer().analyze(texts.map(({ text }) => text));
    const found = measure(
      texts,
      scores.map(({ score }) => score),
    );
    expect(found[by]).toBeGreaterThan(floor);
  });

  test('samples are of the free sources only', () => {
    const samples = samplesOf(all);
    expect([...new Set(samples.map(({ source }) => source))].sort()).toEqual([...trainable].sort());
    expect(samples.length).toBeLessThan(all.length / 2);
  });

  test('training gives the same weights each time', () => {
    const samples = samplesOf(all).slice(0, 1500);
    expect(trainModel(samples)).toEqual(trainModel(samples));
  });
});

describe('the model', () => {
  test('is not trained on sources whose licence does not allow it', () => {
    expect(() => trainModel([{ text: 'good', score: 1, source: 'rt-polarity' }])).toThrow('rt-polarity');
  });

  test('is under a megabyte', () => {
    const path = fileURLToPath(new URL('../../src/analysis/model/weights.ts', import.meta.url));
    expect(statSync(path).size).toBeLessThan(1_000_000);
  });
});
