import { describe, expect, test } from 'vitest';
import { TypeOrmRepository } from '../../../src/adapters/typeorm/index.js';
import { isReelflowError, type Repository } from '../../../src/index.js';
import { type Fault, injectFaults } from '../../../src/testing/index.js';
import { emptied } from '../../adapters/typeorm/server-tables.js';
import { describeOnServers } from '../../support/databases.js';
import { films, manage, openFile, pages, temporaryDirectory } from './setup.js';

const asked = { maxReviews: 250, collectNewData: true };

/** Searches until a call hangs, and closes without grace: the run is cut there. @returns its id */
async function cutAt(
  repository: Repository,
  at: { readonly movies?: Fault<never>; readonly reviews?: Fault<never>; readonly storage?: Fault<never> },
) {
  const movies = films();
  const reviews = pages();
  const faulty = {
    movies: injectFaults(movies, ...(at.movies === undefined ? [] : [at.movies])),
    reviews: injectFaults(reviews, ...(at.reviews === undefined ? [] : [at.reviews])),
    repository: injectFaults(repository, ...(at.storage === undefined ? [] : [at.storage])),
  };
  const manager = manage({
    movies: faulty.movies.port,
    reviews: faulty.reviews.port,
    repository: faulty.repository.port,
    spool: false,
    sentiment: {
      name: 'none',
      analyze: async (texts) => texts.map(() => ({ score: 0, label: 'neutral', confidence: 0 })),
    },
  });
  let workflowId = '';
  manager.trigger.registerTrigger('workflow_started', (data) => {
    workflowId = data.workflowId;
  });
  const search = manager.handleUserSearch('RRR', asked).catch((error: unknown) => error);
  const struck = () => Object.values(faulty).some(({ faults }) => faults.injected.length > 0);
  while (!struck()) await new Promise((resolve) => setImmediate(resolve));
  await manager.close({ graceMs: 0 });
  const outcome = await search;
  return { workflowId, movies, reviews, outcome };
}

async function resume(repository: Repository) {
  const movies = films();
  const reviews = pages();
  const manager = manage({ movies, reviews, repository, spool: false });
  const runs = await manager.resumePending();
  return { manager, movies, reviews, runs };
}

function resumption(reopen: () => Promise<(name?: string) => Promise<Repository>>): void {
  const hang = { hang: true } as const;

  test.each([
    ['the search for the film', { movies: { ...hang, call: 1 } }, [2, 3]],
    ['the details', { movies: { ...hang, call: 2 } }, [1, 3]],
    ['the first page', { reviews: { ...hang, call: 1 } }, [1, 3]],
    ['the third page', { reviews: { ...hang, call: 3 } }, [0, 1]],
  ] as const)('a run that was cut at %s goes on there', async (_where, at, [movieCalls, pageCalls]) => {
    const open = await reopen();
    const cut = await cutAt(await open(), at);
    expect(isReelflowError(cut.outcome) && cut.outcome.code).toBe('CLOSED');
    const { manager, movies, reviews, runs } = await resume(await open());
    expect(runs).toMatchObject([{ workflowId: cut.workflowId, status: 'completed', options: asked }]);
    expect(runs[0]?.result).toMatchObject({
      success: true,
      degraded: false,
      sources: { movie: 'live', reviews: 'live' },
    });
    // Details and first page are asked for side by side: either may have been cut before its answer.
    expect(movies.calls.length).toBeLessThanOrEqual(movieCalls);
    expect(reviews.calls.length).toBeLessThanOrEqual(pageCalls);
    if (pageCalls === 1) expect(reviews.calls[0]?.cursor).toBe('200');
    const again = await manager.handleUserSearch('RRR', { collectNewData: false });
    expect(again.analysis?.reviewsAnalyzed).toBe(250);
    expect(await manager.resumePending()).toEqual([]);
  });

  test('what was paid before the cut counts in the cost of the run', async () => {
    const open = await reopen();
    await cutAt(await open(), { reviews: { ...hang, call: 3 } });
    const { runs } = await resume(await open());
    expect(runs[0]?.result?.cost).toMatchObject({ apiCalls: { twitter: 1 }, estimatedUsd: 1.25 });
  });

  test('a run whose data was stored asks nobody', async () => {
    const open = await reopen();
    const repository = await open();
    // The analysis cannot be stored, and while it is retried the service ends.
    const storage = { method: 'findReviews', ...hang } as never;
    const cut = await cutAt(repository, { storage });
    const { movies, reviews, runs } = await resume(await open());
    expect([movies.calls.length, reviews.calls.length]).toEqual([0, 0]);
    expect(runs).toMatchObject([
      {
        workflowId: cut.workflowId,
        status: 'completed',
        result: { success: true, sources: { movie: 'live', reviews: 'live' } },
      },
    ]);
    expect(runs[0]?.steps.map(({ name, status }) => [name, status])).toEqual(
      ['identify', 'collect', 'validate', 'store', 'analyse', 'recommend'].map((name) => [name, 'ok']),
    );
    expect(runs[0]?.result?.analysis?.reviewsAnalyzed).toBe(250);
  });

  test('of two processes that resume at once one gets the run', async () => {
    const open = await reopen();
    await cutAt(await open(), { reviews: { ...hang, call: 2 } });
    const [one, other] = await Promise.all([resume(await open()), resume(await open())]);
    expect([...one.runs, ...other.runs]).toHaveLength(1);
    expect(one.reviews.calls.length + other.reviews.calls.length).toBe(2);
  });

  test('a run that another process holds is left to it', async () => {
    const open = await reopen();
    const repository = await open();
    const run = {
      workflowId: 'held',
      status: 'running',
      movieName: 'RRR',
      options: {},
      steps: [],
      result: null,
    } as const;
    await repository.createRun(
      { ...run, startedAt: new Date().toISOString(), finishedAt: null },
      { owner: 'other', leaseMs: 60_000 },
    );
    const { manager } = await resumeWithin(repository);
    await manager.close({ graceMs: 0 });
    expect(await repository.findRun('held').catch(() => null)).toBeNull(); // closed with the manager
    expect(await (await open()).findRun('held')).toMatchObject({ status: 'running' });
  });

  /** Closing ends the wait for the leases of others. */
  async function resumeWithin(repository: Repository) {
    const manager = manage({ movies: films(), reviews: pages(), repository, spool: false });
    const resuming = manager.resumePending();
    await manager.close({ graceMs: 0 });
    expect(await resuming).toEqual([]);
    return { manager };
  }
}

describe('error handling: runs that were cut, SQLite', () => {
  resumption(async () => {
    const directory = await temporaryDirectory();
    return () => openFile(directory);
  });
});

describeOnServers('error handling: runs that were cut', ({ options }) => {
  const prefix = emptied(options, 'resume_');
  resumption(async () => {
    const tablePrefix = await prefix();
    return () => TypeOrmRepository.open({ ...options, tablePrefix });
  });
});
