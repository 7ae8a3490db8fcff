import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { entryHooks } from './entry-hooks.js';

const file = (url: URL): string => fileURLToPath(url);

test('every contract suite runs under node:test as it does here', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...entryHooks(), '--test-reporter=tap', file(new URL('./node-test-suites.ts', import.meta.url))],
    { env: { ...process.env, NODE_OPTIONS: '' } },
  );
  expect(stdout).toMatch(/^# suites 7$/m);
  expect(stdout).toMatch(/^# fail 0$/m);
  expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(80);
});
