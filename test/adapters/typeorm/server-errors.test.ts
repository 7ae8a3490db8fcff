import { expect, test } from 'vitest';
import { TypeOrmRepository } from '../../../src/adapters/typeorm/index.js';
import { hour, sampleMovie, sampleReview, sampleReviews } from '../../../src/testing/repository/sample-records.js';
import { describeOnServers } from '../../support/databases.js';
import { failure, open } from './helpers.js';
import { connectHost, withoutTables } from './server-tables.js';

const film = { movie: sampleMovie(), relatedIds: [], fetchedAt: hour(1) };
const posts = (from: number, to: number) => ({ reviews: { reviews: sampleReviews(from, to), fetchedAt: hour(1) } });

describeOnServers('error handling: database servers', ({ options }) => {
  const isPostgres = options.type === 'postgres';

  async function fresh(prefix: string, more: object = {}) {
    const host = await connectHost(options);
    const tablePrefix = await withoutTables(host, prefix);
    const repository = await open({ ...options, ...more, tablePrefix });
    return { host, repository, tablePrefix };
  }

  test('of 10,000 posts with 3 that the database refuses, 9,997 are stored', { timeout: 60_000 }, async () => {
    const { host, repository } = await fresh('poison_');
    await host.query('ALTER TABLE poison_reviews ADD CONSTRAINT no_beasts CHECK (like_count <> 666)');
    const bad = [17, 5000, 9999];
    const reviews = sampleReviews(0, 10_000).map((post, number) =>
      bad.includes(number) ? { ...post, likeCount: 666 } : post,
    );
    const report = await repository.apply({ film, reviews: { reviews, fetchedAt: hour(1) } });
    expect(report.reviews).toEqual({ inserted: 9997, updated: 0, unchanged: 0 });
    const [count] = await host.query('SELECT count(*) AS posts FROM poison_reviews');
    expect(Number(count.posts)).toBe(9997);
    const quarantined = await repository.listQuarantine();
    expect(quarantined.map(({ reason }) => reason.code)).toEqual(['DB_CONSTRAINT', 'DB_CONSTRAINT', 'DB_CONSTRAINT']);
    for (const [index, number] of bad.entries()) {
      expect(quarantined[index]?.reason.message).toContain('no_beasts');
      expect(quarantined[index]?.raw).toContain(sampleReview(number).tweetId);
    }
  });

  test('a connection that is cut in a transaction rolls all of it back, and the pool recovers', async () => {
    const { host, repository } = await fresh('cut_');
    const trigger = 'CREATE TRIGGER cut_it BEFORE INSERT ON cut_reviews FOR EACH ROW';
    if (isPostgres) {
      await host.query(
        `CREATE OR REPLACE FUNCTION cut_it() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$`,
      );
    }
    await host.query(`${trigger} ${isPostgres ? 'EXECUTE FUNCTION cut_it()' : 'KILL CONNECTION_ID()'}`);
    const error = await failure(repository.apply({ film, ...posts(0, 2) }));
    expect([error.code, error.retryable]).toEqual(['DB_CONNECTION', true]);
    await host.query(isPostgres ? 'DROP FUNCTION cut_it CASCADE' : 'DROP TRIGGER cut_it');
    expect(await repository.findMovie({ tmdbId: 579974 })).toBeNull();
    expect((await repository.apply({ film, ...posts(0, 2) })).reviews.inserted).toBe(2);
  });

  test('connections that died while they were idle cost no call', async () => {
    const { host, tablePrefix } = await fresh('idle_');
    // A user of its own: by nothing else could its connections be told from those of tests beside this one.
    await dropIdler(host);
    await host.query(
      isPostgres ? 'CREATE ROLE reelflow_idler LOGIN SUPERUSER' : `CREATE USER reelflow_idler@'127.0.0.1'`,
    );
    if (!isPostgres) await host.query(`GRANT ALL ON test.* TO reelflow_idler@'127.0.0.1'`);
    const repository = await open({ ...options, username: 'reelflow_idler', tablePrefix });
    await Promise.all([repository.health(), repository.health(), repository.health(), repository.apply({ film })]);
    expect(await killIdle(host)).toBeGreaterThan(0);
    expect((await repository.apply(posts(0, 3))).reviews.inserted).toBe(3);
    await repository.close();
    await dropIdler(host);
  });

  test('a deadlock with the host is done again, and both come through', async () => {
    const { host, repository } = await fresh('dead_');
    await repository.apply({ film, ...posts(0, 2) });
    const other = host.createQueryRunner();
    await other.query(isPostgres ? 'BEGIN' : 'START TRANSACTION');
    await other.query(`UPDATE dead_reviews SET reply_count = 5`);
    // Ours holds the film and waits for the posts; the host then wants the film.
    const ours = repository.apply({
      film: { ...film, movie: sampleMovie({ voteCount: 7 }), fetchedAt: hour(2) },
      reviews: { reviews: sampleReviews(0, 2, { likeCount: 9 }), fetchedAt: hour(2) },
    });
    await someoneWaits(host);
    const theirs = await other.query('UPDATE dead_movies SET popularity = 1').then(
      () => other.query('COMMIT').then(() => 'committed'),
      () => other.query('ROLLBACK').then(() => 'sacrificed'),
    );
    await other.release();
    const report = await ours;
    expect([report.movies.updated, report.reviews.updated]).toEqual([1, 2]);
    expect((await repository.findMovie({ tmdbId: 579974 }))?.voteCount).toBe(7);
    expect(['committed', 'sacrificed']).toContain(theirs);
  });

  test('a lock of the host that does not end is waited for no longer than allowed', async () => {
    const { host, repository } = await fresh('wait_', { queryTimeoutMs: 300 });
    await repository.apply({ film, ...posts(0, 1) });
    const other = host.createQueryRunner();
    await other.query(isPostgres ? 'BEGIN' : 'START TRANSACTION');
    await other.query('UPDATE wait_reviews SET reply_count = 5');
    const error = await failure(
      repository.apply({ reviews: { reviews: sampleReviews(0, 1, { likeCount: 9 }), fetchedAt: hour(2) } }),
    );
    expect(['DB_CONFLICT', 'DB_TIMEOUT']).toContain(error.code);
    expect(error.retryable).toBe(true);
    await other.query('ROLLBACK');
    await other.release();
    expect((await repository.apply(posts(0, 2))).reviews.inserted).toBe(1);
  });

  test('an abort ends the wait for another writer', async () => {
    const { repository, tablePrefix } = await fresh('abort_');
    await repository.apply({}); // the lock's row is there from the first write on
    const other = await open({ ...options, tablePrefix, queryTimeoutMs: 60_000 });
    const controller = new AbortController();
    const holder = await connectHost(options);
    const runner = holder.createQueryRunner();
    await runner.query(isPostgres ? 'BEGIN' : 'START TRANSACTION');
    await runner.query(
      isPostgres
        ? `SELECT pg_advisory_xact_lock(hashtextextended('reelflow', '"abort_markers"'::regclass::oid::bigint))`
        : `SELECT position FROM abort_markers WHERE source = 'reelflow:write-lock' FOR UPDATE`,
    );
    const waiting = failure(other.apply({ film }, { signal: controller.signal }));
    await other.health();
    controller.abort(new Error('enough'));
    expect(await waiting).toMatchObject({ code: 'CANCELLED', cause: new Error('enough') });
    await runner.query('ROLLBACK');
    await runner.release();
    expect((await repository.apply({ film })).movies.inserted).toBe(1);
  });

  test('an account that may only read is told apart', async () => {
    const { host, repository, tablePrefix } = await fresh('read_');
    await repository.apply({ film });
    await dropReader(host, isPostgres);
    await host.query(isPostgres ? 'CREATE ROLE reelflow_reader LOGIN' : `CREATE USER reelflow_reader@'127.0.0.1'`);
    for (const name of [
      'movies',
      'movie_titles',
      'reviews',
      'markers',
      'runs',
      'run_steps',
      'quarantine',
      'recommendations',
      'forgotten',
    ]) {
      await host.query(`GRANT SELECT ON read_${name} TO reelflow_reader${isPostgres ? '' : `@'127.0.0.1'`}`);
    }
    const reader = await open({ ...options, username: 'reelflow_reader', tablePrefix, migrate: false });
    expect((await reader.findMovie({ tmdbId: 579974 }))?.title).toBe('RRR');
    const error = await failure(reader.apply(posts(0, 1)));
    expect([error.code, error.retryable]).toEqual(['DB_READ_ONLY', false]);
    await reader.close();
    await dropReader(host, isPostgres);
  });

  test.each([
    ['a port where nobody listens', { port: 1 }, 'DB_CONNECTION', true],
    ['a database that does not exist', { database: 'reelflow_nowhere' }, 'DB_CONNECTION', false],
    [
      'an account that does not exist',
      { username: 'reelflow_nobody', password: 'hunter2secret' },
      'DB_CONNECTION',
      false,
    ],
    [
      'a url',
      {
        url: `${options.type}://reelflow_nobody:hunter2secret@127.0.0.1/test`,
        username: undefined,
        host: undefined,
        database: undefined,
      },
      'DB_CONNECTION',
      false,
    ],
  ])('says where it could not connect: %s', async (_name, more, code, retryable) => {
    const error = await failure(TypeOrmRepository.open({ ...options, ...more }));
    expect([error.code, error.retryable]).toEqual([code, retryable]);
    expect(error.message).toMatch(/^cannot connect to (postgres|mariadb) at 127\.0\.0\.1/);
    expect(`${error.message} ${String(error.cause)} ${JSON.stringify(error)}`).not.toContain('hunter2');
  });

  test('neither message nor cause holds the values of a statement', async () => {
    const { host, repository } = await fresh('values_');
    await host.query('DROP TABLE values_movie_titles');
    const secret = { ...film, movie: sampleMovie({ title: 'A secret title' }) };
    const error = await failure(repository.apply({ film: secret }));
    expect(error.message).toContain('values_movie_titles');
    const { cause } = error;
    const shown = [error.message, ...Object.getOwnPropertyNames(cause).map((name) => Reflect.get(Object(cause), name))];
    expect(JSON.stringify(shown)).not.toContain('A secret title');
  });

  test('long texts go out in statements that every server takes', { timeout: 60_000 }, async () => {
    const { repository } = await fresh('long_');
    const text = '🎬'.repeat(250_000); // a million bytes
    const reviews = Array.from({ length: 40 }, (_, number) => sampleReview(number, { text: `${number} ${text}` }));
    const report = await repository.apply({ reviews: { reviews, fetchedAt: hour(1) } });
    expect(report.reviews.inserted).toBe(40);
    expect((await repository.findReviews(579974, { limit: 1 }))[0]?.text).toBe(`39 ${text}`);
    const tooLong = await repository.apply({
      reviews: { reviews: [sampleReview(99, { text: 'x'.repeat(1_000_001) })], fetchedAt: hour(1) },
    });
    expect(tooLong.rejected.map(({ field }) => field)).toEqual(['text']);
  });

  /** Resolves when a statement of somebody waits for a lock. */
  async function someoneWaits(host: Awaited<ReturnType<typeof connectHost>>): Promise<void> {
    for (;;) {
      const rows = await host.query(
        isPostgres
          ? `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND wait_event IN ('transactionid', 'tuple')`
          : `SHOW STATUS WHERE Variable_name = 'Innodb_row_lock_current_waits' AND Value > 0`,
      );
      if (rows.length > 0) return;
    }
  }

  /** Ends the connections of reelflow_idler; those of tests beside this one are not touched. @returns how many */
  async function killIdle(host: Awaited<ReturnType<typeof connectHost>>): Promise<number> {
    const rows: Array<{ id: number }> = await host.query(
      isPostgres
        ? `SELECT pid AS id FROM pg_stat_activity WHERE usename = 'reelflow_idler'`
        : `SELECT id FROM information_schema.processlist WHERE user = 'reelflow_idler'`,
    );
    for (const { id } of rows) await host.query(isPostgres ? `SELECT pg_terminate_backend(${id})` : `KILL ${id}`);
    return rows.length;
  }

  async function dropIdler(host: Awaited<ReturnType<typeof connectHost>>): Promise<void> {
    await host.query(
      isPostgres ? 'DROP ROLE IF EXISTS reelflow_idler' : `DROP USER IF EXISTS reelflow_idler@'127.0.0.1'`,
    );
  }
});

async function dropReader(host: Awaited<ReturnType<typeof connectHost>>, isPostgres: boolean): Promise<void> {
  if (isPostgres) {
    const [known] = await host.query(`SELECT 1 FROM pg_roles WHERE rolname = 'reelflow_reader'`);
    if (known === undefined) return;
    await host.query('DROP OWNED BY reelflow_reader');
    await host.query('DROP ROLE reelflow_reader');
  } else await host.query(`DROP USER IF EXISTS reelflow_reader@'127.0.0.1'`);
}
