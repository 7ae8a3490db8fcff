// The database goes away in the middle of the day. Searches are answered all the same; what they would have stored waits
// in files, and is stored, in order and once, when the database is back.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AutomatedWorkflowManager } from 'reelflow';
import { startSandbox } from 'reelflow/sandbox';
import { injectFaults } from 'reelflow/testing';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';
import { TypeOrmRepository } from 'reelflow/typeorm';

const directory = await mkdtemp(join(tmpdir(), 'reelflow-recovery-'));
const sandbox = await startSandbox();
const database = await TypeOrmRepository.open({ type: 'sqlite', database: join(directory, 'reelflow.db') });
const { port: repository, faults } = injectFaults(database);

const manager = new AutomatedWorkflowManager({
  movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
  reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
  repository,
  coordinator: { maxRetries: 1, retryDelayMs: 20 }, // by default it tries for 14 s before a write is put aside
  spool: { directory: join(directory, 'spool') },
});
let writes = 0;
manager.trigger.registerTrigger('storage_diverted', ({ reason }) => {
  if (writes === 0)
    console.log(`  a write was put aside (${reason?.code}); those after it follow, so that their order holds`);
  writes += 1;
});
manager.trigger.registerTrigger('storage_recovered', ({ records }) =>
  console.log(`  the database is back: ${records} writes were stored`),
);

console.log('the database fails');
faults.add({ error: 'DB_CONNECTION' });
const result = await manager.handleUserSearch('RRR', { maxReviews: 20 });
console.log(`the search: success ${result.success}, degraded ${result.degraded}`);
console.log(`  ${result.movie?.name}, ${result.analysis?.reviewsAnalyzed} posts, from ${result.sources.movie} data`);
const report = await manager.coordinateDatabaseOperations({
  reviews: [
    {
      tweetId: '7001',
      tmdbId: result.movie?.tmdbId,
      text: 'A post of our own',
      createdAt: '2026-01-05',
      source: 'blog',
    },
  ],
});
console.log(`data of our own: success ${report.success}, diverted ${report.diverted}`);
console.log(`  ${writes} writes wait`);

console.log('the database is repaired');
faults.clear();
const { replayed, remaining } = await manager.replaySpool(); // a probe would do it within some seconds
console.log(`replayed ${replayed}, remaining ${remaining}`);
const again = await manager.replaySpool();
console.log(`once more: replayed ${again.replayed}`);

const posts = await database.findReviews(result.movie?.tmdbId ?? 0, { limit: 100 });
const run = await manager.findRun(result.workflowId);
console.log(`in the database: ${posts.length} posts, and the run is ${run?.status}`);
const second = await manager.handleUserSearch('RRR', { maxReviews: 20 });
console.log(`the next search: ${second.sources.movie} data, ${JSON.stringify(second.cost.apiCalls)} calls`);

await manager.close();
await sandbox.close();
await rm(directory, { recursive: true });
if (posts.length !== 21 || remaining !== 0) process.exitCode = 1;
