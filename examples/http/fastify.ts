// The service inside a Fastify 5 app.
// Then: curl -X POST -H 'authorization: Bearer demo-token' 'http://127.0.0.1:3000/api/orchestrator/auto-search?movie_name=RRR'
import Fastify from 'fastify';
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

const app = Fastify();
app.register(async (scope) => {
  scope.removeAllContentTypeParsers(); // it reads the body itself
  scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
  scope.all('/api/orchestrator/*', (request, reply) => {
    reply.hijack();
    orchestrate(request.raw, reply.raw);
  });
});
app.get('/', () => 'the rest of your service\n');
app.addHook('preClose', () => manager.close()); // streams end; searches under way have 10 s

console.log(`listening on ${await app.listen({ port: Number(process.env['PORT'] ?? 3000), host: '127.0.0.1' })}`);

process.once('SIGTERM', async () => {
  await app.close();
  await sandbox.close();
  console.log('closed in order');
});
