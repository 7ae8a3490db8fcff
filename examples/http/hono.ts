// The service inside a Hono app. What `app.fetch` is given as its second argument goes on to it: the address of the caller is there.
// Then: curl -X POST -H 'authorization: Bearer demo-token' 'http://127.0.0.1:3000/api/orchestrator/auto-search?movie_name=RRR'
import { Hono } from 'hono';
import { AutomatedWorkflowManager, MemoryRepository } from 'reelflow';
import { createOrchestratorApp, serve } from 'reelflow/http';
import { startSandbox } from 'reelflow/sandbox';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';

const sandbox = await startSandbox(); // yours: real keys, and no base URLs
const manager = new AutomatedWorkflowManager({
  movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
  reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
  repository: new MemoryRepository(),
});
const orchestrator = createOrchestratorApp(manager, { auth: { bearer: [process.env['TOKEN'] ?? 'demo-token'] } });

const app = new Hono();
app.all('/api/orchestrator/*', (c) => orchestrator.fetch(c.req.raw, c.env));
app.get('/', (c) => c.text('the rest of your service\n'));

const server = await serve(app, { port: Number(process.env['PORT'] ?? 3000) });
console.log(`listening on ${server.url}`);

process.once('SIGTERM', async () => {
  await server.close(); // no new requests; streams end; open requests have 10 s
  await manager.close();
  await sandbox.close();
  console.log('closed in order');
});
