import { expect, test, vi } from 'vitest';
import { MovieSentimentAnalyzer } from '../../src/index.js';

const loads = vi.hoisted(() => ({ count: 0, fail: false }));
vi.mock('../../src/analysis/load-model.js', async (original) => {
  const { loadModel } = await original<typeof import('../../src/analysis/load-model.js')>();
  return {
    loadModel: async () => {
      loads.count += 1;
      if (loads.fail) throw new Error('no file');
      return loadModel();
    },
  };
});

test('the model is loaded with the first text, once, and not at all when it is not wanted', async () => {
  await new MovieSentimentAnalyzer({ model: false }).analyze(['good']);
  const analyzer = new MovieSentimentAnalyzer();
  expect(loads.count).toBe(0);
  await Promise.all([analyzer.analyze(['good']), analyzer.analyze(['bad']), analyzer.explain('fine')]);
  await analyzer.analyze(['good']);
  expect(loads.count).toBe(1);
});

test('a load that failed is tried again', async () => {
  const analyzer = new MovieSentimentAnalyzer();
  loads.fail = true;
  await expect(analyzer.analyze(['good'])).rejects.toThrow('no file');
  loads.fail = false;
  expect(await analyzer.analyze(['good'])).toMatchObject([{ label: 'positive' }]);
});
