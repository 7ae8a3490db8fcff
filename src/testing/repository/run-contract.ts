import assert from 'node:assert/strict';
import type { StepReport } from '../../domain/workflow-run.js';
import { failsWith, type RepositoryTest } from './repository-test.js';
import { sampleRun } from './sample-records.js';

const report = (name: StepReport['name'], status: StepReport['status'] = 'ok'): StepReport => ({
  name,
  status,
  attempts: 1,
  durationMs: 12.5,
});
const page = (workflowId: string, key: string, payload = '{"posts":["ఇది"]}') =>
  ({ workflowId, step: 'collect', key, payload }) as const;

/** Takes the claimed runs of an owner whose lease has ended. */
const expired = { owner: 'gone', leaseMs: 1 };

export function runContract(test: RepositoryTest): void {
  test('gives a run back with its options, without the signal', async (repository) => {
    const signal = new AbortController().signal;
    const run = sampleRun('w1', { movieName: 'పుష్ప 🌸', options: { maxReviews: 5, collectNewData: true } });
    await repository.createRun({ ...run, options: { ...run.options, signal } });
    assert.deepEqual(await repository.findRun('w1'), run);
    assert.equal(await repository.findRun('w2'), null);
  });

  test('refuses a second run of one id', async (repository) => {
    await repository.createRun(sampleRun('w1'));
    await failsWith('DB_CONSTRAINT', () => repository.createRun(sampleRun('w1', { movieName: 'Other' })));
    assert.equal((await repository.findRun('w1'))?.movieName, 'RRR');
  });

  test('adds the outcomes of steps, in the order of the steps, the last one of each', async (repository) => {
    await repository.createRun(sampleRun('w1'));
    await repository.apply({ steps: { workflowId: 'w1', reports: [report('collect', 'failed'), report('identify')] } });
    await repository.apply({ steps: { workflowId: 'w1', reports: [report('collect')] } });
    assert.deepEqual((await repository.findRun('w1'))?.steps, [report('identify'), report('collect')]);
  });

  test('writes the record as it is now, and creates it when it is missing', async (repository) => {
    const steps = [report('identify'), report('collect')];
    await repository.apply({ run: sampleRun('w1'), steps: { workflowId: 'w1', reports: steps } });
    const finishedAt = '2024-01-01T00:01:00.000Z';
    const finished = sampleRun('w1', { status: 'failed', finishedAt, steps });
    await repository.apply({ run: finished });
    assert.deepEqual(await repository.findRun('w1'), finished);
  });

  for (const relaxed of [false, true]) {
    test(`records a run that has ended at once${relaxed ? ', relaxed' : ''}, and replaces what it knows of it`, async (repository) => {
      const steps = [report('identify'), report('recommend')];
      const finishedAt = '2024-01-01T00:01:00.000Z';
      const ended = sampleRun('w1', { movieName: 'L\'été "🌸" \\u0000', status: 'completed', finishedAt, steps });
      await repository.apply({ run: ended }, { relaxed });
      assert.deepEqual(await repository.findRun('w1'), ended);
      await repository.apply({ run: { ...ended, status: 'failed', steps: [report('identify')] } }, { relaxed });
      assert.deepEqual(await repository.findRun('w1'), { ...ended, status: 'failed', steps: [report('identify')] });
      await repository.createRun(sampleRun('w2'), undefined, { relaxed });
      await repository.apply({ steps: { workflowId: 'w2', reports: steps } }, { relaxed });
      assert.deepEqual((await repository.findRun('w2'))?.steps, steps);
    });
  }

  test('ignores steps of a run that is not stored', async (repository) => {
    await repository.apply({
      steps: { workflowId: 'w1', reports: [report('identify')] },
      checkpoints: [page('w1', 'a')],
    });
    assert.equal(await repository.findRun('w1'), null);
    await repository.createRun(sampleRun('w1'), expired);
    assert.deepEqual((await repository.findRun('w1'))?.steps, []);
  });

  test('gives a claimed run to one owner, with its checkpoints and steps', async (repository) => {
    await repository.createRun(sampleRun('w1'));
    await repository.apply({
      steps: { workflowId: 'w1', reports: [report('identify')] },
      checkpoints: [page('w1', 'twitter:1', 'old'), page('w1', 'twitter:2')],
    });
    await repository.apply({ checkpoints: [page('w1', 'twitter:1')] });
    const claims = await Promise.all(['a', 'b', 'c'].map((owner) => repository.claimRuns(owner, 60_000)));
    const [claimed, ...others] = claims.flat();
    assert.deepEqual(others, []);
    assert.deepEqual(claimed?.run, sampleRun('w1', { steps: [report('identify')] }));
    assert.equal(claimed?.fence, 1);
    const pages = claimed?.checkpoints.toSorted((one, other) => (one.key < other.key ? -1 : 1));
    assert.deepEqual(pages, [page('w1', 'twitter:1'), page('w1', 'twitter:2')]);
  });

  test('claims neither a run that is held nor one that has ended', async (repository) => {
    await repository.createRun(sampleRun('held'), { owner: 'alive', leaseMs: 60_000 });
    await repository.createRun(sampleRun('ended', { status: 'completed' }));
    assert.deepEqual(await repository.claimRuns('me', 60_000), []);
    await failsWith('INVALID_INPUT', () => repository.claimRuns('me', 0));
  });

  test('a renewed lease holds; one that has ended does not', async (repository) => {
    await repository.createRun(sampleRun('w1'), expired);
    await repository.renewLease('somebody else', 60_000);
    await repository.renewLease('gone', 60_000);
    assert.deepEqual(await repository.claimRuns('me', 60_000), []);
  });

  test('a batch that makes a run holds it when it says for whom', async (repository) => {
    await repository.apply({ run: sampleRun('held') }, { lease: { owner: 'me', leaseMs: 60_000 } });
    await repository.apply({ run: sampleRun('free') });
    const claimed = await repository.claimRuns('other', 60_000);
    assert.deepEqual(
      claimed.map(({ run }) => run.workflowId),
      ['free'],
    );
    await repository.apply({ run: sampleRun('free') }, { lease: { owner: 'thief', leaseMs: 60_000 } });
    await repository.renewLease('thief', 1);
    assert.deepEqual(await repository.claimRuns('me', 60_000), [], 'a run that is known keeps its owner');
  });

  test('says in how long the leases of others end', async (repository) => {
    if (repository.leasesEndInMs === undefined) return;
    assert.equal(await repository.leasesEndInMs('me'), null);
    await repository.createRun(sampleRun('mine'), { owner: 'me', leaseMs: 90_000 });
    await repository.createRun(sampleRun('ended', { status: 'completed' }), { owner: 'other', leaseMs: 90_000 });
    assert.equal(await repository.leasesEndInMs('me'), null);
    await repository.createRun(sampleRun('soon'), { owner: 'other', leaseMs: 30_000 });
    await repository.createRun(sampleRun('later'), { owner: 'another', leaseMs: 60_000 });
    const endInMs = (await repository.leasesEndInMs('me')) ?? 0;
    assert.ok(endInMs > 30_000 && endInMs <= 60_000, String(endInMs));
  });

  test('refuses a write with an old fence, and takes one with the fence of the claim', async (repository) => {
    await repository.createRun(sampleRun('w1'));
    const [claimed] = await repository.claimRuns('me', 60_000);
    assert.ok(claimed !== undefined);
    const steps = { workflowId: 'w1', reports: [report('identify')] };
    const error = await failsWith('DB_CONFLICT', () => repository.apply({ steps }, { fence: claimed.fence - 1 }));
    assert.equal(error.retryable, false);
    await failsWith('DB_CONFLICT', () =>
      repository.apply({ run: sampleRun('w1', { status: 'failed' }) }, { fence: 0 }),
    );
    await failsWith('DB_CONFLICT', () => repository.apply({ checkpoints: [page('w1', 'a')] }, { fence: 0 }));
    assert.deepEqual(await repository.findRun('w1'), sampleRun('w1'));
    await repository.apply({ steps }, { fence: claimed.fence });
    assert.deepEqual((await repository.findRun('w1'))?.steps, [report('identify')]);
  });

  test('a step that has an outcome loses its checkpoints, the other steps keep theirs', async (repository) => {
    await repository.createRun(sampleRun('w1'));
    const other = { ...page('w1', 'b'), step: 'analyse' } as const;
    await repository.apply({ checkpoints: [page('w1', 'a'), other] });
    await repository.apply({ steps: { workflowId: 'w1', reports: [report('collect')] } });
    const [claimed] = await repository.claimRuns('me', 60_000);
    assert.deepEqual(claimed?.checkpoints, [other]);
  });

  test('of checkpoints with one key in one batch the last one counts', async (repository) => {
    await repository.createRun(sampleRun('w1'));
    const page = { workflowId: 'w1', step: 'collect', key: 'twitter:1' } as const;
    const batch = {
      checkpoints: [
        { ...page, payload: '1' },
        { ...page, payload: '2' },
      ],
      collections: [],
    };
    await repository.apply(batch);
    const [claimed] = await repository.claimRuns('me', 1000);
    assert.deepEqual(
      claimed?.checkpoints.map(({ payload }) => payload),
      ['2'],
    );
  });

  test('a record that is written again keeps its owner and its checkpoints until the run ends', async (repository) => {
    await repository.createRun(sampleRun('w1'), { owner: 'alive', leaseMs: 60_000 });
    await repository.apply({ checkpoints: [page('w1', 'a')] });
    await repository.apply({ run: sampleRun('w1') });
    assert.deepEqual(await repository.claimRuns('me', 60_000), []);
    await repository.apply({ run: sampleRun('w1', { status: 'completed' }) });
    await repository.apply({ run: sampleRun('w1', { status: 'running' }) });
    await repository.createRun(sampleRun('w2'));
    await repository.apply({ checkpoints: [page('w2', 'a')] });
    const claimed = await repository.claimRuns('me', 60_000);
    assert.deepEqual(
      claimed.map(({ run, checkpoints }) => [run.workflowId, checkpoints.length]),
      [['w2', 1]],
    );
  });

  test('lists runs, newest first, a page at a time', async (repository) => {
    if (repository.listRuns === undefined) return;
    assert.deepEqual(await repository.listRuns(), []);
    const at = (minute: number) => `2024-01-01T00:0${minute}:00.000Z`;
    const old = sampleRun('w9', { startedAt: at(1), movieName: 'पुष्पा' });
    const twins = ['w1', 'w2'].map((id) => sampleRun(id, { startedAt: at(2), status: 'completed' }));
    const [first, second] = twins;
    assert.ok(first !== undefined && second !== undefined);
    const newest = sampleRun('w0', { startedAt: at(3), status: 'failed', finishedAt: at(4) });
    for (const run of [second, newest, old, first]) await repository.createRun(run);
    await repository.apply({
      steps: { workflowId: 'w9', reports: [report('identify')] },
      checkpoints: [page('w9', 'twitter:1')],
    });
    const oldWithSteps = { ...old, steps: [report('identify')] };
    assert.deepEqual(await repository.listRuns(), [newest, second, first, oldWithSteps]);
    assert.deepEqual(await repository.listRuns({ limit: 2 }), [newest, second]);
    assert.deepEqual(await repository.listRuns({ limit: 2, before: 'w2' }), [first, oldWithSteps]);
    assert.deepEqual(await repository.listRuns({ before: 'w9' }), []);
    assert.deepEqual(await repository.listRuns({ status: 'completed' }), [second, first]);
    assert.deepEqual(await repository.listRuns({ status: 'completed', before: 'w2', limit: 1 }), [first]);
    assert.deepEqual(await repository.listRuns({ before: 'nobody' }), []);
    assert.deepEqual(await repository.listRuns({ limit: 0 }), []);
    for (const limit of [-1, 1.5, 1001]) {
      await failsWith('INVALID_INPUT', async () => repository.listRuns?.({ limit }));
    }
  });
}
