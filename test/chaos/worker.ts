// One life of a service that is going to be killed: resumes what the lives before it left, and searches its share.

import { TmdbClient } from '../../src/adapters/tmdb/index.js';
import { TwitterClient } from '../../src/adapters/twitter/index.js';
import { TypeOrmRepository, type TypeOrmRepositoryOptions } from '../../src/adapters/typeorm/index.js';
import { AutomatedWorkflowManager } from '../../src/index.js';

export interface WorkerInput {
  readonly database: TypeOrmRepositoryOptions;
  readonly spool: string;
  readonly tmdbUrl: string;
  readonly xUrl: string;
  readonly names: readonly string[];
  readonly maxReviews: number;
}

const input: WorkerInput = JSON.parse(process.argv[2] ?? '');
const say = (what: string, ...more: readonly unknown[]): void => console.log(JSON.stringify([what, ...more]));

const manager = new AutomatedWorkflowManager({
  movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: input.tmdbUrl }),
  reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: input.xUrl }),
  repository: await TypeOrmRepository.open(input.database),
  coordinator: { maxCallsPerWindow: 1_000_000 },
  spool: { directory: input.spool },
});
manager.trigger.registerTrigger('workflow_started', ({ workflowId, movieName }) =>
  say('started', workflowId, movieName),
);
say('ready');
const resuming = manager.resumePending();
const searches = input.names.map(async (name) => {
  say('asked', name);
  const { success, degraded } = await manager.handleUserSearch(name, {
    maxReviews: input.maxReviews,
    collectNewData: true,
  });
  say('ended', name, success && !degraded);
});
await Promise.all(searches);
const resumed = await resuming;
say(
  'resumed',
  resumed.map(({ workflowId, status }) => [workflowId, status]),
);
await manager.close();
say('closed');
