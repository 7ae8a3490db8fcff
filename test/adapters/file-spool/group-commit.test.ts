import { type FileHandle, open } from 'node:fs/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { append, freshDirectory, numbersOf, openSpool, pathOf, textOf } from './helpers.js';

const failure = (code: string) => Object.assign(new Error(`${code}: it failed`), { code });

/** The class of file handles, which Node does not export. */
async function fileHandles(): Promise<FileHandle> {
  const handle = await open(import.meta.filename);
  await handle.close();
  return Object.getPrototypeOf(handle);
}

describe('appends that come together', () => {
  test('are made safe together, and none resolves before that', async () => {
    const handles = await fileHandles();
    const spool = openSpool(await freshDirectory());
    await append(spool, 0);
    const order: string[] = [];
    const { datasync } = handles;
    const sync = vi.spyOn(handles, 'datasync').mockImplementation(async function (this: FileHandle) {
      await datasync.call(this);
      order.push('safe');
    });
    onTestFinished(() => sync.mockRestore());
    const numbers = Array.from({ length: 100 }, (_, index) => index + 1);
    await Promise.all(numbers.map((number) => append(spool, number).then(() => order.push('resolved'))));
    expect(order).toEqual(['safe', ...numbers.map(() => 'resolved')]);
    expect(await numbersOf(spool)).toEqual([0, ...numbers]);
  });

  test.each([
    ['datasync', 'EIO', 'DB_CONNECTION'],
    ['datasync', 'ENOSPC', 'DB_STORAGE_FULL'],
    ['write', 'EDQUOT', 'DB_STORAGE_FULL'],
    ['write', 'EROFS', 'DB_READ_ONLY'],
    ['write', 'EACCES', 'DB_READ_ONLY'],
  ] as const)('fail together when %s says %s, and leave no trace', async (method, systemCode, code) => {
    const handles = await fileHandles();
    const directory = await freshDirectory();
    const spool = openSpool(directory);
    await append(spool, 0);
    const failing = vi.spyOn(handles, method).mockRejectedValueOnce(failure(systemCode));
    onTestFinished(() => failing.mockRestore());
    const outcomes = await Promise.allSettled([append(spool, 1), append(spool, 2)]);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: { code } });
    expect((await textOf(await pathOf(directory, 'jsonl'))).split('\n')).toHaveLength(2);
    await append(spool, 3);
    expect(await numbersOf(spool)).toEqual([0, 3]);
    await spool.close();
    expect(await numbersOf(openSpool(directory))).toEqual([0, 3]);
  });

  test('what a failed write left is cut off before the next one when it could not be at once', async () => {
    const handles = await fileHandles();
    const directory = await freshDirectory();
    const spool = openSpool(directory);
    await append(spool, 0);
    const sync = vi.spyOn(handles, 'datasync').mockRejectedValueOnce(failure('EIO'));
    const cut = vi.spyOn(handles, 'truncate').mockRejectedValueOnce(failure('EIO'));
    onTestFinished(() => {
      sync.mockRestore();
      cut.mockRestore();
    });
    const long = Array.from({ length: 5 }, (_, index) => append(spool, index + 1));
    await Promise.allSettled(long);
    expect((await textOf(await pathOf(directory, 'jsonl'))).split('\n')).toHaveLength(7);
    expect(await numbersOf(spool)).toEqual([0]);
    await append(spool, 9);
    expect((await textOf(await pathOf(directory, 'jsonl'))).split('\n')).toHaveLength(3);
    await spool.close();
    expect(await numbersOf(openSpool(directory))).toEqual([0, 9]);
  });
});
