import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TypeOrmRepository } from '../../src/adapters/typeorm/index.js';
import { failure, open, temporaryDirectory } from '../adapters/typeorm/helpers.js';
import { describeWithMounts, readOnlyViewOf, smallDisk } from '../support/mounted.js';
import { collectionOf, postsOfFilm } from './proxied.js';

describeWithMounts('error handling: SQLite on disks that are full or read-only', () => {
  test('a full disk stores a batch whole or not at all, still reads, and stores again when there is room', async () => {
    const disk = smallDisk(4096);
    const repository = await open({ type: 'sqlite', database: join(disk, 'films.db') });
    await repository.apply(collectionOf(1));
    const filler = join(disk, 'filler');
    await writeFile(filler, Buffer.alloc(2_400_000));
    let number = 2;
    let error: unknown;
    for (; error === undefined && number < 20; number += 1) {
      error = await repository.apply(collectionOf(number)).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    }
    const refused = number - 1;
    expect(error).toMatchObject({ code: 'DB_STORAGE_FULL', retryable: false });
    expect(await repository.findMovie({ tmdbId: refused })).toBeNull();
    expect(await repository.findReviews(refused, { limit: postsOfFilm })).toEqual([]);
    expect(await repository.findReviews(1, { limit: postsOfFilm })).toHaveLength(postsOfFilm);
    expect(await repository.health()).toEqual({ ok: true }); // it reads
    await rm(filler);
    expect((await repository.apply(collectionOf(refused))).reviews.inserted).toBe(postsOfFilm);
  });

  test('no database is made on a full disk', async () => {
    const disk = smallDisk(64);
    await writeFile(join(disk, 'filler'), Buffer.alloc(60_000));
    const error = await failure(TypeOrmRepository.open({ type: 'sqlite', database: join(disk, 'films.db') }));
    expect(error).toMatchObject({ code: 'DB_STORAGE_FULL', message: expect.stringContaining('films.db') });
  });

  test('a read-only disk reads while a writer lives elsewhere, writes nothing, and is said', async () => {
    const directory = await temporaryDirectory();
    const writer = await open({ type: 'sqlite', database: join(directory, 'films.db') });
    await writer.apply(collectionOf(1));
    const database = join(readOnlyViewOf(directory), 'films.db');
    const reader = await open({ type: 'sqlite', database });
    expect((await reader.findMovie({ tmdbId: 1 }))?.title).toBe('Film 1');
    expect(await failure(reader.apply(collectionOf(2)))).toMatchObject({ code: 'DB_READ_ONLY', retryable: false });
    await reader.close();
    await writer.close();
    const alone = await failure(TypeOrmRepository.open({ type: 'sqlite', database }));
    expect(alone).toMatchObject({ code: 'DB_CONNECTION', message: expect.stringContaining('films.db') });
  });
});
