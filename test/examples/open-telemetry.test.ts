import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { entryHooks } from '../testing/entry-hooks.js';

const sources = (path: string) => new URL(`../../src/${path}`, import.meta.url).href;

test('open-telemetry: prints the tree of a search, its retry, the link of the one that joined, and the metrics', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...entryHooks({
      'reelflow/tmdb': sources('adapters/tmdb/index.ts'),
      'reelflow/twitter': sources('adapters/twitter/index.ts'),
      'reelflow/sandbox': sources('sandbox/index.ts'),
      'reelflow/otel': sources('otel/index.ts'),
    }),
    fileURLToPath(new URL('../../examples/open-telemetry.ts', import.meta.url)),
  ]);
  expect(stdout).toMatch(
    /^search .*\n {2}run .*\n(.*\n)* {4}step collect .*\n(.*\n)* {8}attempt twitter .*API_UNAVAILABLE$/m,
  );
  expect(stdout).toMatch(/^ {6}call twitter .*retry_scheduled$/m);
  expect(stdout).toMatch(/^search .*linked to the run that it joined$/m);
  expect(stdout).toContain('  db.client.operation.duration (7 series)\n');
  expect(stdout).toContain('  reelflow.run.ended (3 series)\n');
});
