/**
 * A search that is answered from stored data, in a store of 21,155 films and 200,000 posts, beside a query by hand for
 * the same film, posts and recommendations. SQLite, and PostgreSQL where it runs here.
 * `node bench/stored-search.ts [--quick]` after `npm run build`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { AutomatedWorkflowManager, MemoryMovieClient, MemoryReviewClient } from 'reelflow';
import { TypeOrmRepository, type TypeOrmRepositoryOptions } from 'reelflow/typeorm';
import { filmNumber, filmsUpTo, postsOf } from './harness/catalogue.ts';
import { type Contender, compare } from './harness/compare.ts';
import { isQuick } from './harness/quick.ts';
import { report, show } from './harness/report.ts';

const [films, posts] = isQuick ? [200, 2000] : [21_155, 200_000];
const searched = isQuick ? 10 : 200;
const perFilm = Math.floor(posts / films);
const prefix = 'bench_';

interface Found {
  readonly title: string;
  readonly posts: number;
  readonly recommendations: number;
}

/** The same film, posts and recommendations by statements that were written for it and prepared once. */
interface ByHand {
  find(title: string): Promise<Found>;
  close(): Promise<void>;
}

const film = `SELECT m.* FROM ${prefix}movie_titles t JOIN ${prefix}movies m ON m.tmdb_id = t.tmdb_id WHERE t.title_key = ? LIMIT 1`;
const newest = `SELECT * FROM ${prefix}reviews WHERE tmdb_id = ? ORDER BY created_at DESC LIMIT 1000`;
const recommended = `SELECT * FROM ${prefix}recommendations WHERE seed_tmdb_id = ?`;

function sqliteByHand(file: string): ByHand {
  const database = new DatabaseSync(file);
  const [films, posts, recommendations] = [film, newest, recommended].map((sql) => database.prepare(sql));
  return {
    find: async (title) => {
      const row = films?.get(title.toLowerCase()) as { tmdb_id: number; title: string };
      return {
        title: row.title,
        posts: posts?.all(row.tmdb_id).length ?? 0,
        recommendations: recommendations?.all(row.tmdb_id).length ?? 0,
      };
    },
    close: async () => database.close(),
  };
}

async function postgresByHand(): Promise<ByHand> {
  const client = new pg.Client({ host: '127.0.0.1', user: 'root', database: 'test' });
  await client.connect();
  const run = async (name: string, sql: string, value: unknown): Promise<Array<Record<string, unknown>>> =>
    (await client.query({ name, text: sql.replace('?', '$1'), values: [value] })).rows;
  return {
    find: async (title) => {
      const [row] = await run('film', film, title.toLowerCase());
      const [posts, recommendations] = await Promise.all([
        run('posts', newest, row?.['tmdb_id']),
        run('recommendations', recommended, row?.['tmdb_id']),
      ]);
      return { title: String(row?.['title']), posts: posts.length, recommendations: recommendations.length };
    },
    close: () => client.end(),
  };
}

const directory = mkdtempSync(join(tmpdir(), 'reelflow-bench-'));
const file = join(directory, 'films.db');
const server = { host: '127.0.0.1', username: 'root', database: 'test' } as const;

async function measure(
  name: string,
  options: TypeOrmRepositoryOptions,
  connect: () => ByHand | Promise<ByHand>,
): Promise<void> {
  const repository = await TypeOrmRepository.open(options);
  const fetchedAt = new Date().toISOString();
  const catalogue = filmsUpTo(films);
  for (let from = 0; from < films; from += 1000) {
    const movies = catalogue.slice(from, from + 1000);
    const reviews = movies.flatMap(({ tmdbId }) => postsOf(tmdbId, perFilm, tmdbId * perFilm));
    await repository.apply({ related: { movies, fetchedAt }, reviews: { reviews, fetchedAt } });
  }
  const wanted = Array.from({ length: searched }, (_, index) => filmNumber(1 + ((index * 7919) % films)));
  const manager = new AutomatedWorkflowManager({
    movies: new MemoryMovieClient(wanted),
    reviews: new MemoryReviewClient([]),
    repository,
    freshness: { movieMs: 86_400_000, reviewsMs: 86_400_000 },
  });
  for (const { title } of wanted) await manager.handleUserSearch(title, { maxReviews: 0 }); // now each is stored in full
  await new Promise((resolve) => setTimeout(resolve, isQuick ? 0 : 6000)); // what was stored in the last 5 s is read again
  const byHand = await connect();
  const each =
    (find: (title: string) => Promise<Found>): Contender['run'] =>
    async (count) => {
      const found: Found[] = [];
      for (let index = 0; index < count; index += 1) found.push(await find(wanted[index % searched]?.title ?? ''));
      return found;
    };
  const measured = await compare(
    [
      { name: 'a query by hand', run: each(byHand.find) },
      {
        name: 'reelflow',
        run: each(async (title) => {
          const { movie, analysis, recommendations, sources } = await manager.handleUserSearch(title, {
            maxReviews: 0,
          });
          if (sources.movie !== 'stored') throw new Error(`'${title}' was not answered from stored data`);
          return {
            title: movie?.name ?? '',
            posts: analysis?.reviewsAnalyzed ?? 0,
            recommendations: recommendations.length,
          };
        }),
      },
    ],
    { times: isQuick ? searched : 5 * searched, rounds: 9 }, // shorter rounds are over before the code is compiled
  );
  console.log(name);
  show(measured);
  const ours = measured[1]?.ofFirst ?? Number.NaN;
  report({
    work: `a search answered from stored data, ${name} (${films.toLocaleString('en')} films, ${(films * perFilm).toLocaleString('en')} posts)`,
    beside: 'a query by hand for the same data',
    found: `${ours.toFixed(1)} of its time`,
    wanted: 'at most 3',
    ofWanted: ours / 3,
  });
  await byHand.close();
  await manager.close();
  await repository.close();
}

async function dropTables(): Promise<void> {
  const client = new pg.Client({ host: '127.0.0.1', user: 'root', database: 'test' });
  await client.connect();
  const { rows } = await client.query("SELECT tablename FROM pg_tables WHERE tablename LIKE 'bench\\_%'");
  for (const { tablename } of rows) await client.query(`DROP TABLE ${tablename} CASCADE`);
  await client.end();
}

try {
  await measure('SQLite', { type: 'sqlite', database: file, tablePrefix: prefix }, () => sqliteByHand(file));
  try {
    await dropTables();
    await measure('PostgreSQL', { type: 'postgres', ...server, tablePrefix: prefix }, postgresByHand);
    await dropTables();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && ['ECONNREFUSED', 'DB_CONNECTION'].includes(String(error.code))))
      throw error;
    console.log('PostgreSQL: left out, it does not run here');
  }
} finally {
  rmSync(directory, { recursive: true });
}
