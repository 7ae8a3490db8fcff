import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FileSpool } from '../../src/adapters/file-spool/index.js';
import { MemorySpool, type Spool } from '../../src/index.js';
import { spoolContract } from '../../src/testing/index.js';
import { failuresOf } from '../testing/collected-tests.js';

let directory: string;
let made = 0;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'reelflow-spool-'));
});
afterAll(() => rm(directory, { recursive: true }));

const freshDirectory = () => {
  made += 1;
  return join(directory, `${made}`);
};

describe('Spool: memory', () => spoolContract(test, async () => new MemorySpool()));
describe('Spool: files', () => spoolContract(test, async () => new FileSpool({ directory: freshDirectory() })));

describe('the contract of Spool finds a spool that', () => {
  const settling = 'an entry that was set aside does not wait, and those around it do';

  test.each<[string, (sound: Spool) => Partial<Spool>, string[]]>([
    ['is sound', () => ({}), []],
    [
      'loses every third entry',
      (sound) => {
        let count = 0;
        return {
          append: async (entry) => {
            count += 1;
            if (count % 3 !== 0) await sound.append(entry);
          },
        };
      },
      [
        'gives entries back as they were given, in order',
        'takes many entries at once, each with a position of its own',
      ],
    ],
    [
      'turns the order',
      (sound) => ({ read: () => reversed(sound) }),
      ['gives entries back as they were given, in order'],
    ],
    [
      'acknowledges nothing',
      () => ({ acknowledge: async () => undefined }),
      ['leaves out what was acknowledged, up to that position'],
    ],
    [
      'acknowledges what comes before an entry that is set aside',
      (sound) => ({ setAside: (place) => sound.acknowledge(place) }),
      [settling],
    ],
    ['keeps what is set aside', () => ({ setAside: async () => undefined }), [settling]],
    [
      'forgets nothing',
      () => ({ forget: async () => 0 }),
      ['takes posts out of what waits, with their scores, and says how many there were'],
    ],
    [
      'takes entries after it was closed',
      (sound) => ({ close: async () => undefined, append: (entry) => sound.append(entry) }),
      ['is closed once, after the appends under way, and takes nothing afterwards'],
    ],
  ])('%s', async (_what, breaking, expected) => {
    const failures = await failuresOf((run) =>
      spoolContract(run, async () => {
        const sound = new MemorySpool();
        const whole: Spool = {
          append: (entry) => sound.append(entry),
          read: () => sound.read(),
          acknowledge: (upTo) => sound.acknowledge(upTo),
          setAside: (place, reason) => sound.setAside(place, reason),
          forget: (ids) => sound.forget(ids),
          size: () => sound.size(),
          close: () => sound.close(),
        };
        return { ...whole, ...breaking(sound) };
      }),
    );
    if (expected.length === 0) expect(failures).toEqual([]);
    expect(failures).toEqual(expect.arrayContaining(expected));
  });
});

async function* reversed(spool: Spool) {
  const entries = [];
  for await (const entry of spool.read()) entries.unshift(entry);
  yield* entries;
}
