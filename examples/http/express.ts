// The service inside an Express 5 app.
// Then: curl -X POST -H 'authorization: Bearer demo-token' 'http://127.0.0.1:3000/api/orchestrator/auto-search?movie_name=RRR'
import type { AddressInfo } from 'node:net';
import express from 'express';
import { AutomatedWorkflowManager, MemoryRepository } from 'reelflow';
import { createOrchestratorApp, nodeListener } from 'reelflow/http';
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

const app = express();
// Before body parsers, since it reads the body itself; by `all`, since `use` would cut the path.
app.all('/api/orchestrator/*rest', nodeListener(orchestrator));
app.use(express.json());
app.get('/', (_request, response) => void response.send('the rest of your service\n'));

const server = app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

process.once('SIGTERM', async () => {
  const closed = new Promise((resolve) => server.close(resolve)); // no new requests
  await manager.close(); // streams end; searches under way have 10 s
  server.closeIdleConnections();
  await closed;
  await sandbox.close();
  console.log('closed in order');
});
