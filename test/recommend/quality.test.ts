import { expect, test } from 'vitest';
import { evaluate } from '../../tools/eval/recommend.ts';
import { describeWithShared } from '../support/requirements.js';

describeWithShared('data/movies.jsonl.gz', 'recommendations for people whose likes were kept back', () => {
  test('reach the floors, content only and after learn', async () => {
    const { tables, floors } = await evaluate({ quick: true });
    expect(tables.map(({ title }) => title)).toHaveLength(3);
    expect(floors.length).toBeGreaterThan(5);
    expect(floors.filter(({ value, atLeast }) => value < atLeast)).toEqual([]);
  }, 120_000);
});
