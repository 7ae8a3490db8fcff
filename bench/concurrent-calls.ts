/**
 * Many calls at once that share 16 places, beside p-queue: time for one call, and what a waiting call holds of the heap.
 * `node --expose-gc bench/concurrent-calls.ts [--quick]` after `npm run build`.
 */
import PQueue from 'p-queue';
import { AutomatedCoordinator } from 'reelflow';
import { type Contender, compare } from './harness/compare.ts';
import { isQuick } from './harness/quick.ts';
import { report, show } from './harness/report.ts';

const places = 16;
const turn = (): Promise<number> => new Promise((resolve) => setImmediate(() => resolve(1)));

function limitedTo(concurrency: number): AutomatedCoordinator {
  const coordinator = new AutomatedCoordinator();
  coordinator.configureApi('api', { limits: [], concurrency });
  return coordinator;
}

function coordinated(): (work: () => Promise<number>) => Promise<number> {
  const coordinator = limitedTo(places);
  return async (work) => {
    const result = await coordinator.coordinateApiCall('api', work);
    if (!result.success) throw new Error(result.error.message);
    return result.result;
  };
}

function queued(): (work: () => Promise<number>) => Promise<number> {
  const queue = new PQueue({ concurrency: places });
  return (work) => queue.add(work);
}

const batches = (name: string, start: (work: () => Promise<number>) => Promise<number>, size: number): Contender => ({
  name,
  run: async (count) => {
    let sum = 0;
    for (let done = 0; done < count; done += size) {
      const results = await Promise.all(Array.from({ length: size }, () => start(turn)));
      sum += results.length;
    }
    return sum;
  },
});

for (const size of [1, 100, 10_000]) {
  const measured = await compare([batches('p-queue', queued(), size), batches('reelflow', coordinated(), size)], {
    times: isQuick ? size * 100 : Math.max(size, 50_000),
  });
  console.log(`${size} at once`);
  show(measured);
  const ours = measured[1]?.ofFirst ?? Number.NaN;
  report({
    work: `${size.toLocaleString('en')} concurrent coordinated calls`,
    beside: 'p-queue',
    found: `${ours.toFixed(2)} of its time`,
    wanted: 'at most 1.50',
    ofWanted: ours / 1.5,
  });
}

/** Bytes of the heap that one waiting call holds, its promise and its function included. */
async function held(start: (work: () => Promise<number>) => Promise<unknown>): Promise<number> {
  const waiting = 10_000;
  let release = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = Array.from({ length: places }, () => start(() => gate.then(() => 1)));
  const settled: Promise<unknown>[] = new Array(waiting);
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let index = 0; index < waiting; index += 1) settled[index] = start(async () => 1);
  await turn();
  globalThis.gc?.();
  const bytes = (process.memoryUsage().heapUsed - before) / waiting;
  release();
  await Promise.all([...first, ...settled]);
  return bytes;
}

const theirs = await held(queued());
const coordinator = limitedTo(places);
const bytes = await held((work) => coordinator.coordinateApiCall('api', work));
report({
  work: 'a call that waits, of 10,000',
  beside: `p-queue (${theirs.toFixed(0)} bytes)`,
  found: `${bytes.toFixed(0)} bytes of the heap`,
  wanted: 'at most 1,024',
  ofWanted: bytes / 1024,
});
