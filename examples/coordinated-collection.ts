// Film candidates and posts, collected side by side, without storing anything.
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

const data = await manager.coordinateDataCollection('RRR', { maxReviews: 10 });

console.log('success:', data.success);
console.log(
  'candidates:',
  data.tmdbData?.map(({ title, releaseDate }) => `${title} (${releaseDate?.slice(0, 4)})`),
);
console.log('posts:', data.twitterData?.length);
for (const { text, likeCount } of data.twitterData?.slice(0, 3) ?? []) console.log(`  ${likeCount} likes: ${text}`);

await manager.close();
await sandbox.close();
