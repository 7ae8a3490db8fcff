import assert from 'node:assert/strict';
import { catalogueOf, failsWith, type RepositoryTest } from './repository-test.js';
import { hour, sampleMovie, sampleReview, sampleReviews, sampleRun } from './sample-records.js';

const film = { movie: sampleMovie(), relatedIds: [], fetchedAt: hour(1) };
const none = { inserted: 0, updated: 0, unchanged: 0 };
const rejected = (raw: string) => ({
  kind: 'review' as const,
  reason: { code: 'DATA_MISSING_FIELD' as const, message: 'the post has no text' },
  field: 'text',
  raw,
});

export function batchContract(test: RepositoryTest): void {
  test('an empty batch changes nothing', async (repository) => {
    assert.deepEqual(await repository.apply({}), { movies: none, reviews: none, rejected: [] });
    assert.deepEqual(await catalogueOf(repository), []);
  });

  test('a batch that fails leaves nothing behind', async (repository) => {
    await repository.createRun(sampleRun('w1'));
    await repository.claimRuns('other', 1000);
    const batch = {
      film,
      reviews: { reviews: [sampleReview(1)], fetchedAt: hour(1) },
      rejected: [rejected('{}')],
      recommendations: { seedTmdbId: 579974, workflowId: 'w1', recommendations: [], recommendedAt: hour(1) },
      steps: { workflowId: 'w1', reports: [] },
    };
    const error = await failsWith('DB_CONFLICT', () =>
      repository.apply(batch, { fence: 0, marker: { source: 's', position: 1 } }),
    );
    assert.equal(error.retryable, false);
    const late = {
      ...batch,
      collections: [{ tmdbId: 579974, source: 's', fetchedAt: '?', requested: 1, newestId: null }],
    };
    await failsWith('INVALID_INPUT', () => repository.apply(late, { fence: 1, marker: { source: 's', position: 1 } }));
    assert.equal(await repository.findMovie({ tmdbId: 579974 }), null);
    assert.deepEqual(await repository.findReviews(579974, { limit: 10 }), []);
    assert.deepEqual(await repository.listQuarantine(), []);
    const applied = await repository.apply({ film }, { marker: { source: 's', position: 1 } });
    assert.equal(applied.movies.inserted, 1, 'the marker of the failed batch was not passed');
  });

  test('a marker takes effect once, and later positions of its source do', async (repository) => {
    const marker = { source: 'spool-1', position: 5 };
    const batch = { reviews: { reviews: sampleReviews(0, 3), fetchedAt: hour(1) }, rejected: [rejected('{}')] };
    assert.equal((await repository.apply(batch, { marker })).reviews.inserted, 3);
    for (const position of [5, 4, -1]) {
      const report = await repository.apply(batch, { marker: { ...marker, position } });
      assert.deepEqual(report, { movies: none, reviews: none, rejected: [] });
    }
    assert.equal((await repository.listQuarantine()).length, 1);
    assert.equal((await repository.apply(batch, { marker: { ...marker, position: 6 } })).reviews.unchanged, 3);
    assert.equal((await repository.apply(batch, { marker: { source: 'spool-2', position: 5 } })).reviews.unchanged, 3);
  });

  test('a call whose signal has aborted stores nothing', async (repository) => {
    await failsWith('CANCELLED', () => repository.apply({ film }, { signal: AbortSignal.abort() }));
    assert.equal(await repository.findMovie({ tmdbId: 579974 }), null);
  });

  test('of many calls an aborted one leaves, and the others are stored whole', async (repository) => {
    const controller = new AbortController();
    const apply = (number: number, signal?: AbortSignal) =>
      repository.apply(
        { reviews: { reviews: sampleReviews(number * 10, number * 10 + 10), fetchedAt: hour(1) } },
        signal === undefined ? {} : { signal },
      );
    const calls = [apply(0), apply(1, controller.signal), apply(2)];
    controller.abort();
    const outcomes = await Promise.allSettled(calls);
    const stored = (await repository.findReviews(579974, { limit: 100 })).length;
    assert.equal(stored, outcomes.filter(({ status }) => status === 'fulfilled').length * 10);
    assert.deepEqual([outcomes[0]?.status, outcomes[2]?.status], ['fulfilled', 'fulfilled']);
  });

  test('an unusable film is rejected, and the rest of its batch is stored', async (repository) => {
    const report = await repository.apply({
      film: { ...film, movie: sampleMovie({ voteCount: Number.NaN }), searchKeys: ['rrr'] },
      related: { movies: [sampleMovie({ tmdbId: 2, title: 'Other', originalTitle: '' })], fetchedAt: hour(1) },
      reviews: { reviews: sampleReviews(0, 3), fetchedAt: hour(1) },
      run: sampleRun('w1'),
    });
    assert.deepEqual([report.movies.inserted, report.reviews.inserted, report.movieId], [1, 3, undefined]);
    assert.deepEqual(
      report.rejected.map(({ kind }) => kind),
      ['movie'],
    );
    assert.equal(await repository.findMovie({ title: 'rrr' }), null);
    const [record] = await repository.listQuarantine();
    assert.deepEqual([record?.kind, record?.workflowId], ['movie', 'w1']);
  });

  test('keeps rejected records with reason and run, oldest first, until they are released', async (repository) => {
    const records = ['a', 'b', 'c', 'd'].map((name) => rejected(`{"name":"${name}"}`));
    await repository.apply({ run: sampleRun('w1'), rejected: records.slice(0, 2) });
    await repository.apply({ rejected: records.slice(2) });
    const listed = await repository.listQuarantine();
    assert.deepEqual(
      listed.map(({ kind, reason, field, raw }) => ({ kind, reason, field, raw })),
      records,
    );
    assert.deepEqual(
      listed.map(({ workflowId }) => workflowId),
      ['w1', 'w1', null, null],
    );
    const [first, second, third] = listed;
    assert.ok(first !== undefined && second !== undefined && third !== undefined);
    assert.deepEqual(await repository.listQuarantine({ limit: 1, after: first.id }), [second]);
    assert.deepEqual(await repository.listQuarantine({ id: third.id }), [third]);
    assert.equal((await repository.quarantineSize?.()) ?? 4, 4);
    await repository.apply({ released: [first.id, 'no such record'] });
    assert.deepEqual(
      (await repository.listQuarantine()).map(({ id }) => id),
      listed.slice(1).map(({ id }) => id),
    );
    assert.deepEqual(await repository.listQuarantine({ id: first.id }), []);
    await failsWith('INVALID_INPUT', () => repository.listQuarantine({ after: 'x' }));
  });

  test('keeps a rejected record whose text no database holds, and the rest of its batch', async (repository) => {
    const odd = { ...rejected('NUL \0 and half \ud83d'), field: 'a\0b' };
    const report = await repository.apply({ film, rejected: [odd] });
    assert.deepEqual(report.movies, { inserted: 1, updated: 0, unchanged: 0 });
    assert.equal(await repository.quarantineSize?.(), 1);
  });

  test('says that it is well, and after closing that it is closed', async (repository) => {
    assert.deepEqual(await repository.health(), { ok: true });
    if (repository.close === undefined) return;
    await repository.close();
    await repository.close();
    assert.equal((await repository.health()).error?.code, 'CLOSED');
    await failsWith('CLOSED', () => repository.apply({ film }));
    await failsWith('CLOSED', () => repository.findMovie({ tmdbId: 1 }));
    await failsWith('CLOSED', () => catalogueOf(repository));
  });
}
