/**
 * 1,000 searches of 200 films at once in one process, beside the critical path under the cap of 16 runs at a time; and
 * how long the event loop is held up. `node bench/many-searches.ts [--quick]` after `npm run build`.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { AutomatedWorkflowManager, MemoryMovieClient, MemoryRepository, MemoryReviewClient } from 'reelflow';
import { filmsUpTo, postsOf } from './harness/catalogue.ts';
import { median } from './harness/compare.ts';
import { ours } from './harness/ours.ts';
import { isQuick } from './harness/quick.ts';
import { report } from './harness/report.ts';

const [films, searches, latencyMs, cap] = isQuick ? [20, 100, 20, 16] : [200, 1000, 100, 16];
const catalogue = filmsUpTo(films);
const posts = catalogue.flatMap(({ tmdbId }) => postsOf(tmdbId, 20, tmdbId * 20));

const after = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  await new Promise((resolve) => setTimeout(resolve, latencyMs));
  return work();
};

/** Both providers answer after the latency. */
class SlowMovies extends MemoryMovieClient {
  override searchMovies(...given: Parameters<MemoryMovieClient['searchMovies']>) {
    return after(() => super.searchMovies(...given));
  }
  override getMovie(...given: Parameters<MemoryMovieClient['getMovie']>) {
    return after(() => super.getMovie(...given));
  }
}
class SlowReviews extends MemoryReviewClient {
  override searchReviews(...given: Parameters<MemoryReviewClient['searchReviews']>) {
    return after(() => super.searchReviews(...given));
  }
}

/** A run is a search of the provider, then details and posts side by side: two latencies; 16 run at once. */
const criticalMs = Math.ceil(films / cap) * 2 * latencyMs;

const took: number[] = [];
const delays: number[] = [];
for (let round = 0; round < (isQuick ? 1 : 5); round += 1) {
  const manager = new AutomatedWorkflowManager({
    movies: new SlowMovies(catalogue),
    reviews: new SlowReviews(posts),
    repository: new MemoryRepository(),
    maxConcurrentWorkflows: cap,
  });
  await manager.handleUserSearch('warms up', { deadlineMs: 60_000 });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const start = performance.now();
  const results = await ours(() =>
    Promise.all(
      Array.from({ length: searches }, (_, index) =>
        manager.handleUserSearch(catalogue[index % films]?.title ?? '', { maxReviews: 20, deadlineMs: 600_000 }),
      ),
    ),
  );
  took.push(performance.now() - start);
  delay.disable();
  delays.push(delay.percentile(99) / 1e6);
  const failed = results.filter(({ success, degraded }) => !success || degraded).length;
  if (failed > 0) throw new Error(`${failed} of ${searches} searches failed or were degraded`);
  await manager.close();
}
const [ms, p99] = [median(took), median(delays)];
console.log(
  `  rounds: ${took.map((value) => value.toFixed(0)).join(', ')} ms; event-loop delay p99 ${delays.map((value) => value.toFixed(1)).join(', ')} ms`,
);
report({
  work: `${searches.toLocaleString('en')} concurrent searches of ${films} films`,
  beside: `the critical path of ${cap} runs at a time, ${criticalMs} ms`,
  found: `${(ms / criticalMs).toFixed(2)} of it; event-loop delay p99 ${p99.toFixed(1)} ms`,
  wanted: 'at most 1.30, p99 under 50 ms',
  ofWanted: Math.max(ms / criticalMs / 1.3, p99 / 50),
});
