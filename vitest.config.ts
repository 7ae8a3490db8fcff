import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(`src/${path}`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^reelflow$/, replacement: source('index.ts') },
      { find: /^reelflow\/(tmdb|twitter|typeorm|redis)$/, replacement: `${source('adapters')}/$1/index.ts` },
      { find: /^reelflow\/(testing|sandbox|http|otel)$/, replacement: `${source('')}$1/index.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // Half of the time a test waits for a server, a lease or a process of its own.
    maxWorkers: Math.max(4, availableParallelism() - 1),
    testTimeout: 30_000,
    hookTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 90, branches: 85 },
    },
  },
});
