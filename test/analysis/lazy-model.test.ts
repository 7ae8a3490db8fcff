import { expect, test, vi } from 'vitest';
import { MovieSentimentAnalyzer } from '../../src/index.js';

const loads = vi.hoisted(() => ({ count: 0, fail: true }));
vi.mock('../../src/analysis/model/weights.js', async (original) => {
  loads.count += 1;
  if (loads.fail) throw new Error('no file');
  return original<typeof import('../../src/analysis/model/weights.js')>();
});

test('the model is loaded with the first text, and not at all when it is not wanted; a load that failed is tried again', async () => {
  await new MovieSentimentAnalyzer({ model: false }).analyze(['good']);
  const analyzer = new MovieSentimentAnalyzer();
  expect(await analyzer.analyze([])).toEqual([]);
  expect(loads.count).toBe(0);
  await expect(analyzer.analyze(['good'])).rejects.toThrow();
  loads.fail = false;
  const scores = await Promise.all([analyzer.analyze(['good']), new MovieSentimentAnalyzer().analyze(['good'])]);
  expect(scores[0]).toMatchObject([{ label: 'positive' }]);
  expect(scores[1]).toEqual(scores[0]);
  expect(loads.count).toBe(2);
});
