// What was called how often, how long it took and what is left of each quota.
import { AutomatedWorkflowManager, MemoryRepository } from 'reelflow';
import { startSandbox } from 'reelflow/sandbox';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';

const sandbox = await startSandbox();
const manager = new AutomatedWorkflowManager({
  movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
  reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
  repository: new MemoryRepository(),
});

for (const film of ['RRR', 'Pushpa', 'RRR']) await manager.handleUserSearch(film);

const { coordinatorStats, triggerHistory, performance } = manager.getAutomationStatistics();
console.log('searches:', triggerHistory);
for (const [api, { total, successRate, latency, quota }] of Object.entries(coordinatorStats.apiCalls.byApi)) {
  console.log(
    `${api}: ${total} calls, ${successRate} % succeeded, p95 ${latency.p95Ms.toFixed(1)} ms, ${quota.remaining} of ${quota.limit} left`,
  );
}
for (const [operation, { total, failed }] of Object.entries(coordinatorStats.databaseOperations.byOperation)) {
  console.log(`${operation}: ${total} times, ${failed} failed`);
}
console.log('errors by code:', coordinatorStats.errorCounts);
console.log('performance:', performance);
console.log('last call:', manager.coordinator.callHistory().at(-1));

await manager.close();
await sandbox.close();
