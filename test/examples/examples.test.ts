import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { entryHooks } from '../testing/entry-hooks.js';

const sources = (path: string) => new URL(`../../src/${path}`, import.meta.url).href;
const hooks = entryHooks({
  'reelflow/typeorm': sources('adapters/typeorm/index.ts'),
  'reelflow/sandbox': sources('sandbox/index.ts'),
});

function run(name: string): Promise<{ code: unknown; output: string }> {
  const file = fileURLToPath(new URL(`../../examples/${name}.ts`, import.meta.url));
  return new Promise((resolve) => {
    execFile(process.execPath, [...hooks, file], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? error?.signal ?? 0, output: stdout + (error === null ? '' : stderr) }),
    );
  });
}

describe('examples of recovery', () => {
  test('graceful-shutdown: the search that was cut is finished by asking for the one page that is missing', async () => {
    const { code, output } = await run('graceful-shutdown');
    expect(code, output).toBe(0);
    expect(output).toContain('SIGTERM: no new searches');
    expect(output).toContain('runs: Inception completed');
    expect(output).toContain('asked for that: x /2/tweets/search/recent\n');
  });

  test('recovery: what was put aside while the database failed is stored once', async () => {
    const { code, output } = await run('recovery');
    expect(code, output).toBe(0);
    expect(output).toMatch(/replayed (\d+), remaining 0\nonce more: replayed 0\n/);
    expect(output).toContain('in the database: 21 posts, and the run is completed');
  });
});

describe('the example of alerts', () => {
  test('tells a callback and a webhook once of the beginning and once of the end', async () => {
    const { code, output } = await run('alerts');
    expect(code, output).toBe(0);
    expect(output.match(/^ {2}callback: (began|ended): api:tmdb/gm)).toHaveLength(2);
    expect(output.match(/^ {2}webhook: alert\.(began|ended)$/gm)).toHaveLength(2);
    expect(output).toContain('told: 2 notices\nwith at least 200 calls: 0\n');
  });
});
