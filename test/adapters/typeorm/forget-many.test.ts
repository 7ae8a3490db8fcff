import { expect, test } from 'vitest';
import { hour, sampleMovie, sampleReviews } from '../../../src/testing/repository/sample-records.js';
import { open } from './helpers.js';

test('many posts are forgotten in several transactions, between which others write', async () => {
  const repository = await open({ type: 'sqlite', database: ':memory:' });
  const reviews = sampleReviews(0, 350);
  await repository.apply({ reviews: { reviews, fetchedAt: hour(1) } });
  const ids = reviews.slice(0, 250).map(({ tweetId }) => tweetId);
  const ended: string[] = [];
  const forgetting = repository.forgetReviews([...ids, ...ids]).finally(() => ended.push('forgetting'));
  const film = { movie: sampleMovie(), relatedIds: [], fetchedAt: hour(1) };
  const beside = repository.apply({ film }).finally(() => ended.push('a write'));
  expect(await forgetting).toBe(250);
  await beside;
  expect(ended).toEqual(['a write', 'forgetting']);
  expect(await repository.findReviews(579974, { limit: 1000 })).toHaveLength(100);
  await repository.apply({ reviews: { reviews, fetchedAt: hour(1) } });
  expect(await repository.findReviews(579974, { limit: 1000 })).toHaveLength(100);
});
