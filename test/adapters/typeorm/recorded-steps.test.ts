import { expect, test } from 'vitest';
import type { StepReport } from '../../../src/domain/workflow-run.js';
import { isReelflowError } from '../../../src/errors/reelflow-error.js';
import { sampleRun } from '../../../src/testing/repository/sample-records.js';
import { describeOnServers } from '../../support/databases.js';
import { failure, open } from './helpers.js';
import { connectHost, logged, withoutTables } from './server-tables.js';

const report = (name: StepReport['name'], durationMs = 12.5): StepReport => ({
  name,
  status: 'ok',
  attempts: 1,
  durationMs,
});
const steps = (workflowId: string, ...reports: StepReport[]) => ({ steps: { workflowId, reports } });
const page = (key: string, payload = '{}') => ({ workflowId: 'w1', step: 'collect', key, payload }) as const;
const waiting = `SELECT query FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%held_run_steps%'`;
const nothingKept = { runMs: 0 };

describeOnServers('database coordination: recorded steps', ({ options }) => {
  const isPostgres = options.type === 'postgres';

  async function fresh(prefix: string, more: object = {}) {
    const host = await connectHost(options);
    const tablePrefix = await withoutTables(host, prefix);
    const repository = await open({ ...options, tablePrefix, ...more });
    await repository.createRun(sampleRun('w1'));
    return { host, repository, tablePrefix };
  }

  test('what a process records while another one takes its runs over is seen by the other, or refused', async () => {
    const { repository, tablePrefix } = await fresh('race_');
    const other = await open({ ...options, tablePrefix });
    for (let round = 0; round < 40; round += 1) {
      const workflowId = `race${round}`;
      await repository.createRun(sampleRun(workflowId));
      const [error, claimed] = await Promise.all([
        repository.apply(steps(workflowId, report('collect')), { fence: 0 }).catch((thrown: unknown) => thrown),
        other.claimRuns('other', 60_000),
      ]);
      const seen = claimed.find(({ run }) => run.workflowId === workflowId)?.run.steps;
      if (!isReelflowError(error)) expect(seen).toEqual([report('collect')]);
      else {
        expect([error.code, error.retryable]).toEqual(['DB_CONFLICT', false]);
        expect(seen).toEqual([]);
        expect((await repository.findRun(workflowId))?.steps).toEqual([]);
      }
    }
  });

  test('a step that meets a take-over under way waits for it, and is refused', async () => {
    const { host, repository } = await fresh('under_way_');
    const claim = host.createQueryRunner();
    await claim.startTransaction();
    if (isPostgres) {
      await claim.query(
        `SELECT pg_advisory_xact_lock(hashtextextended('reelflow', '"under_way_markers"'::regclass::oid::bigint))`,
      );
    } else await claim.query(`SELECT position FROM under_way_markers WHERE source = 'reelflow:write-lock' FOR UPDATE`);
    await claim.query('UPDATE under_way_runs SET fence = fence + 1');
    const refused = failure(repository.apply(steps('w1', report('collect')), { fence: 0 }));
    await host.query('SELECT 1');
    await claim.commitTransaction();
    await claim.release();
    expect(await refused).toMatchObject({ code: 'DB_CONFLICT', retryable: false });
    expect((await repository.findRun('w1'))?.steps).toEqual([]);
  });

  test('no step is left of a run that is swept meanwhile', async () => {
    const { host, repository, tablePrefix } = await fresh('swept_');
    const other = await open({ ...options, tablePrefix });
    const ended = { status: 'failed', finishedAt: '2024-01-01T00:01:00.000Z' } as const;
    for (let round = 0; round < 20; round += 1) {
      const workflowId = `swept${round}`;
      await repository.createRun(sampleRun(workflowId, ended));
      await Promise.all([
        other.sweep(nothingKept, { after: 'runs' }),
        repository.apply(steps(workflowId, report('collect'))),
      ]);
    }
    await other.sweep(nothingKept, { after: 'runs' });
    expect(await host.query(`SELECT step FROM swept_run_steps WHERE workflow_id <> 'w1'`)).toEqual([]);
  });

  test('outcomes, pages and outcomes that erase pages come to what they come to one by one', async () => {
    const { repository } = await fresh('pages_');
    const long = page('b', `"${'ఇ'.repeat(200_000)}"`);
    await repository.apply({ ...steps('w1', report('identify')), checkpoints: [page('a'), page('a', '[1]'), long] });
    const claims = await repository.claimRuns('me', 60_000);
    expect(claims[0]?.run.steps).toEqual([report('identify')]);
    expect(claims[0]?.checkpoints.toSorted((one, two) => (one.key < two.key ? -1 : 1))).toEqual([
      page('a', '[1]'),
      long,
    ]);
    await repository.apply({ ...steps('w1', report('collect', 1), report('validate')), checkpoints: [page('c')] });
    await repository.apply(steps('w1', report('collect', 2)), { fence: 1 });
    expect((await repository.findRun('w1'))?.steps).toEqual([
      report('identify'),
      report('collect', 2),
      report('validate'),
    ]);
    await repository.renewLease('me', 1);
    await expect.poll(() => repository.claimRuns('other', 1)).toMatchObject([{ fence: 2, checkpoints: [] }]);
  });

  test('a step that waits for a row longer than the timeout fails, and the next one is recorded', async () => {
    const { host, repository } = await fresh('held_', { queryTimeoutMs: 1500 });
    await repository.apply(steps('w1', report('collect', 1)));
    const holder = host.createQueryRunner();
    await holder.startTransaction();
    await holder.query(`UPDATE held_run_steps SET content = '{}'`);
    const error = await failure(repository.apply(steps('w1', report('collect', 2))));
    expect(error.code).toMatch(/DB_TIMEOUT|DB_CONFLICT/);
    // What still waits in the server would be recorded after what comes next.
    if (isPostgres) await expect.poll(() => host.query(waiting)).toEqual([]);
    await holder.rollbackTransaction();
    await holder.release();
    await repository.apply(steps('w1', report('collect', 3)));
    expect((await repository.findRun('w1'))?.steps).toEqual([report('collect', 3)]);
  });

  test('keeps its place among the writes of its process', async () => {
    const { repository } = await fresh('order_');
    const writes = Array.from({ length: 20 }, (_, number) =>
      number % 3 === 0
        ? repository.apply({ ...steps('w1', report('collect', number)), rejected: [] })
        : repository.apply(steps('w1', report('collect', number))),
    );
    const controller = new AbortController();
    const aborted = failure(repository.apply(steps('w1', report('analyse')), { signal: controller.signal }));
    controller.abort();
    await Promise.all(writes);
    expect((await aborted).code).toBe('CANCELLED');
    expect((await repository.findRun('w1'))?.steps).toEqual([report('collect', 19)]);
  });

  if (isPostgres) {
    test('a take-over, and a sweep, that come while a step is recorded wait for it and find it', async () => {
      const { host, repository } = await fresh('found_');
      const wayOfAStep = async (waiting: string, work: () => Promise<unknown>) => {
        const recorder = host.createQueryRunner();
        await recorder.startTransaction();
        await recorder.query('SELECT fence FROM found_runs FOR SHARE');
        const worked = work();
        const isWaiting = `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '${waiting}%'`;
        await expect.poll(() => host.query(isWaiting)).toHaveLength(1);
        const values = `('w1', 'collect', '', '${JSON.stringify(report('collect'))}')`;
        await recorder.query(`INSERT INTO found_run_steps VALUES ${values} ON CONFLICT DO NOTHING`);
        await recorder.commitTransaction();
        await recorder.release();
        return worked;
      };
      const claimed = await wayOfAStep('UPDATE "found_runs"', () => repository.claimRuns('me', 60_000));
      expect(claimed).toMatchObject([{ run: { steps: [report('collect')] } }]);
      await repository.apply({ run: sampleRun('w1', { status: 'failed', finishedAt: '2024-01-01T00:01:00.000Z' }) });
      await wayOfAStep('DELETE FROM "found_runs"', () => repository.sweep(nothingKept, { after: 'runs' }));
      expect(await repository.findRun('w1')).toBeNull();
      expect(await host.query('SELECT step FROM found_run_steps')).toEqual([]);
    });

    test('is one statement, and none that the host cannot see', async () => {
      const { host, tablePrefix } = await fresh('one_');
      const { dataSource, statements } = await logged(options);
      const repository = await open({ dataSource, tablePrefix });
      statements.length = 0;
      await repository.apply(steps('w1', report('collect')), { fence: 0 });
      await repository.apply({ checkpoints: [page('a', 'x'.repeat(5000))] });
      expect(statements).toEqual([expect.stringMatching(/^INSERT/), expect.stringMatching(/^INSERT/)]);
      const [settings] = await dataSource.query(`SELECT current_setting('tcp_keepalives_idle') AS idle`);
      expect(settings).toEqual(await host.query(`SELECT current_setting('tcp_keepalives_idle') AS idle`).then(first));
    });

    test('is recorded all the same where prepared statements get lost', async () => {
      const { tablePrefix } = await fresh('lost_');
      const { dataSource, statements } = await logged(options);
      const repository = await open({ dataSource, tablePrefix });
      await repository.apply(steps('w1', report('collect', 1)));
      await dataSource.query('DEALLOCATE ALL');
      await repository.apply(steps('w1', report('collect', 2)));
      expect((await repository.findRun('w1'))?.steps).toEqual([report('collect', 2)]);
      statements.length = 0;
      await repository.apply(steps('w1', report('collect', 3)));
      expect(statements[0]).toMatch(/^BEGIN/); // it is not tried again
    });

    test('a connection that is cut in the statement is reported once, and replaced', async () => {
      const { host, repository } = await fresh('cut_step_');
      await host.query(
        `CREATE OR REPLACE FUNCTION cut_step() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$`,
      );
      await host.query(
        'CREATE TRIGGER cut_step BEFORE INSERT ON cut_step_run_steps FOR EACH ROW EXECUTE FUNCTION cut_step()',
      );
      const error = await failure(repository.apply(steps('w1', report('collect'))));
      expect([error.code, error.retryable]).toEqual(['DB_CONNECTION', true]);
      await host.query('DROP FUNCTION cut_step CASCADE');
      await repository.apply(steps('w1', report('collect')));
      expect((await repository.findRun('w1'))?.steps).toEqual([report('collect')]);
    });
  }
});

const first = <Row>([row]: readonly Row[]): Row | undefined => row;
