import assert from 'node:assert/strict';
import type { WorkflowResult } from '../../domain/workflow-run.js';
import { catalogueOf, failsWith, type RepositoryTest, sweepAll } from './repository-test.js';
import {
  hour,
  listedMovie,
  sampleMovie,
  sampleReview,
  sampleReviews,
  sampleRun,
  sampleSummary,
} from './sample-records.js';

const day = 86_400_000;
const all = { limit: 1000 };
const longAgo = hour(1);
const nothing = { moviesDropped: 0, reviewTextsDropped: 0, quarantineDropped: 0, runsDropped: 0 };
const justNow = (): string => new Date().toISOString();

const oldResult: WorkflowResult = {
  success: true,
  workflowId: 'w1',
  movie: null,
  analysis: null,
  recommendations: [],
  degraded: false,
  sources: { movie: 'live', reviews: 'live' },
  dataAge: { movieMs: 0, reviewsMs: 0 },
  steps: [],
  errors: [],
  cost: { apiCalls: { tmdb: 2 }, estimatedUsd: 0.05 },
  coalesced: false,
  startedAt: hour(1),
  finishedAt: hour(2),
  durationMs: 5,
};

export function maintenanceContract(test: RepositoryTest): void {
  test('forgets no record that holds an id in other letters, and takes none back that no store holds', async (repository) => {
    const reason = { code: 'DATA_MISSING_FIELD', message: 'no text' } as const;
    const kept = { kind: 'review', reason, field: 'text', raw: JSON.stringify({ id: 'forum:AbC' }) } as const;
    await repository.apply({ rejected: [kept] });
    await repository.forgetReviews(['forum:abc']);
    const bent = sampleReview(1, { tweetId: 'forum:abc', likeCount: 0.5 });
    const { rejected } = await repository.apply({ reviews: { reviews: [bent], fetchedAt: hour(1) } });
    assert.deepEqual(rejected, []);
    assert.deepEqual(
      (await repository.listQuarantine()).map(({ raw }) => raw),
      [kept.raw],
    );
  });

  test('forgets posts wherever they are, and says how many there were', async (repository) => {
    await repository.createRun(sampleRun('w1'));
    const [first, second, third] = sampleReviews(0, 3);
    assert.ok(first !== undefined && second !== undefined && third !== undefined);
    const reason = { code: 'DATA_MISSING_FIELD', message: 'no text' } as const;
    const quarantined = { kind: 'review', reason, field: 'text' } as const;
    const page = { workflowId: 'w1', step: 'collect' } as const;
    await repository.apply({
      reviews: { reviews: [first, second, third], fetchedAt: hour(1) },
      rejected: [
        { ...quarantined, raw: JSON.stringify({ id: first.tweetId }) },
        { ...quarantined, raw: JSON.stringify({ id: third.tweetId }) },
      ],
      checkpoints: [
        { ...page, key: 'twitter:1', payload: JSON.stringify([first]) },
        { ...page, key: 'twitter:2', payload: JSON.stringify([third]) },
      ],
    });
    const forgotten = await repository.forgetReviews([
      first.tweetId,
      second.tweetId,
      first.tweetId,
      '77',
      '%',
      '*',
      '?',
      '[1]',
      '',
    ]);
    assert.equal(forgotten, 2);
    assert.deepEqual(
      (await repository.findReviews(579974, all)).map(({ tweetId }) => tweetId),
      [third.tweetId],
    );
    assert.deepEqual(
      (await repository.listQuarantine()).map(({ raw }) => raw),
      [JSON.stringify({ id: third.tweetId })],
    );
    const [claimed] = await repository.claimRuns('me', 1000);
    assert.deepEqual(
      claimed?.checkpoints.map(({ key }) => key),
      ['twitter:2'],
    );
    assert.equal(await repository.forgetReviews([]), 0);
  });

  test('a forgotten post does not come back by a copy that was fetched before', async (repository) => {
    const [first, second] = sampleReviews(0, 2);
    assert.ok(first !== undefined && second !== undefined);
    await repository.apply({ reviews: { reviews: [first, second], fetchedAt: hour(1) } });
    await repository.apply({ forgotten: { tweetIds: [first.tweetId], forgottenAt: hour(3) } });
    const ids = async () => (await repository.findReviews(579974, all)).map(({ tweetId }) => tweetId);
    assert.deepEqual(await ids(), [second.tweetId]);
    const late = await repository.apply({ reviews: { reviews: [first, second], fetchedAt: hour(2) } });
    assert.deepEqual(late.reviews, { inserted: 0, updated: 0, unchanged: 1 });
    assert.deepEqual(await ids(), [second.tweetId]);
    // Its source shows it again: it was not deleted there after all.
    await repository.apply({ reviews: { reviews: [first], fetchedAt: hour(4) } });
    assert.equal((await ids()).length, 2);
  });

  test('sweeps in slices that go on where the last one ended', async (repository) => {
    const movies = Array.from({ length: 25 }, (_, index) => listedMovie({ tmdbId: index + 1, title: `Film ${index}` }));
    await repository.apply({
      related: { movies, fetchedAt: longAgo },
      reviews: { reviews: sampleReviews(0, 33), fetchedAt: longAgo },
    });
    await repository.apply({ reviews: { reviews: sampleReviews(33, 40), fetchedAt: justNow() } });
    const report = await sweepAll(repository, { movieMs: day, reviewTextMs: day }, 7);
    assert.deepEqual(report, { ...nothing, moviesDropped: 25, reviewTextsDropped: 33 });
    assert.deepEqual(await catalogueOf(repository), []);
    const texts = (await repository.findReviews(579974, all)).filter(({ text }) => text !== '');
    assert.equal(texts.length, 7);
  });

  test('sweeps quarantine and runs that ended by their own ages', async (repository) => {
    const reason = { code: 'DATA_MISSING_FIELD', message: 'no text' } as const;
    await repository.apply({ rejected: [{ kind: 'review', reason, field: 'text', raw: '{}' }] });
    await repository.apply({ run: sampleRun('old', { status: 'completed', finishedAt: hour(2) }) });
    await repository.apply({ run: sampleRun('new', { status: 'completed', finishedAt: justNow() }) });
    await repository.createRun(sampleRun('running'));
    assert.deepEqual(await sweepAll(repository, { quarantineMs: day, runMs: day }), { ...nothing, runsDropped: 1 });
    assert.equal(await repository.findRun('old'), null);
    assert.notEqual(await repository.findRun('new'), null);
    assert.notEqual(await repository.findRun('running'), null);
    assert.equal((await repository.listQuarantine()).length, 1);
  });

  test('sweeps films that were not fetched anew, with their searches; posts stay', async (repository) => {
    await repository.apply({
      film: { movie: sampleMovie(), relatedIds: [], fetchedAt: longAgo, searchKeys: ['the old one'] },
      reviews: { reviews: sampleReviews(0, 2), fetchedAt: longAgo },
    });
    await repository.apply({
      film: {
        movie: sampleMovie({ tmdbId: 2, title: 'Fresh' }),
        relatedIds: [],
        fetchedAt: justNow(),
        searchKeys: ['new'],
      },
      related: { movies: [listedMovie()], fetchedAt: justNow() },
    });
    const report = await sweepAll(repository, { movieMs: day });
    assert.deepEqual(report, { ...nothing, moviesDropped: 1 });
    assert.deepEqual(
      (await catalogueOf(repository)).map(({ tmdbId }) => tmdbId),
      [2],
    );
    assert.equal(await repository.findMovie({ title: 'the old one' }), null);
    assert.equal(await repository.findMovie({ title: 'RRR' }), null);
    assert.equal((await repository.findMovie({ title: 'new' }))?.tmdbId, 2);
    assert.equal((await repository.findReviews(579974, all)).length, 2);
  });

  test('sweeps the results of old runs, which name films, and keeps the runs', async (repository) => {
    const run = sampleRun('w1', { status: 'completed', finishedAt: hour(2), result: oldResult });
    await repository.apply({ run });
    assert.deepEqual(await repository.findRun('w1'), run);
    await sweepAll(repository, { movieMs: day });
    assert.deepEqual(await repository.findRun('w1'), { ...run, result: null });
  });

  test('blanks old texts; ids and scores stay, also when the post comes again', async (repository) => {
    const score = { score: 0.5, label: 'positive', confidence: 0.9 } as const;
    await repository.apply({ reviews: { reviews: [sampleReview(1)], fetchedAt: longAgo } });
    await repository.apply({ reviews: { reviews: [sampleReview(2)], fetchedAt: justNow() } });
    const scores = [{ tweetId: sampleReview(1).tweetId, score }];
    await repository.apply({
      analysis: { tmdbId: 579974, analyzer: 'test', scores, summary: sampleSummary, analyzedAt: hour(1) },
    });
    assert.deepEqual(await sweepAll(repository, { reviewTextMs: day }), { ...nothing, reviewTextsDropped: 1 });
    assert.deepEqual(await sweepAll(repository, { reviewTextMs: day }), nothing);
    const texts = (await repository.findReviews(579974, all)).map(({ text, sentiment }) => [text, sentiment]);
    assert.deepEqual(texts, [
      [sampleReview(2).text, null],
      ['', score],
    ]);
    const again = await repository.apply({ reviews: { reviews: [sampleReview(1)], fetchedAt: justNow() } });
    assert.equal(again.reviews.updated, 1);
    assert.deepEqual((await repository.findReviews(579974, all))[1]?.sentiment, score);
  });

  test('sweeps nothing without a retention, and refuses a senseless one', async (repository) => {
    await repository.apply({ film: { movie: sampleMovie(), relatedIds: [], fetchedAt: longAgo } });
    assert.deepEqual(await sweepAll(repository, {}), nothing);
    await failsWith('INVALID_INPUT', () => repository.sweep({ movieMs: Number.NaN }));
    await failsWith('INVALID_INPUT', () => repository.sweep({ reviewTextMs: -1 }));
    await failsWith('INVALID_INPUT', () => repository.sweep({}, { maxRows: 0 }));
    assert.equal((await catalogueOf(repository)).length, 1);
  });
}
