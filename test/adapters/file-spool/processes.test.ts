import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../../src/testing/faults/seeded-random.js';
import { runProgram, startProgram } from '../../support/child-process.js';
import {
  append,
  contentOf,
  endingsOf,
  freshDirectory,
  idOf,
  leaveBehind,
  numberOf,
  numbersOf,
  openSpool,
  watchLocks,
} from './helpers.js';

const appending = new URL('programs/append-for-ever.ts', import.meta.url);
const claiming = new URL('programs/claim-entries.ts', import.meta.url);

/** Lets a process append until it has said of so many entries that they are safe, kills it, and gives all it said. */
async function killAfter(count: number, input: { directory: string; from: number; atOnce: number }): Promise<number[]> {
  const child = startProgram(appending, input);
  const exited = once(child, 'exit');
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
    if (output.split('\n').length > count) child.kill('SIGKILL');
  });
  const complaints = child.stderr === null ? '' : await text(child.stderr);
  const [, signal] = await exited;
  if (signal !== 'SIGKILL') throw new Error(`the program ended by itself: ${complaints}`);
  await new Promise((resolve) =>
    child.stdout?.readableEnded ? resolve(undefined) : child.stdout?.once('end', resolve),
  );
  return output.split('\n').slice(0, -1).map(Number);
}

describe('a spool and other processes', () => {
  test('what a process said was safe is there after it was killed at any moment', { timeout: 120_000 }, async () => {
    const random = seededRandom(20_240_101);
    const directory = await freshDirectory();
    for (let kill = 0; kill < 20; kill += 1) {
      const atOnce = 1 + Math.floor(random() * 8);
      const safe = await killAfter(1 + Math.floor(random() * 60), { directory, from: kill * 1000, atOnce });
      const spool = openSpool(directory);
      const read = await contentOf(spool);
      const numbers = read.map(numberOf);
      expect(read.map(({ position }) => position)).toEqual(numbers.map((_, index) => index + 1));
      expect(numbers.toSorted((one, other) => one - other)).toEqual(numbers); // in order, each once
      expect(safe.filter((number) => !numbers.includes(number))).toEqual([]);
      expect(read.every(({ own }) => !own)).toBe(true);
      const last = read.at(-1);
      if (last !== undefined) await spool.acknowledge(last);
      await spool.close();
      expect(await endingsOf(directory)).toEqual([]);
    }
  });

  test('what a living process holds is left to it, and goes to another at once when it is killed', async () => {
    const directory = await freshDirectory();
    const child = startProgram(appending, { directory, from: 0, atOnce: 1 });
    if (child.stdout !== null) await once(child.stdout, 'data');
    const spool = openSpool(directory);
    expect([await spool.size(), await numbersOf(spool)]).toEqual([0, []]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await numbersOf(spool))[0]).toBe(0);
  });

  test.each([true, false])(
    'of many that claim at once, one gets each source (acknowledged: %s)',
    { timeout: 60_000 },
    async (acknowledges) => {
      const directory = await freshDirectory();
      const sources = Array.from({ length: 30 }, (_, number) => number);
      for (const source of sources) await leaveBehind(directory, 2 * source, 2 * source + 1);
      const input = { directory, meeting: join(directory, '..', 'meeting'), processes: 4, acknowledges };
      const got = await Promise.all(Array.from({ length: 4 }, () => runProgram<string[]>(claiming, input)));
      expect(got.flat().toSorted()).toEqual(Array.from({ length: 60 }, (_, number) => idOf(number)));
      expect(await endingsOf(directory)).toHaveLength(acknowledges ? 0 : 60);
    },
  );

  test('two spools of one process leave each other alone until one closes', async () => {
    const directory = await freshDirectory();
    const one = openSpool(directory);
    const other = openSpool(directory);
    await append(one, 1);
    await append(other, 2);
    expect([await numbersOf(one), await numbersOf(other), await other.size()]).toEqual([[1], [2], 1]);
    await one.close();
    const read = await contentOf(other);
    expect(read.map((entry) => [numberOf(entry), entry.own])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(await openSpool(directory).size()).toBe(0);
  });

  test('many spools of one process that claim at once get each entry once', async () => {
    const directory = await freshDirectory();
    for (let source = 0; source < 10; source += 1) await leaveBehind(directory, source);
    const spools = Array.from({ length: 5 }, () => openSpool(directory));
    const got = await Promise.all(
      spools.map(async (spool) => {
        const numbers: number[] = [];
        for await (const entry of spool.read()) {
          numbers.push(numberOf(entry));
          await spool.acknowledge(entry);
        }
        return numbers;
      }),
    );
    expect(got.flat().toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await endingsOf(directory)).toEqual([]);
  });

  test('a claim is kept until it is drained or given back, and sources come oldest first', async () => {
    const directory = await freshDirectory();
    await leaveBehind(directory, 1, 2);
    await leaveBehind(directory, 3);
    const one = openSpool(directory);
    const [first, second] = await contentOf(one);
    expect(await openSpool(directory).size()).toBe(0);
    if (first !== undefined) await one.acknowledge(first);
    expect(await numbersOf(one)).toEqual([2, 3]);
    if (second !== undefined) await one.acknowledge(second);
    expect(await endingsOf(directory)).toEqual(['jsonl', 'lock']);
    await one.close();
    expect(await numbersOf(openSpool(directory))).toEqual([3]);
  });

  test('what was acknowledged in part before a crash is read again, for the marker to pass over', async () => {
    const directory = await freshDirectory();
    const crash = watchLocks();
    const spool = openSpool(directory);
    await append(spool, 1, 2);
    const [first] = await contentOf(spool);
    if (first !== undefined) await spool.acknowledge(first);
    crash();
    expect(await contentOf(openSpool(directory))).toEqual([
      expect.objectContaining({ source: first?.source, position: 1, own: false }),
      expect.objectContaining({ source: first?.source, position: 2, own: false }),
    ]);
  });

  test('one that is closed while it claims keeps nothing from others', async () => {
    const directory = await freshDirectory();
    for (let source = 0; source < 5; source += 1) await leaveBehind(directory, source);
    const spool = openSpool(directory);
    const calls = [spool.size(), spool.forget(['1']), numbersOf(spool)];
    await spool.close();
    await Promise.allSettled(calls);
    expect(await numbersOf(openSpool(directory))).toEqual([0, 1, 2, 3, 4]);
  });
});
