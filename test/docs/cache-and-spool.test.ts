import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { entryHooks } from '../testing/entry-hooks.js';

const guide = fileURLToPath(new URL('../../docs/write-your-own-adapter.md', import.meta.url));

test('the cache in the guide keeps its contract, and its test of a spool runs', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'reelflow-guide-'));
  try {
    for (const [, name = '', code = ''] of readFileSync(guide, 'utf8').matchAll(/^```ts\n\/\/ (\S+)\n(.*?)^```$/gms))
      await writeFile(join(directory, name), code);
    await writeFile(join(directory, 'all.mts'), `import './map-cache.test.js';\nimport './spool.test.js';\n`);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...entryHooks({ vitest: 'node:test' }), '--test-reporter=tap', join(directory, 'all.mts')],
      { env: { ...process.env, NODE_OPTIONS: '' } },
    ).catch((failed: { stdout: string }) => failed);
    expect(stdout.match(/^ *not ok .*/gm)).toBeNull();
    expect(Number(/^# pass (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(25);
  } finally {
    await rm(directory, { recursive: true });
  }
});
