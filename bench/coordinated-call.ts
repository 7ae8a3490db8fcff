// One coordinated call beside the bare call and p-retry alone, in one run. Usage: node bench/coordinated-call.ts
import pRetry from 'p-retry';
import { AutomatedCoordinator } from 'reelflow';
import { Bench } from 'tinybench';

const coordinator = new AutomatedCoordinator();
coordinator.configureApi('api', { limits: [] });
const nothing = async () => 1;

const bench = new Bench({ time: 500 });
bench.add('bare call', nothing);
bench.add('p-retry', () => pRetry(nothing, { retries: 3 }));
bench.add('coordinated call', () => coordinator.coordinateApiCall('api', nothing));
await bench.run();

const medians = new Map(
  bench.tasks.map(({ name, result }) => [name, 'latency' in result ? result.latency.p50 * 1000 : Number.NaN]),
);
for (const [name, us] of medians)
  console.log(`${name.padEnd(18)} ${us.toFixed(2)} µs, ${(us / (medians.get('p-retry') ?? 1)).toFixed(2)} of p-retry`);
