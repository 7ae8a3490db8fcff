import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { entryHooks } from './entry-hooks.js';

/** No request leaves this machine. */
const preparation = `
  globalThis.fetch = async (request) => {
    console.log('REQUEST to', new URL(request.url ?? request).host);
    throw new TypeError('fetch failed');
  };
`;
const example = fileURLToPath(new URL('../../examples/live.ts', import.meta.url));

function runLive(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return new Promise<{ code: unknown; output: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [...entryHooks({}, preparation), example, ...args],
      { env: { PATH: process.env['PATH'], ...environment } },
      (error, stdout, stderr) => resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
    child.stdin?.end();
  });
}

const keys = { TMDB_ACCESS_TOKEN: 'tmdb-s3cr3t', X_BEARER_TOKEN: 'x-s3cr3t' };

test('the live example says what it would cost, and calls nobody unless it is told to', async () => {
  for (const environment of [{}, keys]) {
    const { code, output } = await runLive(['RRR', '--posts', '250'], environment);
    expect(output).toContain('At most 1.250 USD');
    expect(output).toContain('Nothing was called');
    expect(output).not.toMatch(/REQUEST|s3cr3t/);
    expect(code).toBe(0);
  }
});

test('the live example spends nothing without keys, without a yes, or for a senseless number of posts', async () => {
  const withoutKeys = await runLive(['--live', '--yes']);
  expect(withoutKeys).toMatchObject({ code: 2, output: expect.stringContaining('needs TMDB_ACCESS_TOKEN') });
  const withoutTerminal = await runLive(['--live'], keys);
  expect(withoutTerminal).toMatchObject({ code: 2, output: expect.stringContaining('no terminal to ask on') });
  const senseless = await runLive(['--live', '--yes', '--posts', '1e9'], keys);
  expect(senseless).toMatchObject({ code: 2, output: expect.stringContaining('from 1 to 1000') });
  for (const { output } of [withoutKeys, withoutTerminal, senseless]) expect(output).not.toMatch(/REQUEST|s3cr3t/);
});
