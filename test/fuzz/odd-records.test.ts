import { describe, expect, onTestFinished, test } from 'vitest';
import { TypeOrmRepository } from '../../src/adapters/typeorm/index.js';
import { AutomatedWorkflowManager, MemoryRepository, type Repository, type Review } from '../../src/index.js';
import { FakeMovieClient, FakeReviewClient } from '../../src/testing/index.js';
import { sampleMovie, sampleReview } from '../../src/testing/repository/sample-records.js';
import { type OddRecord, oddRecords, withoutId } from './odd-records.js';

const stores: ReadonlyArray<readonly [name: string, open: () => Promise<Repository>]> = [
  ['memory', async () => new MemoryRepository()],
  ['SQLite', () => TypeOrmRepository.open({ type: 'sqlite', database: ':memory:' })],
];
const before = sampleReview(100);
const after = sampleReview(101);

describe.each(stores)('data validation: an odd post between two good ones, in %s', (_name, open) => {
  /** A search of which the page holds the record. */
  async function search(records: readonly unknown[]) {
    const repository = await open();
    const page = { reviews: records as Review[], rejected: [], nextCursor: null, costUsd: 0 };
    const manager = new AutomatedWorkflowManager({
      movies: new FakeMovieClient({ movies: [sampleMovie()] }),
      reviews: new FakeReviewClient().onSearch({ answer: page }),
      repository,
    });
    onTestFinished(() => manager.close());
    const result = await manager.handleUserSearch('RRR', { maxReviews: 100 });
    const stored = await repository.findReviews(sampleMovie().tmdbId, { limit: 1000 });
    return { result, stored, quarantined: await manager.listQuarantine() };
  }

  async function expectOutcome(record: unknown, outcome: OddRecord[2]): Promise<void> {
    const { result, stored, quarantined } = await search([before, record, after]);
    expect(result.success).toBe(true);
    const ids = stored.map(({ tweetId }) => tweetId);
    expect(ids).toEqual(expect.arrayContaining([before.tweetId, after.tweetId]));
    if ('stored' in outcome) {
      expect(quarantined).toEqual([]);
      expect(ids).toHaveLength(3);
      expect(stored).toContainEqual(expect.objectContaining(outcome.stored));
      return;
    }
    expect(ids).toHaveLength(2);
    expect(quarantined).toHaveLength(1);
    const [{ reason, field, raw, workflowId, quarantinedAt, kind } = expect.unreachable()] = quarantined;
    expect({ kind, code: reason.code, field, workflowId }).toEqual({
      kind: 'review',
      code: outcome.code,
      field: outcome.field,
      workflowId: result.workflowId,
    });
    expect(reason.message).not.toBe('');
    expect(raw.length).toBeGreaterThan(0);
    expect(raw.length).toBeLessThanOrEqual(4096);
    expect(raw.isWellFormed()).toBe(true);
    expect(new Date(quarantinedAt).toISOString()).toBe(quarantinedAt);
  }

  test.each(oddRecords)('%s', (_record, record, outcome) => expectOutcome(record, outcome));

  test.each(withoutId)('%s', (_record, record, outcome) => expectOutcome(record, outcome));

  test('an id that comes twice is stored once, as it came last', async () => {
    const { stored, quarantined } = await search([before, { ...before, likeCount: 77 }, after]);
    expect(stored.map(({ tweetId, likeCount }) => [tweetId, likeCount]).toSorted()).toEqual([
      [before.tweetId, 77],
      [after.tweetId, after.likeCount],
    ]);
    expect(quarantined).toEqual([]);
  });

  test('a bad double takes nothing from a good post, whichever comes first', async () => {
    const { text: _text, ...bad } = before;
    for (const page of [
      [before, bad, after],
      [bad, before, after],
    ]) {
      const { stored, quarantined } = await search(page as never);
      expect(stored.map(({ tweetId }) => tweetId).toSorted()).toEqual([before.tweetId, after.tweetId].toSorted());
      expect(quarantined).toHaveLength(1);
    }
  });

  test('all of them in one page cost none of the good ones', async () => {
    const odd = oddRecords.map(([, record], index) => withOwnId(record, 200 + index));
    const { result, stored, quarantined } = await search([before, ...odd, after]);
    expect(result.success).toBe(true);
    expect(stored.map(({ tweetId }) => tweetId)).toEqual(expect.arrayContaining([before.tweetId, after.tweetId]));
    expect(new Set(quarantined.map(({ field }) => field))).toEqual(
      new Set(['tweetId', 'text', 'createdAt', 'likeCount']),
    );
  });
});

/** The rows of the table are one post in many forms; side by side they must be many. */
const withOwnId = (record: unknown, number: number): unknown =>
  typeof record === 'object' && record !== null && 'tweetId' in record && record.tweetId === sampleReview(1).tweetId
    ? { ...record, tweetId: sampleReview(number).tweetId }
    : record;
