import assert from 'node:assert/strict';
import { failsWith, type RepositoryTest } from './repository-test.js';
import { hour, sampleReview, sampleReviews, sampleSummary } from './sample-records.js';

const all = { limit: 10_000 };
const scoreOf = (number: number, score: number) => ({
  tweetId: sampleReview(number).tweetId,
  score: { score, label: score > 0 ? ('positive' as const) : ('neutral' as const), confidence: 0.5 },
});
const analysisOf = (...scores: Array<ReturnType<typeof scoreOf>>) => ({
  analysis: { tmdbId: 579974, analyzer: 'test', scores, summary: sampleSummary, analyzedAt: hour(1) },
});

/** What a store may say of a record that it cannot hold. */
const refusals: readonly string[] = ['DB_CONSTRAINT', 'DATA_INVALID_FORMAT', 'DATA_ENCODING'];

export function reviewContract(test: RepositoryTest): void {
  test('gives posts back as they were stored, newest first, ids of 19 digits to the last one', async (repository) => {
    const posts = [
      sampleReview(1, { tweetId: '9223372036854775807', text: 'ఇది అద్భుతం! 🔥🔥 𝔘 \\ "x" \n' }),
      sampleReview(2, { tweetId: '9223372036854775806', authorId: null, language: null }),
    ];
    await repository.apply({ reviews: { reviews: posts, fetchedAt: hour(1) } });
    const found = await repository.findReviews(579974, all);
    const rest = { fetchedAt: hour(1), sentiment: null, analyzer: null };
    assert.deepEqual(
      found.map(({ id: _id, ...post }) => post),
      posts.toReversed().map((post) => ({ ...post, ...rest })),
    );
    assert.equal(new Set(found.map(({ id }) => id)).size, 2);
  });

  test('gives the posts of one film, at most as many as asked', async (repository) => {
    const others = sampleReviews(100, 103, { tmdbId: 1 });
    await repository.apply({ reviews: { reviews: [...sampleReviews(0, 20), ...others], fetchedAt: hour(1) } });
    const newest = await repository.findReviews(579974, { limit: 3 });
    assert.deepEqual(
      newest.map(({ text }) => text),
      [19, 18, 17].map((number) => sampleReview(number).text),
    );
    assert.deepEqual(await repository.findReviews(579974, { limit: 0 }), []);
    assert.equal((await repository.findReviews(1, all)).length, 3);
    await failsWith('INVALID_INPUT', () => repository.findReviews(1, { limit: -1 }));
  });

  test('counts new, changed and equal posts exactly', async (repository) => {
    await repository.apply({ reviews: { reviews: sampleReviews(0, 1500), fetchedAt: hour(1) } });
    const reviews = [
      ...sampleReviews(0, 700),
      ...sampleReviews(700, 1500, { likeCount: 4 }),
      ...sampleReviews(1500, 1600),
    ];
    const report = await repository.apply({ reviews: { reviews, fetchedAt: hour(2) } });
    assert.deepEqual(report.reviews, { inserted: 100, updated: 800, unchanged: 700 });
    const stored = await repository.findReviews(579974, all);
    assert.equal(stored.length, 1600);
    assert.ok(
      stored.every(({ fetchedAt }) => fetchedAt === hour(2)),
      'an equal post was seen again as well',
    );
  });

  test('counts a double in a batch once; the last one wins', async (repository) => {
    const reviews = [sampleReview(1, { text: 'first' }), sampleReview(2), sampleReview(1, { text: 'last' })];
    const report = await repository.apply({ reviews: { reviews, fetchedAt: hour(1) } });
    assert.deepEqual(report.reviews, { inserted: 2, updated: 0, unchanged: 0 });
    const [, post] = await repository.findReviews(579974, all);
    assert.equal(post?.text, 'last');
  });

  test('never replaces a newer post', async (repository) => {
    await repository.apply({ reviews: { reviews: [sampleReview(1, { text: 'new' })], fetchedAt: hour(2) } });
    const old = { reviews: [sampleReview(1, { text: 'old' })], fetchedAt: hour(1) };
    const report = await repository.apply({ reviews: old });
    assert.deepEqual(report.reviews, { inserted: 0, updated: 0, unchanged: 1 });
    const [post] = await repository.findReviews(579974, all);
    assert.deepEqual([post?.text, post?.fetchedAt], ['new', hour(2)]);
  });

  test('keeps scores of posts that come again, and drops the score of an edited text', async (repository) => {
    await repository.apply({ reviews: { reviews: sampleReviews(1, 4), fetchedAt: hour(1) } });
    await repository.apply(analysisOf(scoreOf(1, 0.5), scoreOf(2, 0.25), scoreOf(3, 0), scoreOf(99, 1)));
    const again = [sampleReview(1), sampleReview(2, { likeCount: 50 }), sampleReview(3, { text: 'edited' })];
    const report = await repository.apply({ reviews: { reviews: again, fetchedAt: hour(2) } });
    assert.deepEqual(report.reviews, { inserted: 0, updated: 2, unchanged: 1 });
    const [third, second, first] = await repository.findReviews(579974, all);
    assert.deepEqual([first?.sentiment, first?.analyzer], [scoreOf(1, 0.5).score, 'test']);
    assert.deepEqual([second?.sentiment, second?.likeCount], [scoreOf(2, 0.25).score, 50]);
    assert.deepEqual([third?.sentiment, third?.analyzer, third?.text], [null, null, 'edited']);
  });

  test('stores many scores, also that a post could not be scored', async (repository) => {
    await repository.apply({ reviews: { reviews: sampleReviews(0, 1200), fetchedAt: hour(1) } });
    const scores = Array.from({ length: 1200 }, (_, number) => scoreOf(number, number / 1200));
    const unscored = {
      tweetId: sampleReview(7).tweetId,
      score: { score: 0, label: 'neutral' as const, confidence: 0 },
    };
    await repository.apply(analysisOf(...scores.with(7, unscored)));
    const stored = await repository.findReviews(579974, all);
    assert.ok(
      stored.every(
        ({ tweetId, sentiment }) =>
          sentiment?.score === scores.with(7, unscored).find((one) => one.tweetId === tweetId)?.score.score,
      ),
    );
    assert.deepEqual(stored.at(-8)?.sentiment, unscored.score);
  });

  test('isolates posts that cannot be stored: the others stay, the bad ones go to quarantine', async (repository) => {
    const bad = [13, 500, 999];
    const reviews = sampleReviews(0, 1000).map((post, number) =>
      bad.includes(number) ? { ...post, likeCount: Number.NaN } : post,
    );
    const report = await repository.apply({ reviews: { reviews, fetchedAt: hour(1) } });
    assert.deepEqual(report.reviews, { inserted: 997, updated: 0, unchanged: 0 });
    assert.equal(report.rejected.length, 3);
    assert.equal((await repository.findReviews(579974, all)).length, 997);
    const quarantined = await repository.listQuarantine();
    for (const [index, number] of bad.entries()) {
      const record = quarantined[index];
      assert.equal(record?.kind, 'review');
      assert.ok(refusals.includes(record.reason.code), record.reason.code);
      assert.ok(record?.raw.includes(sampleReview(number).tweetId));
    }
  });

  test('isolates what databases bend in silence: texts with half a character, fractions, ids too long', async (repository) => {
    const [good] = sampleReviews(0, 1);
    const bad = [
      sampleReview(1, { text: 'a\0b' }),
      sampleReview(2, { text: 'half \ud83d' }),
      sampleReview(3, { likeCount: 1.5 }),
      sampleReview(4, { likeCount: 1e30 }),
      sampleReview(5, { tweetId: '7'.repeat(65) }),
      sampleReview(6, { source: 's'.repeat(101) }),
    ];
    assert.ok(good !== undefined);
    const report = await repository.apply({ reviews: { reviews: [...bad, good], fetchedAt: hour(1) } });
    assert.equal(report.reviews.inserted, 1);
    assert.equal(report.rejected.length, bad.length);
    assert.ok(report.rejected.every(({ reason }) => refusals.includes(reason.code)));
    assert.deepEqual(
      (await repository.findReviews(579974, all)).map(({ tweetId }) => tweetId),
      [good.tweetId],
    );
    assert.equal((await repository.listQuarantine()).length, bad.length);
  });

  test('tells ids and titles apart that a language would call equal', async (repository) => {
    const ids = ['a', 'A', 'á', 'a ', 'ａ'];
    const reviews = ids.map((tweetId, number) => sampleReview(number, { tweetId }));
    const report = await repository.apply({ reviews: { reviews, fetchedAt: hour(1) } });
    assert.equal(report.reviews.inserted, ids.length);
    const again = await repository.apply({ reviews: { reviews, fetchedAt: hour(2) } });
    assert.equal(again.reviews.unchanged, ids.length);
    assert.equal(await repository.forgetReviews(['A']), 1);
  });

  test('a hundred writes of overlapping posts at once leave each post once', async (repository) => {
    const reports = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        repository.apply({ reviews: { reviews: sampleReviews(index, index + 20), fetchedAt: hour(1) } }),
      ),
    );
    const inserted = reports.reduce((sum, report) => sum + report.reviews.inserted, 0);
    const unchanged = reports.reduce((sum, report) => sum + report.reviews.unchanged, 0);
    assert.deepEqual([inserted, unchanged], [119, 1881]);
    const stored = await repository.findReviews(579974, all);
    assert.deepEqual(
      stored.map(({ tweetId }) => tweetId).sort(),
      sampleReviews(0, 119).map(({ tweetId }) => tweetId),
    );
  });
}
