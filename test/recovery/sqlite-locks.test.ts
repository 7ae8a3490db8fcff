import { once } from 'node:events';
import { describe, expect, onTestFinished, test } from 'vitest';
import { TypeOrmRepository } from '../../src/adapters/typeorm/index.js';
import { failure, open, temporaryFile } from '../adapters/typeorm/helpers.js';
import { startProgram } from '../support/child-process.js';
import { collectionOf, postsOfFilm } from './proxied.js';

const program = new URL('programs/hold-lock.ts', import.meta.url);

/** Another process with a lock on the file. @returns what kills it */
async function holder(database: string, ...statements: string[]): Promise<() => Promise<void>> {
  const child = startProgram(program, { database, statements });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  onTestFinished(kill);
  if (child.stdout === null) throw new Error('no output');
  await once(child.stdout, 'data');
  return kill;
}

describe('error handling: SQLite files that another process has locked', () => {
  test('a writer elsewhere is waited for no longer than allowed, reads go on, and its death frees the file', async () => {
    const database = await temporaryFile();
    const hasty = await open({ type: 'sqlite', database, queryTimeoutMs: 100 });
    await hasty.apply(collectionOf(1));
    const patient = await open({ type: 'sqlite', database, queryTimeoutMs: 60_000 });
    const kill = await holder(database, 'BEGIN IMMEDIATE', 'DELETE FROM reelflow_reviews');
    expect(await failure(hasty.apply(collectionOf(2)))).toMatchObject({ code: 'DB_CONFLICT', retryable: true });
    expect(await hasty.findReviews(1, { limit: postsOfFilm })).toHaveLength(postsOfFilm);
    expect(await hasty.health()).toEqual({ ok: true });
    const waiting = patient.apply(collectionOf(2));
    await kill(); // in the middle of its transaction
    expect((await waiting).reviews.inserted).toBe(postsOfFilm);
    expect(await patient.findReviews(1, { limit: postsOfFilm })).toHaveLength(postsOfFilm);
  });

  test('a file that another process keeps for itself is said at open, and can be opened after it', async () => {
    const database = await temporaryFile();
    await (await TypeOrmRepository.open({ type: 'sqlite', database })).close();
    const kill = await holder(database, 'PRAGMA locking_mode = EXCLUSIVE', 'BEGIN EXCLUSIVE');
    const error = await failure(TypeOrmRepository.open({ type: 'sqlite', database, queryTimeoutMs: 200 }));
    expect(error).toMatchObject({ code: 'DB_CONFLICT', retryable: true, message: expect.stringContaining(database) });
    await kill();
    const repository = await open({ type: 'sqlite', database });
    expect((await repository.apply(collectionOf(1))).reviews.inserted).toBe(postsOfFilm);
  });
});
