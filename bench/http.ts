/**
 * How many requests `GET /automation-stats` serves beside a bare Hono route in the same process, then 200 open event
 * streams while searches run, with the heap before and after. Run it with `node --expose-gc bench/http.ts [seconds]`
 * after `npm run build`; the load comes from a worker thread.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import autocannon from 'autocannon';
import { Hono } from 'hono';
import { AutomatedWorkflowManager, MemoryMovieClient, MemoryRepository, MemoryReviewClient } from 'reelflow';
import { createOrchestratorApp, serve } from 'reelflow/http';
import { sampleMovie, sampleReviews } from 'reelflow/testing';

const seconds = Number(process.argv[2] ?? 5);
const rounds = 3;
const streams = 200;

const films = Array.from({ length: 200 }, (_, index) =>
  sampleMovie({ tmdbId: index + 1, title: `Film ${index + 1}`, originalTitle: `Film ${index + 1}` }),
);
const posts = films.flatMap(({ tmdbId }, index) => sampleReviews(index * 10, index * 10 + 10, { tmdbId }));
const manager = new AutomatedWorkflowManager({
  movies: new MemoryMovieClient(films),
  reviews: new MemoryReviewClient(posts),
  repository: new MemoryRepository(),
  retention: { runMs: 1000 },
});
const app = createOrchestratorApp(manager, { auth: 'none' });
const bare = new Hono().get('/', (c) => c.json({ ok: true }));
const [served, servedBare] = await Promise.all([serve(app, { port: 0 }), serve(bare, { port: 0 })]);
const base = `${served.url}/api/orchestrator`;

const heapMb = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
};
const load = async (url: string): Promise<number> => {
  const { requests, non2xx, errors } = await autocannon({ url, duration: seconds, connections: 20, workers: 1 });
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} answers were no 2xx, ${errors} requests failed`);
  return requests.average;
};
const search = (number: number) => manager.handleUserSearch(`Film ${(number % films.length) + 1}`);

// As after a day of work: every part has its statistics, and the histories are full.
for (let count = 0; count < 50; count += 1) await search(count);
for (let count = 0; count < 1000; count += 1) await manager.trigger.triggerEvent('circuit_closed', { api: 'none' });

await load(servedBare.url);
await load(`${base}/automation-stats`);
const ratios: number[] = [];
for (let round = 1; round <= rounds; round += 1) {
  const plain = await load(servedBare.url);
  const stats = await load(`${base}/automation-stats`);
  ratios.push(stats / plain);
  console.log(
    `round ${round}: bare ${plain.toFixed(0)}/s, automation-stats ${stats.toFixed(0)}/s, ratio ${(stats / plain).toFixed(2)}`,
  );
}
console.log(`median ratio ${[...ratios].sort()[1]?.toFixed(2)} (at least 0.50 is asked)`);

// The readers live in a thread of their own, so that this heap is the server's alone.
const readers = new Worker(new URL('stream-readers.ts', import.meta.url), {
  workerData: { url: `${base}/events`, streams },
});
const told = async (): Promise<number> => {
  readers.postMessage('how much?');
  const [bytes] = await once(readers, 'message');
  return Number(bytes);
};
await once(readers, 'message');
const heaps: number[] = [];
let searches = 0;
// The first stretches fill what is bounded: histories, caches, the log of events that streams resume from.
for (let stretch = 1; stretch <= 6; stretch += 1) {
  const until = performance.now() + (seconds * 1000) / 2;
  while (performance.now() < until) {
    await search(searches);
    searches += 1;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await manager.sweepRetention(); // the repository in memory keeps the records of runs
  heaps.push(heapMb());
}
const read = ((await told()) / 1e6).toFixed(0);
console.log(
  `${streams} streams, ${searches} searches, ${read} MB read; heap in MB: ${heaps.map((mb) => mb.toFixed(1)).join(' ')}`,
);
const [half = 0, last = 0] = [heaps[2], heaps[5]];
console.log(`from half-time on it grew by ${(last - half).toFixed(1)} MB`);
await readers.terminate();
await served.close();
await servedBare.close();
await manager.close();
