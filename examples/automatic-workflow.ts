// One search does everything: the film is found, posts are collected, stored and scored, films are recommended.
import { AutomatedWorkflowManager } from 'reelflow';
import { startSandbox } from 'reelflow/sandbox';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';
import { TypeOrmRepository } from 'reelflow/typeorm';

const sandbox = await startSandbox(); // with keys of your own, leave out the sandbox and both `baseUrl`s, and choose a file for `database`
const manager = new AutomatedWorkflowManager({
  movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
  reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
  repository: await TypeOrmRepository.open({ type: 'sqlite', database: ':memory:' }),
});

const result = await manager.handleUserSearch('Pushpa', { collectNewData: true, maxReviews: 10 });

console.log(
  `${result.movie?.name}: ${result.analysis?.averageSentiment.toFixed(2)} from ${result.analysis?.reviewsAnalyzed} posts`,
);
for (const { title, explanation } of result.recommendations.slice(0, 3)) console.log(`- ${title}: ${explanation}`);
console.log('API calls:', result.cost.apiCalls, 'cost in USD:', result.cost.estimatedUsd);

await manager.close();
await sandbox.close();
