import type { DataSource } from 'typeorm';
import { expect, onTestFinished } from 'vitest';
import { TypeOrmRepository } from '../../src/adapters/typeorm/index.js';
import { hour, sampleMovie, sampleReviews } from '../../src/testing/repository/sample-records.js';
import { connectHost, withoutTables } from '../adapters/typeorm/server-tables.js';
import type { TestServer } from '../support/databases.js';
import { type Direction, startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

export interface Proxied {
  readonly proxy: TcpProxy;
  /** Reaches the server through the proxy. */
  readonly repository: TypeOrmRepository;
  /** Reaches it directly. */
  readonly host: DataSource;
  readonly tablePrefix: string;
}

/** A repository behind a proxy, and a direct connection to look at what it did. All of it goes with the test. */
export async function proxied(
  { options }: TestServer,
  prefix: string,
  more: { readonly queryTimeoutMs?: number } = {},
): Promise<Proxied> {
  const host = await connectHost(options);
  const tablePrefix = await withoutTables(host, prefix);
  const proxy = await startTcpProxy({ port: options.port ?? 0 });
  const repository = await TypeOrmRepository.open({ ...options, ...more, port: proxy.port, tablePrefix });
  onTestFinished(async () => {
    await proxy.close(); // first: what hangs in a black hole ends with it
    await repository.close();
  });
  return { proxy, repository, host, tablePrefix };
}

export const postsOfFilm = 2000;

/** A film and its posts, which share nothing with those of another number. */
export const collectionOf = (number: number) => ({
  film: { movie: sampleMovie({ tmdbId: number, title: `Film ${number}` }), relatedIds: [], fetchedAt: hour(1) },
  reviews: {
    reviews: sampleReviews(number * postsOfFilm, (number + 1) * postsOfFilm, { tmdbId: number }),
    fetchedAt: hour(1),
  },
});

/** Films and posts of a number that the database holds, asked directly. */
async function rowsOf({ host, tablePrefix }: Proxied, number: number): Promise<[films: number, posts: number]> {
  const count = async (table: string): Promise<number> => {
    const [row] = await host.query(`SELECT count(*) AS n FROM ${tablePrefix}${table} WHERE tmdb_id = ${number}`);
    return Number(row.n);
  };
  return [await count('movies'), await count('reviews')];
}

/** All of a collection, or nothing of it. @returns whether it is there */
export async function expectWhole(target: Proxied, number: number): Promise<boolean> {
  const [films, posts] = await rowsOf(target, number);
  expect([films, posts], `film ${number}`).toEqual(posts === 0 ? [0, 0] : [1, postsOfFilm]);
  return posts > 0;
}

/** What a piece of work sends in each direction. */
export async function bytesOf({ passed }: TcpProxy, work: () => Promise<unknown>): Promise<Record<Direction, number>> {
  const before = { ...passed };
  await work();
  return { up: passed.up - before.up, down: passed.down - before.down };
}
