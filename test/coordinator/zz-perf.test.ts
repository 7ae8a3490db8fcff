import { test } from 'vitest';
import { AutomatedCoordinator } from '/work/main/src/coordinator/automated-coordinator.js';
test('perf', async () => {
  for (const n of [10_000, 50_000, 100_000]) {
    const c = new AutomatedCoordinator();
    c.configureApi('a', { limits: [], concurrency: 10 });
    const t = performance.now();
    await Promise.all(Array.from({ length: n }, (_, i) => c.coordinateApiCall('a', async () => i)));
    console.log(n, 'queued calls', (performance.now() - t).toFixed(0), 'ms');
  }
  const c = new AutomatedCoordinator();
  c.configureApi('a', { limits: [] });
  const t = performance.now();
  for (let i = 0; i < 200_000; i++) await c.coordinateApiCall('a', () => i);
  console.log('sequential', ((performance.now() - t) / 200).toFixed(2), 'us each');
  const controller = new AbortController();
  const c2 = new AutomatedCoordinator();
  const t2 = performance.now();
  const all = Array.from({ length: 50_000 }, () => c2.coordinateApiCall('a', () => 1, { signal: controller.signal }));
  await null; controller.abort(); await Promise.all(all);
  console.log('50k aborted', (performance.now() - t2).toFixed(0));
}, 120_000);
