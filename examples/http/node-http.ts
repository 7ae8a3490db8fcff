// The service beside routes of your own, by plain node:http. `serve` of reelflow/http is this and a bit more.
// Then: curl -X POST -H 'authorization: Bearer demo-token' 'http://127.0.0.1:3000/api/orchestrator/auto-search?movie_name=RRR'
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
const orchestrate = nodeListener(orchestrator);

const server = createServer((request, response) => {
  if (request.url?.startsWith('/api/orchestrator/')) return orchestrate(request, response);
  response.end('the rest of your service\n');
});
server.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
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
