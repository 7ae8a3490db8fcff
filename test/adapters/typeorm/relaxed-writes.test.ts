import { expect, test } from 'vitest';
import type { StepReport } from '../../../src/domain/workflow-run.js';
import { hour, sampleMovie, sampleReview, sampleRun } from '../../../src/testing/repository/sample-records.js';
import { describeOnServers } from '../../support/databases.js';
import { hostDataSource, open, temporaryFile } from './helpers.js';
import { connectHost, logged, withoutTables } from './server-tables.js';

const report = (name: StepReport['name']): StepReport => ({ name, status: 'ok', attempts: 1, durationMs: 1 });
const ended = (workflowId: string) =>
  sampleRun(workflowId, { status: 'completed', finishedAt: hour(1), steps: [report('identify')] });

describeOnServers('database coordination: writes that need not wait for the disk', ({ options }) => {
  const isPostgres = options.type === 'postgres';

  test('are there for everybody, and leave the connection as it was', async () => {
    const host = await connectHost(options);
    const tablePrefix = await withoutTables(host, 'relaxed_');
    const { dataSource, statements } = await logged(options);
    await (await open({ ...options, tablePrefix })).close();
    const repository = await open({ dataSource, tablePrefix });
    statements.length = 0;
    await repository.createRun(sampleRun('w1'), undefined, { relaxed: true });
    await repository.apply({ steps: { workflowId: 'w1', reports: [report('identify')] } }, { relaxed: true });
    await repository.apply({ run: ended('w2') }, { relaxed: true });
    expect(await host.query('SELECT workflow_id FROM relaxed_run_steps ORDER BY workflow_id')).toHaveLength(2);
    if (!isPostgres) return;
    expect(statements.filter((statement) => statement.includes('synchronous_commit'))).toHaveLength(3);
    expect(await dataSource.query('SHOW synchronous_commit')).toEqual(await host.query('SHOW synchronous_commit'));
    statements.length = 0;
    await repository.apply({ run: ended('w3') });
    await repository.apply({ steps: { workflowId: 'w1', reports: [report('collect')] } });
    expect(statements.filter((statement) => statement.includes('synchronous_commit'))).toEqual([]);
  });

  if (isPostgres) {
    test('the record of a run that nobody knows is one statement; one that is known is replaced', async () => {
      const host = await connectHost(options);
      const tablePrefix = await withoutTables(host, 'record_');
      const { dataSource, statements } = await logged(options);
      await (await open({ ...options, tablePrefix })).close();
      const repository = await open({ dataSource, tablePrefix });
      statements.length = 0;
      await repository.apply({ run: ended('w1') });
      expect(statements).toEqual([expect.stringMatching(/^WITH made/)]);
      await repository.apply({ run: { ...ended('w1'), movieName: 'Again' } });
      expect(await repository.findRun('w1')).toEqual({ ...ended('w1'), movieName: 'Again' });
      await host.query(`UPDATE record_runs SET fence = 3`);
      const late = repository.apply({ run: ended('w1') }, { fence: 2 });
      await expect(late).rejects.toMatchObject({ code: 'DB_CONFLICT', retryable: false });
    });

    test('reads go on where prepared statements get lost, unprepared from then on', async () => {
      const host = await connectHost(options);
      const tablePrefix = await withoutTables(host, 'unprepared_');
      const { dataSource } = await logged(options);
      await (await open({ ...options, tablePrefix })).close();
      const repository = await open({ dataSource, tablePrefix });
      const { tmdbId } = sampleMovie();
      await repository.apply({
        film: { movie: sampleMovie(), relatedIds: [], fetchedAt: hour(1) },
        reviews: { reviews: [sampleReview(1)], fetchedAt: hour(1) },
      });
      const prepared = () =>
        dataSource.query(`SELECT name FROM pg_prepared_statements WHERE statement LIKE '%unprepared_%'`);
      const film = await repository.findMovie({ tmdbId });
      expect(await prepared()).toHaveLength(1);
      await dataSource.query('DEALLOCATE ALL');
      expect(await repository.findMovie({ tmdbId })).toEqual(film);
      expect(await repository.findReviews(tmdbId, { limit: 5 })).toHaveLength(1);
      expect(await prepared()).toEqual([]);
    });

    test('a read of a table that is gone fails as ever', async () => {
      const host = await connectHost(options);
      const tablePrefix = await withoutTables(host, 'gone_');
      const repository = await open({ ...options, tablePrefix });
      await host.query('DROP TABLE gone_reviews');
      await expect(repository.findReviews(1, { limit: 5 })).rejects.toThrow('gone_reviews');
      expect(await repository.findMovie({ tmdbId: 1 })).toBeNull();
    });
  }
});

test('database coordination: on SQLite they go by a connection of their own, and others see them in order', async () => {
  const database = await temporaryFile();
  const repository = await open({ type: 'sqlite', database });
  const host = await hostDataSource(database);
  const counts: number[] = [];
  for (let number = 0; number < 20; number += 1) {
    await repository.apply({ run: ended(`w${number}`) }, { relaxed: number % 2 === 0 });
    const [row] = await host.query('SELECT count(*) AS runs FROM reelflow_runs');
    counts.push(Number(row.runs));
  }
  expect(counts).toEqual(Array.from({ length: 20 }, (_, number) => number + 1));
  const together = Array.from({ length: 20 }, (_, number) =>
    repository.apply({ run: { ...ended('w0'), movieName: String(number) } }, { relaxed: number % 3 !== 0 }),
  );
  await Promise.all(together);
  expect((await repository.findRun('w0'))?.movieName).toBe('19');
});
