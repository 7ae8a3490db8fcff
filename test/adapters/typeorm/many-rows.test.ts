import { expect, test } from 'vitest';
import type { TypeOrmRepository } from '../../../src/adapters/typeorm/index.js';
import type { Review } from '../../../src/index.js';
import {
  hour,
  sampleMovie,
  sampleReview,
  sampleReviews,
  sampleSummary,
} from '../../../src/testing/repository/sample-records.js';
import { describeOnServers } from '../../support/databases.js';
import { failure, open } from './helpers.js';
import { connectHost, withoutTables } from './server-tables.js';

const tmdbId = 579974;
/** What lists of values, arrays and quoted texts are written with. */
const oddTexts = [
  '',
  ' ',
  'NULL',
  'null',
  '{}',
  '{a,b}',
  ',',
  '"',
  '""',
  "'",
  "''",
  '\\',
  '\\"',
  '\n\t',
  '?',
  '$1',
  ':a',
  '🌸ఇ',
  '%_',
];

describeOnServers('database coordination: many rows in a statement', ({ options }) => {
  async function fresh(prefix: string) {
    const host = await connectHost(options);
    return { host, repository: await open({ ...options, tablePrefix: await withoutTables(host, prefix) }) };
  }

  const store = async (repository: TypeOrmRepository, reviews: readonly Review[], at: string) =>
    (await repository.apply({ reviews: { reviews, fetchedAt: at } })).reviews;
  const stored = async (repository: TypeOrmRepository) =>
    (await repository.findReviews(tmdbId, { limit: 20_000 })).map(({ id: _, fetchedAt: _at, ...review }) => review);

  test('texts and numbers of any kind come back as they were', async () => {
    const { repository } = await fresh('many_odd_');
    const posts = oddTexts.map((text, number) =>
      sampleReview(number, { text, authorId: number % 2 === 0 ? null : text, likeCount: 2 ** 53 - 1 - number }),
    );
    await store(repository, posts, hour(1));
    const scores = posts.map(({ tweetId }, number) => ({
      tweetId,
      score: { score: number % 3 === 0 ? 1 / 3 : -1e-9 * number, label: 'neutral' as const, confidence: 0.1 },
    }));
    await repository.apply({
      analysis: { tmdbId, analyzer: "o'ne", scores, summary: sampleSummary, analyzedAt: hour(1) },
    });
    const recounted = posts.map((post) => ({ ...post, likeCount: post.likeCount - 100, replyCount: 0 }));
    expect(await store(repository, recounted, hour(2))).toEqual({ inserted: 0, updated: posts.length, unchanged: 0 });
    const found = await stored(repository);
    expect(found.map(({ sentiment, analyzer, ...review }) => review).reverse()).toEqual(recounted);
    expect(found.map(({ sentiment }) => sentiment?.score).reverse()).toEqual(scores.map(({ score }) => score.score));
    expect(new Set(found.map(({ analyzer }) => analyzer))).toEqual(new Set(["o'ne"]));
  });

  test('rows that together are larger than a packet go in several statements', { timeout: 60_000 }, async () => {
    const { repository } = await fresh('many_packet_');
    const posts = sampleReviews(0, 30).map((post) => ({ ...post, text: '\\ఇ'.repeat(150_000) }));
    expect((await store(repository, posts, hour(1))).inserted).toBe(30);
    expect((await store(repository, posts, hour(2))).unchanged).toBe(30);
    expect(
      (
        await store(
          repository,
          posts.map((post) => ({ ...post, text: `${post.text}!` })),
          hour(3),
        )
      ).updated,
    ).toBe(30);
  });

  test('a film that is larger than a packet is rejected alone, or stored', { timeout: 60_000 }, async () => {
    const { repository } = await fresh('many_long_film_');
    const keywords = Array.from({ length: 20 }, (_, number) => `${number}${'k'.repeat(999_990)}`);
    const long = { movie: sampleMovie({ keywords }), relatedIds: [], fetchedAt: hour(1) };
    const posts = { reviews: sampleReviews(0, 3), fetchedAt: hour(1) };
    const { movies, reviews, rejected } = await repository.apply({ film: long, reviews: posts });
    expect(movies.inserted + rejected.length).toBe(1);
    expect(rejected.map(({ reason }) => reason.code)).toEqual(rejected.map(() => 'DB_CONSTRAINT'));
    expect(reviews.inserted).toBe(3);
  });

  test('new, edited, recounted, equal, newer and refused posts of one batch are each told apart', {
    timeout: 60_000,
  }, async () => {
    const { host, repository } = await fresh('many_mixed_');
    const before = sampleReviews(0, 9000);
    await store(repository, before, hour(1));
    await store(repository, sampleReviews(8000, 9000), hour(9));
    await host.query('ALTER TABLE many_mixed_reviews ADD CONSTRAINT no_beasts CHECK (like_count <> 666)');
    const arrived = sampleReviews(0, 10_000).map((post, number) => {
      if (number === 77 || number === 9500) return { ...post, likeCount: 666 };
      if (number % 3 === 1) return { ...post, repostCount: 50 };
      return number % 3 === 2 ? { ...post, text: `${post.text}, edited` } : post;
    });
    const report = await repository.apply({
      reviews: { reviews: [...arrived, ...arrived.slice(0, 5)], fetchedAt: hour(2) },
    });
    expect(report.rejected).toHaveLength(2);
    const updated = arrived.slice(0, 8000).filter((_post, number) => number !== 77 && number % 3 !== 0).length;
    expect(report.reviews).toEqual({ inserted: 999, updated, unchanged: 7999 - updated + 1000 });
    const counted = await host.query(
      'SELECT fetched_at AS at, count(*) AS posts FROM many_mixed_reviews GROUP BY fetched_at ORDER BY 1',
    );
    expect(counted.map(({ at, posts }: { at: string; posts: unknown }) => [at, Number(posts)])).toEqual([
      [hour(1), 1], // the one that was refused stays as it was
      [hour(2), 8998],
      [hour(9), 1000],
    ]);
  });

  test('what a constraint refuses in a write without posts is reported, and nothing is stored', async () => {
    const { host, repository } = await fresh('many_refused_');
    await host.query(`ALTER TABLE many_refused_quarantine ADD CONSTRAINT no_films CHECK (kind <> 'movie')`);
    const record = { kind: 'movie', reason: { code: 'DATA_PARSE', message: 'no' }, field: null, raw: '{' } as const;
    const error = await failure(
      repository.apply({ reviews: { reviews: sampleReviews(0, 3), fetchedAt: hour(1) }, rejected: [record] }),
    );
    expect(error.code).toBe('DB_CONSTRAINT');
    expect(await stored(repository)).toEqual([]);
  });
});
