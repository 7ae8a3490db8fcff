import { describe, expect, test } from 'vitest';
import { loadOnnxClassifier } from '../../examples/own-sentiment-analyzer/load-onnx-classifier.js';
import { TransformerSentimentAnalyzer } from '../../examples/own-sentiment-analyzer/transformer-sentiment-analyzer.js';
import { sentimentAnalyzerContract } from '../../src/testing/index.js';
import { tinyModel } from './tiny-onnx-model.js';

const words: ReadonlyArray<readonly [string, readonly [number, number, number]]> = [
  ['brilliant', [0, 0, 4]],
  ['loved', [0, 0, 4]],
  ['boring', [4, 0, 0]],
  ['hated', [4, 0, 0]],
  ['tickets', [0, 6, 0]],
];
const model = tinyModel(words.map(([, weights]) => weights));
const encode = (text: string) => Float32Array.from(words, ([word]) => (text.toLowerCase().includes(word) ? 1 : 0));
const load = () => loadOnnxClassifier({ model, labels: ['negative', 'neutral', 'positive'], encode });

describe('an ONNX model behind the port', () => {
  sentimentAnalyzerContract(test, async () => ({
    analyzer: new TransformerSentimentAnalyzer({ name: 'tiny-onnx', load }),
    many: 200,
  }));

  test('scores by what the model says, in batches', async () => {
    const analyzer = new TransformerSentimentAnalyzer({ name: 'tiny-onnx', load, batchSize: 2 });
    const scores = await analyzer.analyze([
      'Loved it',
      'boring',
      'Loved the tickets',
      'Brilliant, I loved it',
      'hated',
    ]);
    expect(scores.map(({ label }) => label)).toEqual(['positive', 'negative', 'neutral', 'positive', 'negative']);
    expect(scores[0]?.score).toBeCloseTo(Math.exp(4) / (Math.exp(4) + 2), 4);
  });

  test('a load that failed is tried again', async () => {
    let loads = 0;
    const analyzer = new TransformerSentimentAnalyzer({
      name: 'tiny-onnx',
      load: async () => {
        loads += 1;
        if (loads === 1) throw new Error('the file is not there yet');
        return load();
      },
    });
    await expect(analyzer.analyze(['Loved it'])).rejects.toThrow('not there yet');
    expect(await analyzer.analyze(['Loved it'])).toMatchObject([{ label: 'positive' }]);
    await analyzer.analyze(['boring']);
    expect(loads).toBe(2);
  });
});
