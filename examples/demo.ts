// The whole job in one run: `npm run demo`, or `npm run demo -- "Pushpa"`, or `npm run demo -- --fresh`.
// A local server speaks TMDB v3 and X v2; the film and its posts end up in a SQLite file under .demo/.
// The second run of the same film finds everything stored and asks nobody.
import { mkdir, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { AutomatedWorkflowManager } from 'reelflow';
import { startSandbox } from 'reelflow/sandbox';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';
import { TypeOrmRepository } from 'reelflow/typeorm';
import { showProgress } from './demo/progress.ts';
import { renderResult, renderStatistics } from './demo/report.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { fresh: { type: 'boolean', default: false } },
});
const film = positionals.join(' ') || 'RRR';
const database = '.demo/reelflow.db';

if (values.fresh) await rm('.demo', { recursive: true, force: true });
await mkdir('.demo', { recursive: true });

const sandbox = await startSandbox({
  latencyMs: 120,
  // One small fault of each kind, so that the recovery can be seen: a server error, then "too many requests, wait 2 s".
  faults: [
    { service: 'tmdb', kind: 'status', status: 503, times: 1 },
    { service: 'x', kind: 'status', status: 429, retryAfterSec: 2, times: 1 },
  ],
});
const repository = await TypeOrmRepository.open({ type: 'sqlite', database });
const manager = new AutomatedWorkflowManager({
  movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
  reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
  repository,
  coordinator: { retryDelayMs: 1000 },
});

console.log(`Searching "${film}". TMDB and X are played by a local server; the database is ${database}.\n`);
const stopProgress = showProgress(manager, process.stdout);
const result = await manager.handleUserSearch(film, { maxReviews: 60 });
stopProgress();

const stored = result.movie === null ? null : await repository.findMovie({ tmdbId: result.movie.tmdbId });
console.log(renderResult(result, stored));
console.log(renderStatistics(result, manager.getAutomationStatistics(), sandbox.requests.length));

await manager.close();
await sandbox.close();
process.exitCode = result.success ? 0 : 1;
