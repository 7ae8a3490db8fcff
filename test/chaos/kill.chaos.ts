import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { TwitterClient } from '../../src/adapters/twitter/index.js';
import { TypeOrmRepository, type TypeOrmRepositoryOptions } from '../../src/adapters/typeorm/index.js';
import { type Sandbox, type SandboxFilm, startSandbox } from '../../src/sandbox/index.js';
import { seededRandom } from '../../src/sandbox/random.js';
import { connectHost, withoutTables } from '../adapters/typeorm/server-tables.js';
import { describeOnServers } from '../support/databases.js';
import { live } from './lives.js';

const kills = Number(process.env.REELFLOW_CHAOS_KILLS ?? 100);
const seed = Number(process.env.REELFLOW_CHAOS_SEED ?? Math.floor(Math.random() * 2 ** 31));
const searchesEach = 4;
/** Two pages of X for every film. */
const maxReviews = 140;
const timeout = 60_000 + kills * 15_000;

const titles = ['Amber', 'Bridge', 'Cinder', 'Delta', 'Ember', 'Fjord', 'Garden', 'Harbour', 'Island', 'Jasmine'];
const films: SandboxFilm[] = Array.from({ length: (kills + 2) * searchesEach }, (_, index) => ({
  tmdb_id: 1000 + index,
  title: `${titles[index % titles.length]} ${words(index)} end`, // no title within another: X finds phrases
  original_language: 'en',
  release_date: '2020-01-01',
  genres: ['Drama'],
  keywords: [`keyword ${index % 7}`],
  cast: [`Actor ${index % 11}`],
  directors: [`Director ${index % 5}`],
  overview: 'A film of the chaos test.',
  vote_average: 7,
  vote_count: 1_000_000,
}));

/** Letters only: a number at the end could be taken for a year or another film's. */
function words(index: number): string {
  return [...String(index)]
    .map((digit) => 'zero one two three four five six seven eight nine'.split(' ')[Number(digit)])
    .join(' ');
}

interface Target {
  readonly database: TypeOrmRepositoryOptions;
  readonly spool: string;
}

async function hunt(sandbox: Sandbox, { database, spool }: Target): Promise<void> {
  const random = seededRandom(seed);
  const names = films.map(({ title }) => title);
  const started = new Map<string, string>();
  const ended = new Set<string>();
  /** How often a search was under way when its process was killed. */
  const cuts = new Map<string, number>();
  for (let life = 0; life <= kills; life += 1) {
    const share = names.splice(0, searchesEach);
    // Most die while they search, some while they resume what others left, once their leases have ended.
    const killAfterMs = life === kills ? null : random() < 0.75 ? random() * 700 : 4500 + random() * 1500;
    const input = { database, spool, tmdbUrl: sandbox.tmdbUrl, xUrl: sandbox.xUrl, names: share, maxReviews };
    const { said, killed } = await live(input, killAfterMs);
    for (const [what, first, second] of said) {
      if (what === 'started') started.set(String(first), String(second));
      if (what === 'ended') ended.add(String(first));
      if (what === 'resumed') for (const [id] of first as string[][]) ended.add(started.get(id ?? '') ?? '');
    }
    if (!killed) continue;
    for (const name of [...started.values(), ...share]) {
      if (!ended.has(name)) cuts.set(name, (cuts.get(name) ?? 0) + 1);
    }
  }
  await judge(sandbox, database, started, cuts);
}

async function judge(
  sandbox: Sandbox,
  database: TypeOrmRepositoryOptions,
  started: ReadonlyMap<string, string>,
  cuts: ReadonlyMap<string, number>,
): Promise<void> {
  const asked = sandbox.requests.filter(({ service }) => service === 'x');
  const askedTmdb = sandbox.requests.filter(({ service }) => service === 'tmdb');
  const repository = await TypeOrmRepository.open(database);
  const x = new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl });
  let boughtAgain = 0;
  let posts = 0;
  for (const [workflowId, name] of started) {
    expect(await repository.findRun(workflowId), name).toMatchObject({
      status: 'completed',
      result: { success: true },
    });
    const film = films.find(({ title }) => title === name);
    if (film === undefined) throw new Error(name);
    const stored = await repository.findReviews(film.tmdb_id, { limit: 10_000 });
    const expected = await postsOf(x, film);
    expect(stored.map(({ tweetId }) => tweetId).sort(), name).toEqual(expected);
    expect((await repository.findMovie({ tmdbId: film.tmdb_id }))?.title).toBe(name);
    posts += stored.length;
    const pages = asked
      .filter(({ query }) => query['query']?.startsWith(`"${name}"`))
      .map(({ query }) => query['next_token'] ?? '');
    const again = pages.length - new Set(pages).size;
    expect(again, `pages of ${name} bought again`).toBeLessThanOrEqual(cuts.get(name) ?? 0);
    const details = askedTmdb.filter(({ path }) => path === `/3/movie/${film.tmdb_id}`).length;
    expect(details - 1, `details of ${name} asked again`).toBeLessThanOrEqual(cuts.get(name) ?? 0);
    boughtAgain += again;
  }
  expect(await repository.claimRuns('judge', 1000), 'runs that are not finished').toEqual([]);
  await repository.close();
  const cut = [...started.values()].filter((name) => cuts.has(name)).length;
  console.log(
    `seed ${seed}: ${kills} kills, ${started.size} accepted runs, all finished, ${cut} of them were cut; ` +
      `${posts} posts stored, none twice, none missing; ${boughtAgain} of ${asked.length} pages bought again`,
  );
}

async function postsOf(client: TwitterClient, film: SandboxFilm): Promise<string[]> {
  const ids = new Set<string>();
  const movie = { ...film, tmdbId: film.tmdb_id } as unknown as Parameters<TwitterClient['searchReviews']>[0]['movie'];
  let cursor: string | null | undefined;
  while (cursor !== null && ids.size < maxReviews) {
    const page = await client.searchReviews(
      { movie, maxResults: Math.min(100, maxReviews - ids.size), ...(cursor === undefined ? {} : { cursor }) },
      { signal: new AbortController().signal, attempt: 1 },
    );
    for (const { tweetId } of page.reviews) ids.add(tweetId);
    cursor = page.nextCursor;
  }
  return [...ids].sort();
}

async function setUp(): Promise<{ sandbox: Sandbox; directory: string }> {
  const sandbox = await startSandbox({
    movies: films,
    latencyMs: 25,
    limits: { x: { calls: 1_000_000, windowMs: 1000 } },
  });
  const directory = await mkdtemp(join(tmpdir(), 'reelflow-chaos-'));
  onTestFinished(async () => {
    await sandbox.close();
    await rm(directory, { recursive: true });
  });
  return { sandbox, directory };
}

describe('error handling: processes that are killed, SQLite', () => {
  test(`after ${kills} kills everything that was accepted is finished`, { timeout }, async () => {
    const { sandbox, directory } = await setUp();
    const database = { type: 'sqlite', database: join(directory, 'chaos.db') } as const;
    await hunt(sandbox, { database, spool: join(directory, 'spool') });
  });
});

describeOnServers('error handling: processes that are killed', ({ options }) => {
  test(`after ${kills} kills everything that was accepted is finished`, { timeout }, async () => {
    const { sandbox, directory } = await setUp();
    const tablePrefix = await withoutTables(await connectHost(options), 'chaos_');
    await hunt(sandbox, { database: { ...options, tablePrefix }, spool: join(directory, 'spool') });
  });
});
