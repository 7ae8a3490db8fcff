// What a page does with the two routes. `auth: 'none'` is for a service behind a door of its own: a session, a gateway, a VPN.
import { AutomatedWorkflowManager, MemoryRepository } from 'reelflow';
import { createOrchestratorApp, serve } from 'reelflow/http';
import { startSandbox } from 'reelflow/sandbox';
import { TmdbClient } from 'reelflow/tmdb';
import { TwitterClient } from 'reelflow/twitter';

const sandbox = await startSandbox();
const manager = new AutomatedWorkflowManager({
  movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
  reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
  repository: new MemoryRepository(),
});
const server = await serve(createOrchestratorApp(manager, { auth: 'none' }), { port: 0 });
const api = `${server.url}/api/orchestrator`; // in a page of the same origin: '/api/orchestrator'

// ---- in the page ----
interface SearchAnswer {
  success: boolean;
  workflow_result: {
    movie: { name: string };
    analysis: { average_sentiment: number; reviews_analyzed: number };
    recommendations: { title: string; reasons: { kind: string; values: string[] }[] }[];
  };
}

async function searchMovie(name: string): Promise<SearchAnswer> {
  const query = new URLSearchParams({ movie_name: name, max_reviews: '10' });
  const response = await fetch(`${api}/auto-search?${query}`, { method: 'POST' });
  if (response.ok) return (await response.json()) as SearchAnswer;
  const problem = (await response.json()) as { code: string; detail: string };
  throw new Error(`${problem.code}: ${problem.detail}`);
}

const { success, workflow_result: result } = await searchMovie('RRR');
console.log('success:', success);
console.log('film:', result.movie.name);
console.log('sentiment:', result.analysis.average_sentiment, 'of', result.analysis.reviews_analyzed, 'posts');
for (const { title, reasons } of result.recommendations.slice(0, 3)) {
  console.log(`- ${title}:`, reasons.map(({ kind, values }) => [kind, ...values].join(' ')).join('; '));
}

const answer = await fetch(`${api}/automation-stats`);
const statistics = (await answer.json()) as { coordinator_stats: { api_calls: { success_rate: number } } };
console.log('API calls that succeeded:', `${statistics.coordinator_stats.api_calls.success_rate} %`);

await searchMovie('no such film anywhere').catch((error: Error) => console.log(error.message));
// ---- to here ----

await server.close();
await manager.close();
await sandbox.close();
