/**
 * Storing 20,000 posts in a SQLite file through TypeOrmRepository.apply (batches of one apply), compared with prepared
 * statements of node:sqlite in one transaction on the same columns and indexes. Run: `node bench/storing-posts.ts`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Review } from 'reelflow';
import { TypeOrmRepository } from 'reelflow/typeorm';

const posts = 20_000;
const rounds = 7;

const review = (number: number, likeCount = 3): Review => ({
  tweetId: `15${String((number * 7919) % 1_000_003).padStart(17, '0')}`,
  tmdbId: 579974,
  text: `Post ${number} about the film: what a ride, watched it twice and would again. #RRR https://t.co/abcdefghij`,
  authorId: String(4_200_000_000 + number),
  createdAt: new Date(1_700_000_000_000 + number * 1000).toISOString(),
  language: 'en',
  likeCount,
  repostCount: 2,
  replyCount: 1,
  source: 'twitter',
});
const all = Array.from({ length: posts }, (_, number) => review(number));
const half = all.map((post, number) => (number % 2 === 0 ? post : { ...post, likeCount: 4 }));
const hour = (hours: number): string => new Date(Date.UTC(2024, 0, 1, hours)).toISOString();

const cases = [
  { name: 'new', reviews: all, fetchedAt: hour(1) },
  { name: 'unchanged', reviews: all, fetchedAt: hour(2) },
  { name: 'half changed', reviews: half, fetchedAt: hour(3) },
] as const;

const columns = [
  'tweet_id',
  'tmdb_id',
  'text',
  'author_id',
  'created_at',
  'language',
  'like_count',
  'repost_count',
  'reply_count',
  'source',
  'fetched_at',
];

function prepared(database: DatabaseSync): (reviews: readonly Review[], fetchedAt: string) => void {
  const set = columns.slice(1).map((column) => `${column} = excluded.${column}`);
  const statement = database.prepare(
    `INSERT INTO reelflow_reviews (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
     ON CONFLICT (tweet_id) DO UPDATE SET ${set.join(', ')} WHERE excluded.fetched_at >= fetched_at`,
  );
  return (reviews, fetchedAt) => {
    database.exec('BEGIN IMMEDIATE');
    for (const r of reviews) {
      statement.run(
        r.tweetId,
        r.tmdbId,
        r.text,
        r.authorId,
        r.createdAt,
        r.language,
        r.likeCount,
        r.repostCount,
        r.replyCount,
        r.source,
        fetchedAt,
      );
    }
    database.exec('COMMIT');
  };
}

const times = new Map<string, { ours: number[]; plain: number[] }>(
  cases.map(({ name }) => [name, { ours: [], plain: [] }]),
);
const directory = mkdtempSync(join(tmpdir(), 'reelflow-bench-'));
try {
  for (let round = 0; round < rounds; round += 1) {
    const repository = await TypeOrmRepository.open({ type: 'sqlite', database: join(directory, `ours-${round}.db`) });
    const path = join(directory, `plain-${round}.db`);
    await (await TypeOrmRepository.open({ type: 'sqlite', database: path })).close(); // the same tables
    const database = new DatabaseSync(path);
    database.exec('PRAGMA journal_mode = WAL');
    const write = prepared(database);
    for (const { name, reviews, fetchedAt } of cases) {
      const start = performance.now();
      const report = await repository.apply({ reviews: { reviews, fetchedAt } });
      const middle = performance.now();
      write(reviews, fetchedAt);
      times.get(name)?.ours.push(middle - start);
      times.get(name)?.plain.push(performance.now() - middle);
      if (round === 0) console.log(name, JSON.stringify(report.reviews));
    }
    await repository.close();
    database.close();
  }
} finally {
  rmSync(directory, { recursive: true });
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
for (const [name, { ours, plain }] of times) {
  const ratio = median(plain) / median(ours);
  console.log(
    `${name}: ${median(ours).toFixed(0)} ms, prepared statements ${median(plain).toFixed(0)} ms, ratio ${ratio.toFixed(2)}`,
  );
}
