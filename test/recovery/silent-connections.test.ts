import type { DataSource } from 'typeorm';
import { expect, test } from 'vitest';
import { TypeOrmRepository } from '../../src/adapters/typeorm/index.js';
import { ReelflowError, type Repository } from '../../src/index.js';
import { hour, sampleReviews } from '../../src/testing/repository/sample-records.js';
import { failure, open } from '../adapters/typeorm/helpers.js';
import { connectHost, withoutTables } from '../adapters/typeorm/server-tables.js';
import { describeOnServers } from '../support/databases.js';
import type { Direction } from '../support/tcp-proxy.js';
import { bytesOf, collectionOf, expectWhole, postsOfFilm, proxied } from './proxied.js';

/** Far more than a statement takes on a machine that is busy with other tests, or it would end the wrong one. */
const slowestStatementMs = 1500;

const onePost = { reviews: { reviews: sampleReviews(0, 1), fetchedAt: hour(1) } };

describeOnServers('error handling: connections that fall silent', (server) => {
  const isPostgres = server.options.type === 'postgres';
  // Before the first statement is there, between two of them, in one, and in the answer to COMMIT. Half a statement that
  // waits in PostgreSQL is seen by TCP alone, and here it is the proxy that answers for TCP.
  const places: ReadonlyArray<readonly [place: string, direction: Direction, at: (bytes: number) => number]> = [
    ['in the first statement', 'up', () => 10],
    isPostgres
      ? ['before the first answer', 'down', () => 0]
      : ['in a statement', 'up', (bytes) => Math.floor(bytes / 2)],
    ['in an answer', 'down', (bytes) => Math.floor(bytes / 3)],
    ['in the answer to COMMIT', 'down', (bytes) => bytes - 15],
  ];

  test.each(places)('a write ends, and its lock with it: %s', async (_place, direction, at) => {
    const target = await proxied(server, 'silent_', { queryTimeoutMs: slowestStatementMs });
    const { proxy, repository } = target;
    await repository.apply(collectionOf(1));
    const exchanged = await bytesOf(proxy, () => repository.apply(collectionOf(3)));
    const bytes = at(exchanged[direction]);
    const dark = proxy.blackholeAfterBytes(bytes, direction);
    const write = failure(repository.apply(collectionOf(2)));
    await dark;
    expect((await write).code).toBe('DB_TIMEOUT');
    expect(await repository.health()).toMatchObject({ ok: false, error: { code: 'DB_TIMEOUT' } });
    proxy.resume(); // the silent connection stays so: the server never hears that its client has gone
    expect(await repository.health()).toEqual({ ok: true });
    const report = await untilUnlocked(repository, 2);
    expect(report.inserted + report.unchanged).toBe(postsOfFilm);
    expect(await expectWhole(target, 2)).toBe(true);
  });

  test('an abort ends the wait for a connection', async () => {
    const { proxy, repository } = await proxied(server, 'deaf_', { queryTimeoutMs: 60_000 });
    proxy.cut();
    proxy.blackhole();
    const arrived = proxy.connected();
    const controller = new AbortController();
    const write = failure(repository.apply(collectionOf(1), { signal: controller.signal }));
    await arrived;
    controller.abort(new ReelflowError('CANCELLED', 'enough'));
    expect(await write).toMatchObject({ code: 'CANCELLED', message: 'enough' });
  });

  test('what a connection is told for one write is taken back after it', async () => {
    const direct = await connectHost(server.options, { poolSize: 1 });
    const tablePrefix = await withoutTables(direct, 'told_');
    await (await TypeOrmRepository.open({ ...server.options, tablePrefix })).close(); // makes the tables
    const repository = await open({ dataSource: direct, tablePrefix });
    const setting = isPostgres ? `current_setting('tcp_keepalives_idle')` : '@@SESSION.wait_timeout';
    await refuseWith(direct, `${tablePrefix}reviews`, setting);
    const before = await direct.query(`SELECT ${setting} AS seconds`);
    const { rejected } = await repository.apply(onePost);
    expect(rejected.map(({ reason }) => reason.message)).toEqual([expect.stringContaining('told 10')]);
    expect(await direct.query(`SELECT ${setting} AS seconds`)).toEqual(before);
    await failure(repository.apply(onePost, { marker: { source: 'x'.repeat(300), position: 1 } })); // is rolled back
    expect(await direct.query(`SELECT ${setting} AS seconds`)).toEqual(before);
    if (isPostgres) await direct.query('DROP FUNCTION told_it CASCADE');
  });

  /** Makes a table refuse its rows with the value of a setting. */
  async function refuseWith(host: DataSource, table: string, setting: string): Promise<void> {
    if (isPostgres) {
      await host.query(
        `CREATE OR REPLACE FUNCTION told_it() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'told %', ${setting}; END $$`,
      );
    }
    const signal = `SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = @told`;
    const body = isPostgres
      ? 'EXECUTE FUNCTION told_it()'
      : `BEGIN SET @told = CONCAT('told ', ${setting}); ${signal}; END`;
    await host.query(`CREATE TRIGGER told_it BEFORE INSERT ON ${table} FOR EACH ROW ${body}`);
  }
});

const isWait = (code: string): boolean => code === 'DB_CONFLICT' || code === 'DB_TIMEOUT';

/** Writes until the abandoned transaction's lock is free; each attempt waits a while for it. */
async function untilUnlocked(repository: Repository, number: number) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await repository.apply(collectionOf(number))).reviews;
    } catch (error) {
      if (attempt === 30 || !(error instanceof ReelflowError) || !isWait(error.code)) throw error;
    }
  }
}
