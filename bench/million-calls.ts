/**
 * What a million coordinated calls leave on the heap: without limits, and with a limit that holds and keeps a log of
 * the starts in its window. `node --expose-gc bench/million-calls.ts [--quick]` after `npm run build`.
 */
import { AutomatedCoordinator } from 'reelflow';
import { isQuick } from './harness/quick.ts';
import { report } from './harness/report.ts';

const total = isQuick ? 20_000 : 1_000_000;
const nothing = async (): Promise<number> => 1;

/** The least of several readings: the compiler of V8 holds some megabytes for a moment, and no leak goes away again. */
const heapMb = async (): Promise<number> => {
  let least = Number.POSITIVE_INFINITY;
  for (let reading = 0; reading < 10; reading += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    globalThis.gc?.();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    least = Math.min(least, heapUsed + arrayBuffers);
  }
  return least / 1e6;
};

for (const [what, limits] of [
  ['limits: []', []],
  ['a limit of 1,000 in 10 ms that holds', [{ calls: 1000, windowMs: 10 }]],
] as const) {
  const coordinator = new AutomatedCoordinator();
  coordinator.configureApi('api', { limits });
  const run = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done += 1000) {
      await Promise.all(Array.from({ length: 1000 }, () => coordinator.coordinateApiCall('api', nothing)));
    }
  };
  await run(20_000); // the history and the log of the window are full
  const before = await heapMb();
  const start = performance.now();
  await run(total);
  const seconds = (performance.now() - start) / 1000;
  const grown = (await heapMb()) - before;
  report({
    work: `${total.toLocaleString('en')} coordinated calls, ${what} (${seconds.toFixed(1)} s)`,
    beside: 'the heap before them',
    found: `${grown.toFixed(2)} MB more`,
    wanted: 'under 5 MB',
    ofWanted: Math.max(0.01, grown / 5),
  });
}
