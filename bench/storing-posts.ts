/**
 * Storing 20,000 posts through TypeOrmRepository.apply, beside what is quickest by the driver alone and TypeORM's own
 * upsert, each in one transaction on the same tables. `node bench/storing-posts.ts [--quick]` after `npm run build`.
 * Servers that do not run here are left out, by name.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isReelflowError, type Review } from 'reelflow';
import { loadNodeSqlite, TypeOrmRepository, type TypeOrmRepositoryOptions } from 'reelflow/typeorm';
import type { DataSource } from 'typeorm';
import { median } from './harness/compare.ts';
import { isQuick } from './harness/quick.ts';
import { report } from './harness/report.ts';
import { connectPeer, connectTypeOrm, type Peer } from './storing-posts/prepared-statements.ts';

const posts = isQuick ? 500 : 20_000;
const rounds = isQuick ? 1 : 5;

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

const local = { host: '127.0.0.1', username: 'root', database: 'test' } as const;
const databases: ReadonlyArray<readonly [name: string, optionsOf: (file: string) => TypeOrmRepositoryOptions]> = [
  ['SQLite', (file) => ({ type: 'sqlite', database: file })],
  ['PostgreSQL', () => ({ type: 'postgres', ...local })],
  ['MariaDB', () => ({ type: 'mariadb', ...local })],
];

interface Times {
  readonly ours: number[];
  readonly plain: number[];
  readonly typeorm: number[];
}

async function measure(name: string, optionsOf: (file: string) => TypeOrmRepositoryOptions): Promise<void> {
  const times = new Map<string, Times>(cases.map((one) => [one.name, { ours: [], plain: [], typeorm: [] }]));
  const directory = mkdtempSync(join(tmpdir(), 'reelflow-bench-'));
  try {
    for (let round = 0; round < rounds; round += 1) {
      const options = optionsOf(join(directory, `ours-${round}.db`));
      const peerOptions = optionsOf(join(directory, `plain-${round}.db`));
      const ormOptions = optionsOf(join(directory, `orm-${round}.db`));
      const peer = await connectPeer(peerOptions, 'peer_');
      await peer.dropTables(['ours_', 'peer_', 'orm_']);
      await (await TypeOrmRepository.open({ ...peerOptions, tablePrefix: 'peer_' })).close(); // the same tables
      await (await TypeOrmRepository.open({ ...ormOptions, tablePrefix: 'orm_' })).close();
      const orm = await connectTypeOrm(await dataSourceOf(ormOptions), 'orm_');
      const repository = await TypeOrmRepository.open({ ...options, tablePrefix: 'ours_' });
      await compare(repository, peer, orm, times);
      await repository.close();
      await orm.close();
      await peer.dropTables(['ours_', 'peer_', 'orm_']);
      await peer.close();
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
  for (const [what, taken] of times) tell(`${name}, ${what}`, taken);
}

async function compare(
  repository: TypeOrmRepository,
  peer: Peer,
  orm: Peer,
  times: ReadonlyMap<string, Times>,
): Promise<void> {
  for (const { name, reviews, fetchedAt } of cases) {
    const start = performance.now();
    const { reviews: counts } = await repository.apply({ reviews: { reviews, fetchedAt } });
    const middle = performance.now();
    await peer.store(reviews, fetchedAt);
    const end = performance.now();
    await orm.store(reviews, fetchedAt);
    times.get(name)?.typeorm.push(performance.now() - end);
    if (counts.inserted + counts.updated + counts.unchanged !== posts) throw new Error(JSON.stringify(counts));
    times.get(name)?.ours.push(middle - start);
    times.get(name)?.plain.push(end - middle);
  }
}

function tell(what: string, { ours, plain, typeorm }: Times): void {
  const ratio = (theirs: readonly number[]): number => median(theirs.map((value, round) => value / (ours[round] ?? 1)));
  const [ofPlain, ofOrm] = [ratio(plain), ratio(typeorm)];
  const ms = (values: readonly number[]): string => `${median(values).toFixed(0)} ms`;
  report({
    work: `storing ${posts.toLocaleString('en')} posts, ${what} (${ms(ours)})`,
    beside: `the driver alone (${ms(plain)}) and TypeORM's upsert (${ms(typeorm)})`,
    found: `${ofPlain.toFixed(2)} of the driver's rate, ${ofOrm.toFixed(1)} times TypeORM's`,
    wanted: 'at least 0.50, 3 times',
    ofWanted: Math.max(0.5 / ofPlain, 3 / ofOrm),
  });
}

async function dataSourceOf(options: TypeOrmRepositoryOptions): Promise<ConstructorParameters<typeof DataSource>[0]> {
  if ('dataSource' in options) return options.dataSource.options;
  if (options.type === 'sqlite')
    return { type: 'better-sqlite3', database: options.database, driver: await loadNodeSqlite() };
  const { type, host, username, database } = options;
  return { type, host, username, database } as ConstructorParameters<typeof DataSource>[0];
}

for (const [name, optionsOf] of databases) {
  try {
    await measure(name, optionsOf);
  } catch (error) {
    if (!isReelflowError(error) || error.code !== 'DB_CONNECTION') throw error;
    console.log(`${name}: left out, ${error.message}`);
  }
}
