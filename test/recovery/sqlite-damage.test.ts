import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { TypeOrmRepository } from '../../src/adapters/typeorm/index.js';
import { seededRandom } from '../../src/sandbox/random.js';
import { hour, sampleReviews } from '../../src/testing/repository/sample-records.js';
import { failure, open, temporaryDirectory } from '../adapters/typeorm/helpers.js';
import { collectionOf, postsOfFilm } from './proxied.js';

const pageSize = 4096;

/** Bytes without meaning, the same at each run. */
function noise(length: number): Buffer {
  const random = seededRandom(7);
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

/** In every page from the fourth on, of which the first three are the schema's. */
function inEveryPage(whole: Buffer, offset: number, length: number): Buffer {
  const damaged = Buffer.from(whole);
  for (let page = 3 * pageSize; page < damaged.length; page += pageSize) noise(length).copy(damaged, page + offset);
  return damaged;
}

const damages: ReadonlyArray<readonly [name: string, damage: (whole: Buffer) => Buffer]> = [
  ['the header is gone', (whole) => Buffer.concat([Buffer.alloc(100), whole.subarray(100)])],
  ['it is all zeros', (whole) => Buffer.alloc(whole.length)],
  ['it ends in its middle', (whole) => whole.subarray(0, Math.floor(whole.length / 2))],
  ['it ends in the second page', (whole) => whole.subarray(0, 5000)],
  ['it ends in the header', (whole) => whole.subarray(0, 50)],
  ['every page begins with noise', (whole) => inEveryPage(whole, 0, 100)],
  ['every page holds noise', (whole) => inEveryPage(whole, 1000, 500)],
];

describe('error handling: SQLite files that are damaged', () => {
  async function stored(): Promise<{ readonly directory: string; readonly whole: Buffer }> {
    const directory = await temporaryDirectory();
    const database = join(directory, 'whole.db');
    const repository = await TypeOrmRepository.open({ type: 'sqlite', database });
    await repository.apply(collectionOf(1));
    await repository.close();
    return { directory, whole: await readFile(database) };
  }

  test.each(damages)('%s: it is said, at open or at use, and the file is left as it is', async (_name, damage) => {
    const { directory, whole } = await stored();
    const database = join(directory, 'damaged.db');
    const before = damage(whole);
    await writeFile(database, before);
    const error = await failure(useAll(database));
    expect(error).toMatchObject({ code: 'DB_CONNECTION', retryable: false });
    expect(error.message).toMatch(/damaged or no SQLite database, and was left as it is/);
    expect((await readFile(database)).equals(before)).toBe(true);
  });

  test('of a log that is destroyed, what came before it stands', async () => {
    const { directory, whole } = await stored();
    const database = join(directory, 'live.db');
    await writeFile(database, whole);
    const repository = await open({ type: 'sqlite', database });
    await repository.apply(collectionOf(2));
    // As after a crash: the process that would have written the log back is gone.
    const copy = join(directory, 'crashed.db');
    await copyFile(database, copy);
    await writeFile(`${copy}-wal`, noise((await readFile(`${database}-wal`)).length));
    const crashed = await open({ type: 'sqlite', database: copy });
    expect(await crashed.findReviews(1, { limit: postsOfFilm })).toHaveLength(postsOfFilm);
    expect(await crashed.findMovie({ tmdbId: 2 })).toBeNull();
    expect((await crashed.apply(collectionOf(2))).reviews.inserted).toBe(postsOfFilm);
  });

  test('damage that comes while it is open is said as well', async () => {
    const { directory, whole } = await stored();
    const database = join(directory, 'open.db');
    await writeFile(database, whole);
    const repository = await TypeOrmRepository.open({ type: 'sqlite', database });
    onTestFinished(() => repository.close().catch(() => undefined));
    await writeFile(database, inEveryPage(whole, 0, 100));
    const error = await failure(repository.findReviews(1, { limit: postsOfFilm }));
    expect(error).toMatchObject({ code: 'DB_CONNECTION', retryable: false });
    expect(await failure(repository.apply(changed))).toMatchObject({ code: 'DB_CONNECTION', retryable: false });
  });
});

/** Reads and writes every row that there is. */
async function useAll(database: string): Promise<void> {
  const repository = await TypeOrmRepository.open({ type: 'sqlite', database });
  try {
    await repository.findReviews(1, { limit: postsOfFilm });
    await repository.apply(changed);
  } finally {
    await repository.close();
  }
}

const changed = {
  reviews: {
    reviews: sampleReviews(postsOfFilm, 2 * postsOfFilm, { tmdbId: 1, likeCount: 99 }),
    fetchedAt: hour(2),
  },
};
