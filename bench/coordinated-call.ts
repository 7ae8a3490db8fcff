/**
 * One coordinated call (retry, breaker, limits, timeout, statistics) of a function that does nothing, beside what a user
 * would build instead. `node bench/coordinated-call.ts [--quick]` after `npm run build`.
 */
import {
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleAll,
  retry,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import CircuitBreaker from 'opossum';
import PQueue from 'p-queue';
import pRetry from 'p-retry';
import { AutomatedCoordinator } from 'reelflow';
import { type Contender, compare } from './harness/compare.ts';
import { report, show } from './harness/report.ts';

const nothing = async (): Promise<number> => 1;
const times = 20_000;

/** One after the other; the sum shows that each call was made. */
const series = (name: string, call: () => Promise<number>): Contender => ({
  name,
  run: async (count) => {
    let sum = 0;
    for (let index = 0; index < count; index += 1) sum += await call();
    return sum;
  },
});

const policy = wrap(
  retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff() }),
  circuitBreaker(handleAll, { halfOpenAfter: 30_000, breaker: new ConsecutiveBreaker(5) }),
  bulkhead(1000, 1000),
  timeout(10_000, TimeoutStrategy.Cooperative),
);
const queue = new PQueue({ concurrency: 1000 });
const breaker = new CircuitBreaker(nothing, { timeout: 10_000 });
const coordinator = new AutomatedCoordinator();
coordinator.configureApi('api', { limits: [], concurrency: 1000 });
const limited = new AutomatedCoordinator();
limited.configureApi('api', { limits: [{ calls: 1_000_000, windowMs: 60_000 }], concurrency: 1000 });

const unwrapped = async (given: AutomatedCoordinator): Promise<number> => {
  const result = await given.coordinateApiCall('api', nothing);
  if (!result.success) throw new Error(result.error.message);
  return result.result;
};

const measured = await compare(
  [
    series('cockatiel: retry, breaker, bulkhead, timeout', () => policy.execute(nothing)),
    series('reelflow', () => unwrapped(coordinator)),
    series('reelflow, with a limit that holds', () => unwrapped(limited)),
    series('p-retry in p-queue', async () => (await queue.add(() => pRetry(nothing, { retries: 3 }))) ?? 0),
    series('opossum: breaker, timeout', () => breaker.fire()),
    series('the bare call', nothing),
  ],
  { times },
);
show(measured);
const ours = measured[1]?.ofFirst ?? Number.NaN;
report({
  work: 'one coordinated call',
  beside: 'cockatiel (retry, breaker, bulkhead, timeout)',
  found: `${ours.toFixed(2)} of its time`,
  wanted: 'at most 0.70',
  ofWanted: ours / 0.7,
});
breaker.shutdown();
