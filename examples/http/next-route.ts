// The service as a route of Next.js (App Router): this file is app/api/orchestrator/[...path]/route.ts.
import { AutomatedWorkflowManager, MemoryRepository } from 'reelflow';
import { createOrchestratorApp, type OrchestratorApp } from 'reelflow/http';
import { startSandbox } from 'reelflow/sandbox';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';

export const runtime = 'nodejs';
export const dynamic = 'force-dynamic';

// Next.js loads a route again when it changes: the manager outlives that, or each change would leave one behind.
const kept = globalThis as { reelflow?: Promise<OrchestratorApp> };

async function create(): Promise<OrchestratorApp> {
  const sandbox = await startSandbox(); // yours: real keys, and no base URLs
  const manager = new AutomatedWorkflowManager({
    movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
    reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
    repository: new MemoryRepository(),
  });
  process.once('SIGTERM', () => void manager.close().then(() => sandbox.close()));
  return createOrchestratorApp(manager, { auth: { bearer: [process.env['TOKEN'] ?? 'demo-token'] } });
}

async function handle(request: Request): Promise<Response> {
  kept.reelflow ??= create();
  return (await kept.reelflow).fetch(request);
}

export const GET = handle;
export const POST = handle;
export const OPTIONS = handle;
