import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FileSpool } from '../../../src/adapters/file-spool/index.js';
import { CollectingLogger } from '../../../src/testing/index.js';
import { runProgram } from '../../support/child-process.js';
import {
  append,
  contentOf,
  endingsOf,
  freshDirectory,
  idOf,
  leaveBehind,
  modeOf,
  numbersOf,
  openSpool,
  pathOf,
  textOf,
  watchLocks,
} from './helpers.js';
import { numbered } from './programs/numbered.js';

const reason = { code: 'DB_CONSTRAINT', message: 'never' } as const;

describe('the files of a spool', () => {
  test.each([
    [{ directory: '' }, /directory/],
    [{ directory: 'a\0b' }, /directory/],
    [{ directory: '/tmp/x', maxBytes: 0 }, /maxBytes/],
    [{ directory: '/tmp/x', maxBytes: 1.5 }, /maxBytes/],
  ])('refuses the options %o', (options, message) => {
    expect(() => new FileSpool(options)).toThrow(expect.objectContaining({ code: 'INVALID_OPTIONS' }));
    expect(() => new FileSpool(options)).toThrow(message);
  });

  test('nothing is made before there is an entry, and nothing stays when nothing waits', async () => {
    const directory = await freshDirectory();
    const spool = openSpool(directory);
    expect([await spool.size(), await contentOf(spool), await spool.forget(['1'])]).toEqual([0, [], 0]);
    await expect(readdir(directory)).rejects.toThrow('ENOENT');
    await append(spool, 1);
    expect(await endingsOf(directory)).toEqual(['jsonl', 'lock']);
    for await (const entry of spool.read()) await spool.acknowledge(entry);
    await spool.close();
    expect(await endingsOf(directory)).toEqual([]);
  });

  test('belong to this user alone, directories that are made included', async () => {
    const directory = join(await freshDirectory(), 'a', 'b');
    const spool = openSpool(directory);
    await append(spool, 1);
    expect([await modeOf(directory), await modeOf(join(directory, '..'))]).toEqual(['700', '700']);
    for await (const entry of spool.read()) await spool.setAside(entry, reason);
    for (const ending of ['jsonl', 'lock', 'rejected']) {
      expect([ending, await modeOf(await pathOf(directory, ending))]).toEqual([ending, '600']);
    }
  });

  test('a line is a checksum, a position, a time and the entry', async () => {
    const directory = await freshDirectory();
    const spool = openSpool(directory);
    await spool.append({ batch: numbered(7), fence: 2 });
    const line = await textOf(await pathOf(directory, 'jsonl'));
    expect(line).toMatch(/^[0-9a-f]{8} \{"position":1,"at":"20[^"]+Z","fence":2,"batch":\{.*\}\}\n$/);
  });

  test('an entry that was set aside can be read by a person', async () => {
    const directory = await freshDirectory();
    const spool = openSpool(directory);
    await append(spool, 1, 2, 3);
    const [, second, third] = await contentOf(spool);
    for (const entry of [third, second]) if (entry !== undefined) await spool.setAside(entry, reason);
    const lines = (await textOf(await pathOf(directory, 'rejected'))).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      [third, second].map((entry) => ({
        source: entry?.source,
        position: entry?.position,
        reason,
        rejectedAt: expect.stringMatching(/^20/),
        at: expect.stringMatching(/^20/),
        batch: entry?.batch,
      })),
    );
  });

  test('a bound that is reached is named, and counts no more when entries are acknowledged', async () => {
    const directory = await freshDirectory();
    const spool = openSpool(directory, { maxBytes: 2000 });
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, (_, number) => append(spool, number)));
    const kept = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(kept).toBeGreaterThan(3);
    expect(kept).toBeLessThan(10);
    await expect(append(spool, 10)).rejects.toMatchObject({
      code: 'DB_STORAGE_FULL',
      message: expect.stringMatching(new RegExp(`${directory}.*maxBytes \\(2000\\)`)),
    });
    const read = await contentOf(spool);
    expect(read).toHaveLength(kept);
    const most = read.at(-2);
    if (most !== undefined) await spool.acknowledge(most);
    await append(spool, 20, 21);
    expect((await contentOf(spool)).map(({ position }) => position)).toEqual([kept, kept + 1, kept + 2]);
    await append(spool, 22);
    expect((await textOf(await pathOf(directory, 'jsonl'))).length).toBeLessThan(2000);
  });

  test('an entry larger than the bound is refused, and others fit', async () => {
    const spool = openSpool(await freshDirectory(), { maxBytes: 5000 });
    const large = spool.append({ batch: numbered(1, 'x'.repeat(5000)) });
    const small = append(spool, 2);
    await expect(large).rejects.toMatchObject({ code: 'DB_STORAGE_FULL' });
    await small;
    expect(await numbersOf(spool)).toEqual([2]);
  });

  test('entries of several megabytes come back whole', async () => {
    const directory = await freshDirectory();
    const text = 'ఇది 🌸'.repeat(400_000);
    const spool = openSpool(directory);
    await spool.append({ batch: numbered(1, text) });
    await append(spool, 2);
    await spool.append({ batch: numbered(3, text) });
    await spool.close();
    const read = await contentOf(openSpool(directory));
    expect(read.map(({ batch }) => batch.reviews?.reviews[0]?.text === text)).toEqual([true, false, true]);
  });

  test('a directory that is none is said, and the spool works once it can be made', async () => {
    const directory = await freshDirectory();
    await writeFile(directory, '');
    const spool = openSpool(directory);
    await expect(append(spool, 1)).rejects.toMatchObject({
      code: 'DB_CONNECTION',
      message: expect.stringContaining(directory),
    });
    await rm(directory);
    await append(spool, 2);
    expect(await numbersOf(spool)).toEqual([2]);
  });

  test('when somebody removes the files, the loss is logged and later entries are safe', async () => {
    const directory = await freshDirectory();
    const logger = new CollectingLogger();
    const spool = openSpool(directory, { logger });
    await append(spool, 1);
    await rm(directory, { recursive: true });
    await append(spool, 2);
    expect(await numbersOf(spool)).toEqual([2]);
    expect(logger.lines.map(({ fields }) => [fields['event'], fields['entries']])).toEqual([['spool_file_lost', 1]]);
  });

  test('forgetting reaches every file: own, left behind, set aside, damaged', async () => {
    const directory = await freshDirectory();
    await leaveBehind(directory, 1, 2);
    await leaveBehind(directory, 3);
    const spool = openSpool(directory);
    await append(spool, 1, 4, 5, 5);
    const acknowledged = await contentOf(spool);
    const own = acknowledged.filter(({ own }) => own);
    if (own[1] !== undefined) await spool.setAside(own[1], reason);
    if (own[2] !== undefined) await spool.setAside(own[2], reason);
    await writeFile(join(directory, 'spool-gone.damaged'), `1234 {"position":1,"${idOf(1)}\nother\n${idOf(5)}`);
    const files = await Promise.all((await readdir(directory)).map((name) => readFile(join(directory, name), 'utf8')));
    expect(files.join('')).toContain(idOf(5));
    // 5 waits once and is set aside once; 4 was set aside alone
    expect(await spool.forget([idOf(1), idOf(4), idOf(5)])).toBe(2);
    for (const name of await readdir(directory)) {
      const content = await readFile(join(directory, name), 'utf8');
      for (const number of [1, 4, 5]) expect(content).not.toContain(idOf(number));
    }
    expect((await textOf(join(directory, 'spool-gone.damaged'))).trim()).toBe('other');
    expect((await contentOf(spool)).map(({ batch }) => batch.reviews?.reviews.length)).toEqual([0, 1, 1, 0, 0]);
    await append(spool, 6);
    await spool.close();
    expect(await numbersOf(openSpool(directory))).toEqual([Number.NaN, 2, 3, Number.NaN, Number.NaN, 6]);
  });

  test('forgetting removes acknowledged entries of the post from the disk as well', async () => {
    const directory = await freshDirectory();
    const spool = openSpool(directory);
    await append(spool, 1, 2);
    for await (const entry of spool.read()) {
      await spool.acknowledge(entry);
      break;
    }
    expect(await spool.forget([idOf(1)])).toBe(0);
    expect(await textOf(await pathOf(directory, 'jsonl'))).not.toContain(idOf(1));
    expect(await numbersOf(spool)).toEqual([2]);
  });

  test('a rewrite that was cut short leaves the entries as they were, and no draft', async () => {
    const directory = await freshDirectory();
    await leaveBehind(directory, 1, 2);
    await writeFile(`${await pathOf(directory, 'jsonl')}.tmp`, idOf(1));
    expect(await numbersOf(openSpool(directory))).toEqual([1, 2]);
    expect(await endingsOf(directory)).toEqual(['jsonl', 'lock']);
  });

  test('a process ends by itself with an open spool', async () => {
    const directory = await freshDirectory();
    const program = new URL('programs/leave-open.ts', import.meta.url);
    expect(await runProgram(program, { directory })).toEqual([1]);
    expect(await numbersOf(openSpool(directory))).toEqual([1]);
  });

  test('what others put into the directory is left alone', async () => {
    const directory = await freshDirectory();
    await mkdir(directory);
    for (const name of ['notes.jsonl', 'spool-.txt', 'x.lock']) await writeFile(join(directory, name), 'mine');
    const spool = openSpool(directory);
    expect(await contentOf(spool)).toEqual([]);
    await append(spool, 1);
    await spool.close();
    expect((await readdir(directory)).length).toBe(3 + 2);
    expect(await textOf(join(directory, 'notes.jsonl'))).toBe('mine');
  });

  test('a crash between removing entries and their lock leaves a lock that is tidied up', async () => {
    const directory = await freshDirectory();
    const crash = watchLocks();
    const spool = new FileSpool({ directory });
    await append(spool, 1);
    crash();
    await rm(await pathOf(directory, 'jsonl'));
    expect(await numbersOf(openSpool(directory))).toEqual([]);
    expect(await endingsOf(directory)).toEqual([]);
  });

  test('entries whose lock is missing can be claimed', async () => {
    const directory = await freshDirectory();
    await leaveBehind(directory, 1);
    await rm(await pathOf(directory, 'lock'));
    expect(await numbersOf(openSpool(directory))).toEqual([1]);
    expect(await modeOf(await pathOf(directory, 'lock'))).toBe('600');
  });
});
