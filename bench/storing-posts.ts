/**
 * Storing 20,000 posts through TypeOrmRepository.apply, beside prepared statements of the driver in one transaction on
 * the same tables. Run: `node bench/storing-posts.ts [rounds]`. Servers that do not run here are left out, by name.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isReelflowError, type Review } from 'reelflow';
import { TypeOrmRepository, type TypeOrmRepositoryOptions } from 'reelflow/typeorm';
import { connectPeer, type Peer } from './storing-posts/prepared-statements.ts';

const posts = 20_000;
const rounds = Number(process.argv[2] ?? 5);

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
}

async function measure(name: string, optionsOf: (file: string) => TypeOrmRepositoryOptions): Promise<void> {
  const times = new Map<string, Times>(cases.map((one) => [one.name, { ours: [], plain: [] }]));
  const directory = mkdtempSync(join(tmpdir(), 'reelflow-bench-'));
  try {
    for (let round = 0; round < rounds; round += 1) {
      const options = optionsOf(join(directory, `ours-${round}.db`));
      const peerOptions = optionsOf(join(directory, `plain-${round}.db`));
      const peer = await connectPeer(peerOptions, 'peer_');
      await peer.dropTables(['ours_', 'peer_']);
      await (await TypeOrmRepository.open({ ...peerOptions, tablePrefix: 'peer_' })).close(); // the same tables
      const repository = await TypeOrmRepository.open({ ...options, tablePrefix: 'ours_' });
      await compare(repository, peer, times);
      await repository.close();
      await peer.dropTables(['ours_', 'peer_']);
      await peer.close();
    }
  } finally {
    rmSync(directory, { recursive: true });
  }
  for (const [what, { ours, plain }] of times) report(`${name}, ${what}`, median(ours), median(plain));
}

async function compare(repository: TypeOrmRepository, peer: Peer, times: ReadonlyMap<string, Times>): Promise<void> {
  for (const { name, reviews, fetchedAt } of cases) {
    const start = performance.now();
    const { reviews: counts } = await repository.apply({ reviews: { reviews, fetchedAt } });
    const middle = performance.now();
    await peer.store(reviews, fetchedAt);
    const end = performance.now();
    if (counts.inserted + counts.updated + counts.unchanged !== posts) throw new Error(JSON.stringify(counts));
    times.get(name)?.ours.push(middle - start);
    times.get(name)?.plain.push(end - middle);
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;

const report = (what: string, ours: number, plain: number): void =>
  console.log(
    `${what.padEnd(24)} ${ours.toFixed(0).padStart(6)} ms, prepared statements ${plain.toFixed(0).padStart(6)} ms, ` +
      `throughput ${(plain / ours).toFixed(2)} of theirs`,
  );

for (const [name, optionsOf] of databases) {
  try {
    await measure(name, optionsOf);
  } catch (error) {
    if (!isReelflowError(error) || error.code !== 'DB_CONNECTION') throw error;
    console.log(`${name}: left out, ${error.message}`);
  }
}
