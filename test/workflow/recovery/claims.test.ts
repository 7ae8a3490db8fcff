import { describe, expect, test, vi } from 'vitest';
import type { ManagerOptions, Repository } from '../../../src/index.js';
import { FakeReviewClient } from '../../../src/testing/index.js';
import { posts } from '../setup.js';
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
});
