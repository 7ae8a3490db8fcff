import { expect, test, vi } from 'vitest';
import { MovieSentimentAnalyzer } from '../../src/index.js';

const loads = vi.hoisted(() => ({ count: 0 }));
vi.mock('../../src/analysis/model/weights.js', async (original) => {
  loads.count += 1;
  return original<typeof import('../../src/analysis/model/weights.js')>();
});

test('the model is loaded with the first text, once for all, and not at all when it is not wanted', async () => {
  const withoutModel = new MovieSentimentAnalyzer({ model: false });
  await withoutModel.prepare();
  await withoutModel.analyze(['good']);
  const analyzer = new MovieSentimentAnalyzer();
  expect(await analyzer.analyze([])).toEqual([]);
  expect(loads.count).toBe(0);
  const scores = await Promise.all([analyzer.analyze(['good']), new MovieSentimentAnalyzer().analyze(['good'])]);
  expect(scores[0]).toMatchObject([{ label: 'positive' }]);
  expect(scores[1]).toEqual(scores[0]);
  expect(loads.count).toBe(1);
});
