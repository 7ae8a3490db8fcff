// Hearing what happens, adding to the default workflow, and events of your own.
import { AutomatedWorkflowManager, MemoryRepository, WorkflowTrigger } from 'reelflow';
import { startSandbox } from 'reelflow/sandbox';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';

const sandbox = await startSandbox();
const manager = new AutomatedWorkflowManager({
  movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
  reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
  repository: new MemoryRepository(),
});

manager.trigger.registerTrigger('recommendation_generated', async ({ movieName, recommendations }) => {
  console.log(`${movieName}: ${recommendations.length} recommendations, first ${recommendations[0]?.title}`);
});
manager.trigger.registerTrigger('*', (_data, { event }) => console.log(`heard ${event}`));
manager.trigger.registerTrigger('user_search', ({ movieName }) => console.log(`somebody searches ${movieName}`), {
  name: 'audit',
});

await manager.handleUserSearch('RRR');

// A trigger of your own, with your own events: a callback that fails never stops another.
const trigger = new WorkflowTrigger<{ ticket_sold: { film: string; seats: number } }>();
trigger.registerTrigger('ticket_sold', ({ seats }) => seats * 12, { name: 'price' });
trigger.registerTrigger(
  'ticket_sold',
  () => {
    throw new Error('printer out of paper');
  },
  { name: 'print' },
);
for (const outcome of await trigger.triggerEvent('ticket_sold', { film: 'RRR', seats: 2 })) {
  console.log(outcome.callback, outcome.success ? `gave ${outcome.result}` : `failed: ${outcome.error.message}`);
}

await manager.close();
await sandbox.close();
