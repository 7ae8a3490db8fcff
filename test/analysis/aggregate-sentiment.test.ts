import { describe, expect, test } from 'vitest';
import { aggregateSentiment, type PostScore, type SentimentScore } from '../../src/index.js';

describe('the aggregate', () => {
  const score = (value: number, confidence = 0.8): SentimentScore => ({
    score: value,
    label: value >= 0.05 ? 'positive' : value <= -0.05 ? 'negative' : 'neutral',
    confidence,
  });

  test('counts, averages and gives an interval; unscored ones apart', () => {
    expect(aggregateSentiment([score(0.5), score(-0.5), score(0), score(1), score(0, 0)])).toEqual({
      reviewsAnalyzed: 4,
      unscored: 1,
      averageSentiment: 0.25,
      confidenceInterval: [-0.7771, 1],
      distribution: {
        positive: 2,
        neutral: 1,
        negative: 1,
        positivePercentage: 50,
        neutralPercentage: 25,
        negativePercentage: 25,
      },
    });
  });

  test('percentages of any counts add up to 100 within rounding, and the interval holds the average', () => {
    for (let positive = 0; positive <= 7; positive += 1) {
      for (let negative = 0; negative <= 7; negative += 1) {
        const scores = [...Array(positive).fill(0.6), ...Array(negative).fill(-0.9), 0, 0.01].map((value) =>
          score(value),
        );
        const { distribution, averageSentiment, confidenceInterval } = aggregateSentiment(scores);
        const { positivePercentage, neutralPercentage, negativePercentage } = distribution;
        expect(Math.abs(positivePercentage + neutralPercentage + negativePercentage - 100)).toBeLessThan(0.151);
        const [low, high] = confidenceInterval ?? expect.unreachable('two or more have an interval');
        expect(low).toBeGreaterThanOrEqual(-1);
        expect(low).toBeLessThanOrEqual(averageSentiment);
        expect(high).toBeGreaterThanOrEqual(averageSentiment);
        expect(high).toBeLessThanOrEqual(1);
      }
    }
  });

  test('says 0 and no interval where there is nothing, or one', () => {
    expect(aggregateSentiment([])).toMatchObject({
      reviewsAnalyzed: 0,
      averageSentiment: 0,
      confidenceInterval: null,
      distribution: { positivePercentage: 0 },
    });
    expect(aggregateSentiment([score(0.5)])).toMatchObject({ reviewsAnalyzed: 1, confidenceInterval: null });
    expect(aggregateSentiment([score(0, 0)])).toMatchObject({ reviewsAnalyzed: 0, unscored: 1 });
  });

  test.each([
    [[0.1, 0.2], 12.706],
    [[0.2, 0.5, 0.8], 4.303],
    [Array.from({ length: 10 }, (_, index) => (index % 2) / 4), 2.262],
    [Array.from({ length: 31 }, (_, index) => index / 40), 2.042],
    [Array.from({ length: 1001 }, (_, index) => index / 1001), 1.962],
  ])('the interval is that of Student (%#)', (values, t) => {
    const { confidenceInterval, reviewsAnalyzed } = aggregateSentiment(values.map((value) => score(value)));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    const half = t * Math.sqrt(variance / values.length);
    expect(reviewsAnalyzed).toBe(values.length);
    expect(confidenceInterval?.[0]).toBeCloseTo(Math.max(-1, mean - half), 3);
    expect(confidenceInterval?.[1]).toBeCloseTo(Math.min(1, mean + half), 3);
  });

  const by = (authorId: string | null, value: number, engagement = 0): PostScore => ({
    ...score(value),
    authorId,
    engagement,
  });

  test('one author’s flood counts once, as its mean', () => {
    const flood = Array.from({ length: 50 }, () => by('loud', -0.8));
    expect(aggregateSentiment([...flood, by('one', 0.6), by('two', 0.8)])).toMatchObject({
      reviewsAnalyzed: 3,
      repeated: 49,
      averageSentiment: 0.2,
      distribution: { positive: 2, negative: 1, neutral: 0 },
    });
    expect(aggregateSentiment([by('a', 1), by('a', 0)])).toMatchObject({ reviewsAnalyzed: 1, averageSentiment: 0.5 });
  });

  test('posts of authors that are not known are one each', () => {
    const analysis = aggregateSentiment([by(null, 0.4), by(null, 0.6), score(0.5)]);
    expect(analysis).toMatchObject({ reviewsAnalyzed: 3, averageSentiment: 0.5 });
    expect(analysis).not.toHaveProperty('repeated');
  });

  test('engagement weighs only when asked for, and by its logarithm', () => {
    const posts = [by('a', 1, 1023), by('b', -1, 0), by('c', -1, 0)];
    expect(aggregateSentiment(posts).averageSentiment).toBeCloseTo(-1 / 3, 3);
    const weighted = aggregateSentiment(posts, { weighting: 'engagement' });
    expect(weighted.averageSentiment).toBeCloseTo((11 - 2) / 13, 3);
    expect(weighted.distribution).toMatchObject({ positive: 1, negative: 2 });
    const [low, high] = weighted.confidenceInterval ?? expect.unreachable('three opinions');
    expect([low, high]).toEqual([-1, 1]); // nearly all the weight is one post's
  });

  test('equal engagement changes nothing', () => {
    const posts = [0.2, 0.4, -0.3, 0.9].map((value, index) => by(String(index), value, 7));
    expect(aggregateSentiment(posts, { weighting: 'engagement' })).toEqual(aggregateSentiment(posts));
  });
});
