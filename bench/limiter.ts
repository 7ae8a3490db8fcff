/**
 * How long 45 calls take at 15 in a minute, beside the least that the limit allows, in simulated time.
 * `node bench/limiter.ts [--quick]` after `npm run build`.
 */
import FakeTimers from '@sinonjs/fake-timers';
import Bottleneck from 'bottleneck';
import PQueue from 'p-queue';
import pThrottle from 'p-throttle';
import { AutomatedCoordinator } from 'reelflow';
import { report } from './harness/report.ts';

const [calls, limit, windowMs] = [45, 15, 60_000] as const;
/** The first 15 start at once, the last 15 two windows later. */
const idealMs = (Math.ceil(calls / limit) - 1) * windowMs;

type Start = (call: () => void) => Promise<unknown>;

const limiters: ReadonlyArray<readonly [name: string, make: () => Start]> = [
  [
    'reelflow',
    () => {
      const coordinator = new AutomatedCoordinator();
      coordinator.configureApi('api', { limits: [{ calls: limit, windowMs }] });
      return (call) => coordinator.coordinateApiCall('api', call);
    },
  ],
  [
    'p-queue, strict',
    () => {
      const queue = new PQueue({ intervalCap: limit, interval: windowMs, strict: true });
      return (call) => queue.add(call);
    },
  ],
  [
    'p-throttle, strict',
    () => {
      const throttle = pThrottle({ limit, interval: windowMs, strict: true });
      return throttle(async (call: () => void) => call());
    },
  ],
  [
    'bottleneck, reservoir',
    () => {
      const limiter = new Bottleneck({
        reservoir: limit,
        reservoirRefreshAmount: limit,
        reservoirRefreshInterval: windowMs,
      });
      return (call) => limiter.schedule(async () => call());
    },
  ],
];

/** Starts all calls at once and runs the clock until the last has started. */
async function drain(make: () => Start): Promise<readonly number[]> {
  const clock = FakeTimers.install({
    now: Date.UTC(2026, 4, 15, 12),
    toNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'],
  });
  try {
    const began = performance.now();
    const starts: number[] = [];
    const start = make();
    const all = Array.from({ length: calls }, () => start(() => void starts.push(performance.now() - began)));
    let isDone = false;
    const done = Promise.all(all).then(() => {
      isDone = true;
    });
    for (let step = 0; step < 100_000 && !isDone; step += 1) await clock.nextAsync();
    if (!isDone) throw new Error(`only ${starts.length} of ${calls} calls have ended`);
    await done;
    return starts;
  } finally {
    clock.uninstall();
  }
}

/** The most that started in any window: a start at its very end belongs to the next. */
const mostInWindow = (starts: readonly number[]): number =>
  Math.max(...starts.map((from) => starts.filter((at) => at >= from && at < from + windowMs).length));

for (const [name, make] of limiters) {
  const starts = await drain(make);
  const [took, most] = [starts.at(-1) ?? 0, mostInWindow(starts)];
  const figures = `${(took / idealMs).toFixed(4)} of the ideal, at most ${most} in any ${windowMs / 1000} s`;
  if (name === 'reelflow') {
    report({
      work: `draining ${calls} calls at ${limit} in ${windowMs / 1000} s (simulated time)`,
      beside: `the ideal, ${idealMs / 1000} s`,
      found: figures,
      wanted: `at most 1.03, never over ${limit}`,
      ofWanted: Math.max(took / idealMs / 1.03, most / limit),
    });
  } else console.log(`  ${name}: ${figures}`);
}
process.exitCode ??= 0;
