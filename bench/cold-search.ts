/**
 * A search of a film that nobody knows yet, through the sandbox with TMDB 80 ms and X 150 ms away, beside the critical
 * path (search, then details and posts side by side) and a straightforward script with moviedb-promise, twitter-api-v2
 * and TypeORM, step after step. `node bench/cold-search.ts [--quick]` after `npm run build`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MovieDb } from 'moviedb-promise';
import { AutomatedWorkflowManager } from 'reelflow';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';
import { loadNodeSqlite, TypeOrmRepository } from 'reelflow/typeorm';
import { type ITwitterApiClientPlugin, TwitterApi } from 'twitter-api-v2';
import { DataSource, EntitySchema } from 'typeorm';
import { median } from './harness/compare.ts';
import { ours } from './harness/ours.ts';
import { isQuick } from './harness/quick.ts';
import { report } from './harness/report.ts';
import { startSandboxThread } from './harness/sandbox-thread.ts';

const latencyMs = { tmdb: 80, x: 150 };
const criticalMs = latencyMs.tmdb + Math.max(latencyMs.tmdb, latencyMs.x);
const posts = 20;
const films = [
  'RRR',
  'Inception',
  'Interstellar',
  'Parasite',
  'Joker',
  'Avatar',
  'Titanic',
  'Gladiator',
  'The Matrix',
  'Dangal',
].slice(0, isQuick ? 2 : 8);

const directory = mkdtempSync(join(tmpdir(), 'reelflow-bench-'));
const sandbox = await startSandboxThread({ latencyMs });

interface Found {
  readonly tmdbId: number;
  readonly posts: number;
  readonly related: number;
}

const repository = await TypeOrmRepository.open({ type: 'sqlite', database: join(directory, 'ours.db') });
const manager = new AutomatedWorkflowManager({
  movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
  reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
  repository,
});
async function byReelflow(name: string): Promise<Found> {
  const { movie, degraded } = await manager.handleUserSearch(name, { maxReviews: posts });
  if (movie === null || degraded) throw new Error(`the search of '${name}' failed or was degraded`);
  const stored = await repository.findReviews(movie.tmdbId, { limit: 100 });
  const film = await repository.findMovie({ tmdbId: movie.tmdbId });
  return { tmdbId: movie.tmdbId, posts: stored.length, related: film?.relatedIds.length ?? 0 };
}

const Film = new EntitySchema<{ id: number; title: string; details: string }>({
  name: 'Film',
  columns: { id: { type: Number, primary: true }, title: { type: String }, details: { type: String } },
});
const Post = new EntitySchema<{ id: string; filmId: number; text: string; authorId: string; createdAt: string }>({
  name: 'Post',
  columns: {
    id: { type: String, primary: true },
    filmId: { type: Number },
    text: { type: String },
    authorId: { type: String },
    createdAt: { type: String },
  },
});
const dataSource = await new DataSource({
  type: 'better-sqlite3',
  database: join(directory, 'script.db'),
  driver: await loadNodeSqlite(),
  entities: [Film, Post],
  synchronize: true,
}).initialize();
const tmdb = new MovieDb('sandbox', `${sandbox.tmdbUrl.replace(/\/$/, '')}/3/`);
// It speaks to api.x.com alone: what it would ask there is asked of the sandbox.
const toSandbox: ITwitterApiClientPlugin = {
  onBeforeRequestConfig: async ({ url, params }) => {
    const query = new URLSearchParams(params.query as Record<string, string>);
    const answer = await fetch(`${sandbox.xUrl.replace(/\/$/, '')}${url.pathname}?${query}`, {
      headers: { authorization: 'Bearer sandbox' },
    });
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}: ${await answer.text()}`);
    return { headers: {}, data: await answer.json() };
  },
};
const x = new TwitterApi('sandbox', { plugins: [toSandbox] });

async function script(name: string): Promise<Found> {
  const { results = [] } = await tmdb.searchMovie({ query: name });
  const id = results[0]?.id ?? 0;
  const info = await tmdb.movieInfo({ id });
  const { cast, crew } = await tmdb.movieCredits({ id });
  const { keywords } = await tmdb.movieKeywords({ id });
  const recommended = (await tmdb.movieRecommendations({ id })).results ?? [];
  const similar = (await tmdb.movieSimilar({ id })).results ?? [];
  const found = await x.v2.get('tweets/search/recent', {
    query: `"${info.title}" -is:retweet lang:en`,
    max_results: posts,
    'tweet.fields': 'created_at,author_id',
  });
  await dataSource.transaction(async (transaction) => {
    const details = JSON.stringify({ info, cast, crew, keywords, recommended, similar });
    await transaction.getRepository(Film).upsert({ id, title: info.title ?? '', details }, ['id']);
    const rows = (found.data as Array<{ id: string; text: string; author_id: string; created_at: string }>).map(
      (post) => ({
        id: post.id,
        filmId: id,
        text: post.text,
        authorId: post.author_id,
        createdAt: post.created_at,
      }),
    );
    await transaction.getRepository(Post).upsert(rows, ['id']);
  });
  const related = new Set([...recommended, ...similar].map((film) => film.id)).size;
  return { tmdbId: id, posts: await dataSource.getRepository(Post).countBy({ filmId: id }), related };
}

const times: { readonly ours: number[]; readonly script: number[] } = { ours: [], script: [] };
try {
  for (const [index, name] of films.entries()) {
    const start = performance.now();
    const byUs = await (index === 0 ? byReelflow(name) : ours(() => byReelflow(name)));
    const middle = performance.now();
    const byScript = await script(name);
    const end = performance.now();
    if (byUs.tmdbId !== byScript.tmdbId || Math.min(byUs.posts, byScript.posts) < posts / 2 || byUs.related === 0)
      throw new Error(`'${name}': ${JSON.stringify(byUs)} is other work than ${JSON.stringify(byScript)}`);
    if (index === 0 && !isQuick) continue; // warms both up
    times.ours.push(middle - start);
    times.script.push(end - middle);
  }
} finally {
  await manager.close();
  await repository.close();
  await dataSource.destroy();
  await sandbox.close();
  rmSync(directory, { recursive: true });
}
const [ms, scriptMs] = [median(times.ours), median(times.script)];
console.log(
  `  reelflow ${times.ours.map((value) => value.toFixed(0)).join(', ')} ms; script ${times.script.map((value) => value.toFixed(0)).join(', ')} ms`,
);
report({
  work: 'a cold search (TMDB 80 ms, X 150 ms away)',
  beside: `the critical path (${criticalMs} ms) and a script with moviedb-promise, twitter-api-v2 and TypeORM (${scriptMs.toFixed(0)} ms)`,
  found: `${ms.toFixed(0)} ms: ${(ms / criticalMs).toFixed(2)} of the path, ${(scriptMs / ms).toFixed(2)} times as fast as the script`,
  wanted: 'at most 1.12; at least 1.8 times',
  ofWanted: Math.max(ms / criticalMs / 1.12, (1.8 * ms) / scriptMs),
});
