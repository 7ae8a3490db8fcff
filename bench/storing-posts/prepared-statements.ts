import { DatabaseSync } from 'node:sqlite';
import type { Review } from 'reelflow';
import type { ServerOptions, TypeOrmRepositoryOptions } from 'reelflow/typeorm';
import { DataSource, type QueryRunner } from 'typeorm';

/** Prepared statements of a driver, one row each, in one transaction. */
export interface Peer {
  store(reviews: readonly Review[], fetchedAt: string): Promise<void>;
  dropTables(prefixes: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

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
const valuesOf = (review: Review, fetchedAt: string) => [
  review.tweetId,
  review.tmdbId,
  review.text,
  review.authorId,
  review.createdAt,
  review.language,
  review.likeCount,
  review.repostCount,
  review.replyCount,
  review.source,
  fetchedAt,
];
const upsert = (prefix: string, placeholders: readonly string[]): string =>
  `INSERT INTO ${prefix}reviews (${columns.join(', ')}) VALUES (${placeholders.join(', ')})
   ON CONFLICT (tweet_id) DO UPDATE SET ${columns
     .slice(1)
     .map((column) => `${column} = excluded.${column}`)
     .join(', ')} WHERE excluded.fetched_at >= ${prefix}reviews.fetched_at`;

export async function connectPeer(options: TypeOrmRepositoryOptions, prefix: string): Promise<Peer> {
  if ('dataSource' in options) throw new Error('a database is needed');
  return options.type === 'sqlite' ? sqlitePeer(options.database, prefix) : serverPeer(options, prefix);
}

function sqlitePeer(file: string, prefix: string): Peer {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL');
  const question = columns.map(() => '?');
  return {
    async store(reviews, fetchedAt) {
      const statement = database.prepare(upsert(prefix, question));
      database.exec('BEGIN IMMEDIATE');
      for (const review of reviews) statement.run(...valuesOf(review, fetchedAt));
      database.exec('COMMIT');
    },
    async dropTables() {},
    async close() {
      database.close();
    },
  };
}

async function serverPeer({ type, host, username, database }: ServerOptions, prefix: string): Promise<Peer> {
  const dataSource = await new DataSource({
    type,
    ...(host === undefined ? {} : { host }),
    ...(username === undefined ? {} : { username }),
    ...(database === undefined ? {} : { database }),
  }).initialize();
  const runner = dataSource.createQueryRunner();
  const client = await runner.connect();
  const run = type === 'postgres' ? postgresRow(client, prefix) : mysqlRow(client, prefix);
  return {
    async store(reviews, fetchedAt) {
      await runner.query('START TRANSACTION');
      for (const review of reviews) await run(valuesOf(review, fetchedAt));
      await runner.query('COMMIT');
    },
    async dropTables(prefixes) {
      await dropTables(runner, prefixes);
    },
    async close() {
      await runner.release();
      await dataSource.destroy();
    },
  };
}

/** Whatever tables a run that was cut may have left. */
async function dropTables(runner: QueryRunner, prefixes: readonly string[]): Promise<void> {
  const existing: ReadonlyArray<{ readonly name: string }> = await runner.query(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema NOT IN ('information_schema', 'pg_catalog')`,
  );
  for (const { name } of existing) {
    if (prefixes.some((prefix) => name.startsWith(prefix))) await runner.query(`DROP TABLE ${name}`);
  }
}

type Row = ReturnType<typeof valuesOf>;

function postgresRow(
  client: { query(query: { name: string; text: string; values: Row }): Promise<unknown> },
  prefix: string,
): (values: Row) => Promise<unknown> {
  const text = upsert(
    prefix,
    columns.map((_, index) => `$${index + 1}`),
  );
  return (values) => client.query({ name: 'upsert', text, values });
}

/** MySQL's upsert has no condition: each column keeps its value where the row is newer. */
function mysqlRow(
  client: { promise(): { execute(sql: string, values: Row): Promise<unknown> } },
  prefix: string,
): (values: Row) => Promise<unknown> {
  const assignments = columns
    .slice(1)
    .map((column) => `${column} = IF(VALUES(fetched_at) >= fetched_at, VALUES(${column}), ${column})`);
  const sql = `INSERT INTO ${prefix}reviews (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
    ON DUPLICATE KEY UPDATE ${assignments.join(', ')}`;
  const connection = client.promise();
  return (values) => connection.execute(sql, values);
}
