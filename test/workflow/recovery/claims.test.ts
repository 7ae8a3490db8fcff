import { describe, expect, test, vi } from 'vitest';
import type { ManagerOptions, Repository, SearchOptions, WorkflowRun } from '../../../src/index.js';
import { FakeReviewClient, injectFaults } from '../../../src/testing/index.js';
import { posts } from '../setup.js';
import { settled, turn } from '../turning-clock.js';
import { films, LastingRepository, manage } from './setup.js';

/** Posts that come when they are let through. */
class HeldReviews extends FakeReviewClient {
  readonly #held = Promise.withResolvers<void>();

  constructor() {
    super({ reviews: posts(5) });
  }

  letThrough(): void {
    this.#held.resolve();
  }

  override async searchReviews(...asked: Parameters<FakeReviewClient['searchReviews']>) {
    const page = await super.searchReviews(...asked);
    await this.#held.promise;
    return page;
  }
}

/** Its new runs have no lease, and none can be renewed: every claim gets them. */
class ForgetfulRepository extends LastingRepository {
  override async createRun(...[run]: Parameters<Repository['createRun']>): Promise<void> {
    await super.createRun(run);
  }

  override async renewLease(): Promise<void> {}
}

/** The record of a run whose process has gone. */
const left = (workflowId: string, movieName: string, options: SearchOptions = {}): WorkflowRun => ({
  workflowId,
  status: 'running',
  movieName,
  options: { maxReviews: 5, deadlineMs: 60_000, ...options },
  steps: [],
  result: null,
  startedAt: new Date().toISOString(),
  finishedAt: null,
});

function searching(repository: Repository, more: Partial<ManagerOptions> = {}) {
  const reviews = new HeldReviews();
  const manager = manage({ movies: films(), reviews, repository, spool: false, ...more });
  const events: string[] = [];
  for (const event of ['workflow_started', 'workflow_completed', 'workflow_failed'] as const)
    manager.trigger.registerTrigger(event, () => events.push(event));
  return { manager, reviews, events };
}

describe('error handling: which runs a process claims', () => {
  test('its own run, whose lease ended while the database was away, is renewed and not claimed', async () => {
    const repository = new LastingRepository();
    const createRun = repository.createRun.bind(repository);
    vi.spyOn(repository, 'createRun').mockImplementation((run, lease) =>
      createRun(run, lease === undefined ? lease : { ...lease, leaseMs: 1 }),
    );
    const { manager, reviews, events } = searching(repository);
    const search = manager.handleUserSearch('RRR');
    await vi.waitFor(() => expect(reviews.calls).toHaveLength(1));
    expect(await manager.resumePending()).toEqual([]);
    reviews.letThrough();
    expect(await search).toMatchObject({ success: true, degraded: false });
    expect(events).toEqual(['workflow_started', 'workflow_completed']);
    expect(reviews.calls).toHaveLength(1);
  });

  test('its own run is not executed beside itself, whatever became of its lease', async () => {
    const { manager, reviews, events } = searching(new ForgetfulRepository());
    const search = manager.handleUserSearch('RRR');
    await vi.waitFor(() => expect(reviews.calls).toHaveLength(1));
    expect(await manager.resumePending()).toEqual([]);
    reviews.letThrough();
    await search;
    expect(events).toEqual(['workflow_started', 'workflow_completed']);
    expect(reviews.calls).toHaveLength(1);
  });

  test('what a claim took whose answer was lost ends with its lease, and is finished also while the process is busy', async () => {
    vi.useFakeTimers();
    try {
      const store = new LastingRepository();
      await store.createRun(left('wf-left', 'Up'));
      const { port: repository } = injectFaults(store, {
        method: 'claimRuns',
        call: 1,
        error: 'DB_CONNECTION',
        when: 'after',
      });
      const { manager, reviews } = searching(repository);
      const busy = manager.handleUserSearch('RRR');
      const resuming = manager.resumePending();
      for (let step = 0; step < 1000 && (await store.findRun('wf-left'))?.status === 'running'; step += 1) {
        await turn();
        vi.advanceTimersToNextTimer(); // leases are renewed, nothing else
        if (reviews.calls.length > 1) reviews.letThrough(); // both are under way
      }
      expect(await settled(resuming)).toMatchObject([{ workflowId: 'wf-left', status: 'completed' }]);
      expect(await settled(busy)).toMatchObject({ success: true, degraded: false });
    } finally {
      vi.useRealTimers();
    }
  });

  test('what was claimed and not finished is given back at the end', async () => {
    const repository = new LastingRepository();
    await repository.createRun(left('wf-left', 'RRR'));
    const { manager, reviews } = searching(repository);
    const resuming = manager.resumePending();
    await vi.waitFor(() => expect(reviews.calls).toHaveLength(1));
    vi.spyOn(repository, 'close').mockResolvedValue();
    await manager.close({ graceMs: 0 });
    await resuming.catch(() => undefined);
    await vi.waitFor(async () => expect(await repository.leasesEndInMs('anybody')).toBeNull());
    expect(await repository.claimRuns('next', 1000)).toMatchObject([{ run: { workflowId: 'wf-left' } }]);
  });

  test('a claimed run waits for its turn past its deadline, which counts from there', async () => {
    vi.useFakeTimers();
    try {
      const repository = new LastingRepository();
      const names = ['RRR', 'Up', 'Baahubali'];
      for (const name of names) await repository.createRun(left(name, name, { deadlineMs: 3000 }));
      const reviews = new FakeReviewClient({ reviews: posts(5) }).onSearch(...names.map(() => ({ delayMs: 2000 })));
      const options = { movies: films(), reviews, repository, spool: false, maxConcurrentWorkflows: 1 } as const;
      const runs = await settled(manage(options).resumePending());
      expect(runs.map(({ workflowId, status, result }) => [workflowId, status, result?.degraded])).toEqual(
        ['Baahubali', 'RRR', 'Up'].map((name) => [name, 'completed', false]),
      );
    } finally {
      vi.useRealTimers();
    }
  });
});
