/**
 * How many requests `GET /automation-stats` serves beside a bare Hono route in the same process, then 200 open event
 * streams while searches run, with the heap before and after. Run it with `node --expose-gc bench/http.ts [seconds]`
 * after `npm run build`; the load comes from a worker thread.
 */
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

const heapMb = (): string => {
  globalThis.gc?.();
  return `${(process.memoryUsage().heapUsed / 1e6).toFixed(1)} MB`;
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

console.log(`heap before ${streams} streams: ${heapMb()}`);
const readers = await Promise.all(
  Array.from({ length: streams }, async () => {
    const { body } = await fetch(`${base}/events`);
    return body?.getReader();
  }),
);
let bytes = 0;
const reading = readers.map(async (reader) => {
  for (;;) {
    const read = await reader?.read();
    if (read === undefined || read.done) return;
    bytes += read.value.byteLength;
  }
});
console.log(`heap with ${streams} streams: ${heapMb()}`);
for (const half of ['first', 'second']) {
  const until = performance.now() + seconds * 1000;
  let searches = 0;
  while (performance.now() < until) {
    await search(searches);
    searches += 1;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await manager.sweepRetention(); // the repository in memory keeps the records of runs
  const sent = `${(bytes / 1e6).toFixed(1)} MB read from ${streams} streams`;
  console.log(`${half} ${seconds} s: ${searches} searches, ${sent} so far, heap ${heapMb()}`);
}
await served.close();
await Promise.allSettled(reading);
await servedBare.close();
await manager.close();
