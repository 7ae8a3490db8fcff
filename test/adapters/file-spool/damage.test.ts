import { copyFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CollectingLogger } from '../../../src/testing/index.js';
import {
  append,
  contentOf,
  endingsOf,
  freshDirectory,
  leaveBehind,
  numbersOf,
  openSpool,
  pathOf,
  textOf,
} from './helpers.js';

const reason = { code: 'DB_CONSTRAINT', message: 'never' } as const;

/** Changes one byte in each of these lines. */
async function damage(path: string, ...lines: readonly number[]): Promise<string[]> {
  const content = (await readFile(path, 'utf8')).split('\n');
  const damaged = lines.map((line) => (content[line] ?? '').replace('Post', 'Past'));
  for (const [index, line] of lines.entries()) content[line] = damaged[index] ?? '';
  await writeFile(path, content.join('\n'));
  return damaged;
}

const events = (logger: CollectingLogger) => logger.lines.map(({ level, fields }) => [level, fields['event']]);

describe('damaged files', () => {
  test('a file that is cut anywhere gives all lines that are whole', async () => {
    const original = await freshDirectory();
    await leaveBehind(original, 1, 2, 3, 4);
    const path = await pathOf(original, 'jsonl');
    const content = await readFile(path);
    const ends = [...content.entries()].filter(([, byte]) => byte === 10).map(([index]) => index + 1);
    const parent = await freshDirectory();
    for (let length = ends[1] ?? 0; length <= content.length; length += 1) {
      const directory = join(parent, `${length}`);
      await mkdir(directory, { recursive: true });
      const copy = join(directory, basename(path));
      await copyFile(path, copy);
      await truncate(copy, length);
      const spool = openSpool(directory);
      const whole = ends.filter((end) => end <= length).length;
      expect([length, await spool.size(), await numbersOf(spool)]).toEqual([
        length,
        whole,
        [1, 2, 3, 4].slice(0, whole),
      ]);
      await spool.close();
    }
  });

  test('a last line with a wrong checksum is left out, and said once', async () => {
    const directory = await freshDirectory();
    await leaveBehind(directory, 1, 2);
    await damage(await pathOf(directory, 'jsonl'), 1);
    const logger = new CollectingLogger();
    const spool = openSpool(directory, { logger });
    expect(await numbersOf(spool)).toEqual([1]);
    await spool.close();
    expect(await numbersOf(openSpool(directory, { logger }))).toEqual([1]);
    expect(events(logger)).toEqual([['warn', 'spool_line_torn']]);
    expect(await endingsOf(directory)).toEqual(['jsonl', 'lock']);
  });

  test('damaged lines before the last are moved away once, and reading goes on', async () => {
    const directory = await freshDirectory();
    await leaveBehind(directory, 1, 2, 3, 4, 5, 6);
    const damaged = await damage(await pathOf(directory, 'jsonl'), 0, 2, 3);
    const logger = new CollectingLogger();
    for (let time = 0; time < 2; time += 1) {
      const spool = openSpool(directory, { logger });
      const read = await contentOf(spool);
      expect(read.map(({ position }) => position)).toEqual([2, 5, 6]);
      expect(await spool.size()).toBe(3);
      await spool.close();
    }
    expect(await textOf(await pathOf(directory, 'damaged'))).toBe(`${damaged.join('\n')}\n`);
    expect(events(logger)).toEqual(Array.from({ length: 3 }, () => ['error', 'spool_line_damaged']));
    expect(logger.lines[0]?.fields).toMatchObject({ offset: 0, source: expect.stringMatching(/^spool-/) });
  });

  test('acknowledging what is left removes the file; the damaged lines stay', async () => {
    const directory = await freshDirectory();
    await leaveBehind(directory, 1, 2, 3);
    await damage(await pathOf(directory, 'jsonl'), 1);
    const spool = openSpool(directory);
    for await (const entry of spool.read()) await spool.acknowledge(entry);
    expect(await endingsOf(directory)).toEqual(['damaged']);
  });

  test('a line of our own that goes bad is moved away, and its neighbours are read', async () => {
    const directory = await freshDirectory();
    const logger = new CollectingLogger();
    const spool = openSpool(directory, { logger });
    await append(spool, 1, 2, 3);
    const path = await pathOf(directory, 'jsonl');
    const [line] = await damage(path, 1);
    const positions: number[] = [];
    for await (const entry of spool.read()) {
      positions.push(entry.position);
      if (entry.position === 3) await append(spool, 4);
    }
    expect(positions).toEqual([1, 3, 4]);
    expect(await spool.size()).toBe(3);
    await damage(path, 3); // the last one of ours is no torn line: it was safe
    expect((await contentOf(spool)).map(({ position }) => position)).toEqual([1, 3]);
    expect(await textOf(await pathOf(directory, 'damaged'))).toContain(`${line}\n`);
    await append(spool, 5);
    expect((await contentOf(spool)).map(({ position }) => position)).toEqual([1, 3, 5]);
  });

  test.each([
    ['nothing but noise', `${'\0'.repeat(1000)}`, []],
    ['lines of noise', 'a\n\nb\n00000000 {}\n', ['a', 'b']],
    ['nothing', '', []],
  ])('a file of %s gives no entries', async (_what, content, damaged) => {
    const directory = await freshDirectory();
    await mkdir(directory);
    await writeFile(join(directory, 'spool-1.jsonl'), content);
    const spool = openSpool(directory);
    expect([await spool.size(), await contentOf(spool)]).toEqual([0, []]);
    expect(await endingsOf(directory)).toEqual(damaged.length > 0 ? ['damaged'] : []);
    if (damaged.length > 0) expect(await textOf(await pathOf(directory, 'damaged'))).toBe('a\nb\n');
  });

  test('a source that cannot be read is logged, and the others are read; forgetting says so', async () => {
    const directory = await freshDirectory();
    await leaveBehind(directory, 2);
    await mkdir(join(directory, 'spool-1.jsonl')); // older than every other, and no file
    const logger = new CollectingLogger();
    const spool = openSpool(directory, { logger });
    expect(await numbersOf(spool)).toEqual([2]);
    expect(events(logger)).toEqual([['error', 'spool_claim_failed']]);
    await expect(spool.forget(['1'])).rejects.toMatchObject({ code: 'DB_CONNECTION' });
  });

  test('a line that comes twice is given once, and the second is moved away', async () => {
    const directory = await freshDirectory();
    await leaveBehind(directory, 1, 2, 3);
    const path = await pathOf(directory, 'jsonl');
    const [first, second, third] = (await textOf(path)).split('\n');
    await writeFile(path, [first, second, first, third, ''].join('\n'));
    expect(await numbersOf(openSpool(directory))).toEqual([1, 2, 3]);
    expect(await textOf(await pathOf(directory, 'damaged'))).toBe(`${first}\n`);
  });

  test('what is set aside starts a line of its own when the last one was cut', async () => {
    const directory = await freshDirectory();
    const spool = openSpool(directory);
    await append(spool, 1, 2);
    const [first, second] = await contentOf(spool);
    if (first !== undefined) await spool.setAside(first, reason);
    const path = await pathOf(directory, 'rejected');
    await truncate(path, 10);
    if (second !== undefined) await spool.setAside(second, reason);
    const [cut, whole] = (await textOf(path)).split('\n');
    expect([cut?.length, JSON.parse(whole ?? '')]).toEqual([10, expect.objectContaining({ position: 2, reason })]);
  });
});
