import { DatabaseSync } from 'node:sqlite';
import type { Review } from 'reelflow';
import type { ServerOptions, TypeOrmRepositoryOptions } from 'reelflow/typeorm';
import { DataSource, EntitySchema, type QueryRunner } from 'typeorm';

/** What is quickest by the driver alone, in one transaction: a prepared statement a row in SQLite, arrays by unnest in PostgreSQL, rows in bulk in MariaDB. */
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
  const run = type === 'postgres' ? postgresRows(client, prefix) : mysqlRows(client, prefix);
  return {
    async store(reviews, fetchedAt) {
      await runner.query('START TRANSACTION');
      for (let from = 0; from < reviews.length; from += atATime) {
        await run(reviews.slice(from, from + atATime).map((review) => valuesOf(review, fetchedAt)));
      }
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

const atATime = 1000;

function postgresRows(
  client: { query(query: { name: string; text: string; values: unknown[] }): Promise<unknown> },
  prefix: string,
): (rows: readonly Row[]) => Promise<unknown> {
  const numbers = new Set(['tmdb_id', 'like_count', 'repost_count', 'reply_count']);
  const arrays = columns.map((column, index) => `$${index + 1}::${numbers.has(column) ? 'int' : 'text'}[]`);
  const text = upsert(prefix, []).replace('VALUES ()', `SELECT * FROM unnest(${arrays.join(', ')})`);
  return (rows) =>
    client.query({ name: 'upsert', text, values: columns.map((_, index) => rows.map((values) => values[index])) });
}

/** MySQL's upsert has no condition: each column keeps its value where the row is newer. */
function mysqlRows(
  client: { promise(): { query(sql: string, values: unknown[]): Promise<unknown> } },
  prefix: string,
): (rows: readonly Row[]) => Promise<unknown> {
  const assignments = columns
    .slice(1)
    .map((column) => `${column} = IF(VALUES(fetched_at) >= fetched_at, VALUES(${column}), ${column})`);
  const sql = `INSERT INTO ${prefix}reviews (${columns.join(', ')}) VALUES ? ON DUPLICATE KEY UPDATE ${assignments.join(', ')}`;
  const connection = client.promise();
  return (rows) => connection.query(sql, [rows]);
}

/** TypeORM's own upsert, 500 rows a statement, in one transaction. */
export async function connectTypeOrm(
  options: ConstructorParameters<typeof DataSource>[0],
  prefix: string,
): Promise<Peer> {
  const Post = new EntitySchema<Record<string, unknown>>({
    name: 'BenchPost',
    tableName: `${prefix}reviews`,
    columns: {
      id: { type: Number, primary: true, generated: true },
      ...Object.fromEntries(
        columns.map((column) => [
          column,
          {
            type: /_id$|count$/.test(column) && column !== 'tweet_id' && column !== 'author_id' ? Number : String,
            unique: column === 'tweet_id',
          },
        ]),
      ),
    },
  });
  const dataSource = await new DataSource({ ...options, entities: [Post] }).initialize();
  return {
    async store(reviews, fetchedAt) {
      await dataSource.transaction(async (manager) => {
        for (let from = 0; from < reviews.length; from += 500) {
          const rows = reviews.slice(from, from + 500).map((review) => {
            const values = valuesOf(review, fetchedAt);
            return Object.fromEntries(columns.map((column, index) => [column, values[index]]));
          });
          await manager.getRepository(Post).upsert(rows, ['tweet_id']);
        }
      });
    },
    async dropTables() {},
    async close() {
      await dataSource.destroy();
    },
  };
}
