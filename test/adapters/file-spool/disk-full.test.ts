import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { isReelflowError } from '../../../src/index.js';
import { CollectingLogger } from '../../../src/testing/index.js';
import { describeWithMounts, readOnlyViewOf, smallDisk } from '../../support/mounted.js';
import {
  append,
  contentOf,
  endingsOf,
  freshDirectory,
  idOf,
  leaveBehind,
  numbersOf,
  openSpool,
  pathOf,
  textOf,
} from './helpers.js';
import { numbered } from './programs/numbered.js';

describeWithMounts('a disk without room', () => {
  test('what did not fit leaves no trace, what fitted is safe, and with room it goes on', async () => {
    const directory = join(smallDisk(1024), 'spool');
    const spool = openSpool(directory);
    const large = 'x'.repeat(50_000);
    let safe = 0;
    const error: unknown = await (async () => {
      for (; safe < 100; safe += 1) await spool.append({ batch: numbered(safe, large) });
    })().catch((thrown: unknown) => thrown);
    expect(isReelflowError(error) && [error.code, error.retryable, error.details]).toEqual([
      'DB_STORAGE_FULL',
      false,
      { systemCode: 'ENOSPC' },
    ]);
    expect(String(error)).toMatch(new RegExp(`${directory}.*free space`));
    expect(safe).toBeGreaterThan(10);
    expect(await textOf(await pathOf(directory, 'jsonl'))).not.toContain(idOf(safe));

    const together = await Promise.allSettled([1, 2, 3].map(() => spool.append({ batch: numbered(99, large) })));
    expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    await append(spool, safe); // a small one fits
    expect(await numbersOf(spool)).toEqual(Array.from({ length: safe + 1 }, (_, number) => number));

    // A rewrite needs room too: when there is none, the entries are as they were.
    await expect(spool.forget([idOf(0)])).rejects.toMatchObject({ code: 'DB_STORAGE_FULL' });
    expect(await numbersOf(spool)).toHaveLength(safe + 1);
    expect(await endingsOf(directory)).toEqual(['jsonl', 'lock']);

    const [place] = await contentOf(spool);
    if (place !== undefined) await spool.acknowledge({ ...place, position: safe + 1 });
    await spool.append({ batch: numbered(1, large) });
    const [next] = await contentOf(spool);
    expect(next?.position).toBe(safe + 2);
    await spool.close();
    const another = openSpool(directory);
    expect(await numbersOf(another)).toEqual([1]);
    await another.close();
  });

  test('a disk that is full from the start is said, and nothing stays of the attempt', async () => {
    const disk = smallDisk(1024);
    await writeFile(join(disk, 'all-of-it'), Buffer.alloc(1024 * 1024)).catch(() => undefined);
    const spool = openSpool(join(disk, 'spool'));
    await expect(append(spool, 1)).rejects.toMatchObject({ code: 'DB_STORAGE_FULL' });
    await spool.close();
    expect(await endingsOf(join(disk, 'spool'))).toEqual([]);
  });

  test('one that cannot be written to is told apart, and what it holds is not given out', async () => {
    const disk = smallDisk(1024);
    await leaveBehind(join(disk, 'spool'), 1);
    const logger = new CollectingLogger();
    const directory = join(readOnlyViewOf(disk), 'spool');
    const spool = openSpool(directory, { logger });
    await expect(append(spool, 2)).rejects.toMatchObject({
      code: 'DB_READ_ONLY',
      message: expect.stringContaining(directory),
    });
    expect(await numbersOf(spool)).toEqual([]);
    expect(logger.lines.map(({ fields }) => [fields['event'], fields['code']])).toEqual([
      ['spool_claim_failed', 'DB_READ_ONLY'],
    ]);
  });
});

test('a limit on the size of a file is no room either', async () => {
  const directory = await freshDirectory();
  const program = fileURLToPath(new URL('programs/fill-disk.ts', import.meta.url));
  const hooks = fileURLToPath(new URL('../../support/resolve-typescript.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)('bash', [
    '-c',
    'ulimit -f 64; exec "$@"',
    'bash',
    process.execPath,
    '--experimental-strip-types',
    '--disable-warning=ExperimentalWarning',
    `--import=${hooks}`,
    program,
    JSON.stringify({ directory }),
  ]);
  const { safe, ...outcome } = JSON.parse(stdout);
  expect(safe).toBe(12); // 64 KiB hold 12 entries of 5,300 bytes
  expect(outcome).toEqual({
    code: 'DB_STORAGE_FULL',
    message: expect.stringContaining('EFBIG'),
    readable: 12,
    size: 1,
  });
});
