import { expect, test } from 'vitest';
import { TypeOrmRepository } from '../../src/adapters/typeorm/index.js';
import { isReelflowError, type WriteReport } from '../../src/index.js';
import { failure } from '../adapters/typeorm/helpers.js';
import { describeOnServers } from '../support/databases.js';
import type { Direction } from '../support/tcp-proxy.js';
import { bytesOf, collectionOf, expectWhole, type Proxied, postsOfFilm, proxied } from './proxied.js';

/** Cuts in each direction: those of answers are fewer bytes, but each of them is a moment of its own. */
const cuts = { up: 24, down: 24 };

describeOnServers('error handling: connections that are cut', (server) => {
  test('wherever a write is cut, it is stored whole or not at all, and works again', { timeout: 60_000 }, async () => {
    const target = await proxied(server, 'cuts_');
    const { proxy, repository } = target;
    await repository.apply(collectionOf(1));
    const exchanged = await bytesOf(proxy, () => repository.apply(collectionOf(2)));
    let number = 3;
    const outcomes = { failed: 0, stored: 0, storedThoughFailed: 0 };
    for (const direction of ['up', 'down'] as const) {
      for (const at of spread(exchanged[direction], cuts[direction])) {
        const { failed, whole } = await applyCutAt(target, number, direction, at);
        outcomes[failed ? 'failed' : 'stored'] += 1;
        if (failed && whole) outcomes.storedThoughFailed += 1;
        number += 1;
      }
    }
    // A cut before anything was done costs a connection, and one of the last bytes comes too late to harm.
    expect(outcomes.failed).toBeGreaterThan(cuts.up + cuts.down - 10);
    // COMMIT was on its way, or its answer was: whether it was done can only be found out by doing it again.
    expect(outcomes.storedThoughFailed).toBeGreaterThan(0);
  });

  test('a server that refuses is said, at open and later, and found again', async () => {
    const { proxy, repository, tablePrefix } = await proxied(server, 'refused_');
    await repository.apply(collectionOf(1));
    await proxy.refuse();
    proxy.cut();
    const refused = failure(repository.apply(collectionOf(2)));
    expect(await refused).toMatchObject({ code: 'DB_CONNECTION', retryable: true });
    expect(await repository.health()).toMatchObject({ ok: false, error: { code: 'DB_CONNECTION' } });
    const opened = failure(TypeOrmRepository.open({ ...server.options, port: proxy.port, tablePrefix }));
    expect(await opened).toMatchObject({ code: 'DB_CONNECTION', message: expect.stringContaining(String(proxy.port)) });
    await proxy.accept();
    expect(await repository.health()).toEqual({ ok: true });
    expect((await repository.apply(collectionOf(2))).reviews.inserted).toBe(postsOfFilm);
  });

  test('a slow network only takes longer', async () => {
    const target = await proxied(server, 'slow_');
    const { proxy, repository } = target;
    proxy.delay(10);
    expect((await repository.apply(collectionOf(1))).reviews.inserted).toBe(postsOfFilm);
    expect(await expectWhole(target, 1)).toBe(true);
  });
});

/** Applies a collection, cut after so many bytes; then again. */
async function applyCutAt(
  target: Proxied,
  number: number,
  direction: Direction,
  at: number,
): Promise<{ failed: boolean; whole: boolean }> {
  const { proxy, repository } = target;
  const collection = collectionOf(number);
  void proxy.cutAfterBytes(at, direction);
  const outcome: WriteReport | unknown = await repository.apply(collection).catch((error: unknown) => error);
  proxy.resume(); // no cut is to come any more
  const failed = isReelflowError(outcome);
  if (failed) expect([outcome.code, outcome.retryable], outcome.message).toEqual(['DB_CONNECTION', true]);
  else expect(outcome).toMatchObject({ reviews: { inserted: postsOfFilm } });
  const whole = await expectWhole(target, number);
  if (!failed) expect(whole).toBe(true);
  const again = await repository.apply(collection);
  const known = whole ? { inserted: 0, unchanged: postsOfFilm } : { inserted: postsOfFilm, unchanged: 0 };
  expect(again.reviews).toEqual({ updated: 0, ...known });
  expect(await expectWhole(target, number)).toBe(true);
  return { failed, whole };
}

/** Places over the whole exchange, close to each other at its end, where COMMIT is. */
function spread(bytes: number, places: number): number[] {
  const last = [2, 5, 12, 20, 30, 60, 90, 120].map((back) => bytes - back);
  const even = Array.from({ length: places - last.length }, (_, index) => Math.floor((bytes * index) / (places - 8)));
  return [...even, ...last.toReversed()];
}
