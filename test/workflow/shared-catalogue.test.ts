import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  AutomatedCoordinator,
  type AutomatedWorkflowManager,
  type CatalogueOptions,
  MemoryRepository,
  type MovieLookup,
  MovieRecommender,
} from '../../src/index.js';
import { CatalogueIndex } from '../../src/workflow/catalogue-index.js';
import { RunCalls } from '../../src/workflow/run-calls.js';
import { errorOf, rrr, setup, up } from './setup.js';

/** Its readings wait for a word, each for its own. */
class HeldRepository extends MemoryRepository {
  readonly readings: PromiseWithResolvers<void>[] = [];
  isHeld = true;

  override async *catalogue(options?: CatalogueOptions) {
    if (this.isHeld) {
      const held = Promise.withResolvers<void>();
      this.readings.push(held);
      await held.promise;
    }
    yield* super.catalogue(options);
  }

  /** This reading goes on, or fails. */
  async release(number: number, error?: Error): Promise<void> {
    await vi.waitFor(() => expect(this.readings.length).toBeGreaterThanOrEqual(number));
    const held = this.readings[number - 1];
    if (error === undefined) held?.resolve();
    else held?.reject(error);
  }
}

afterEach(() => {
  vi.useRealTimers();
});

const stored = { movie: rrr, relatedIds: [], fetchedAt: new Date().toISOString() };

async function indexed() {
  const repository = new HeldRepository();
  await repository.apply({ film: stored });
  const catalogue = new CatalogueIndex(repository, new MovieRecommender());
  const coordinator = new AutomatedCoordinator({ maxRetries: 0 });
  const callsOf = (signal: AbortSignal, deadlineMs = 60_000) =>
    new RunCalls({ coordinator, signal, priority: 'interactive', deadlineMs });
  return { repository, catalogue, callsOf, whole: new AbortController().signal };
}

/** One reads by itself, the next three share a reading, which the second of all begins. */
async function four(leaver: AbortSignal, deadlineMs?: number) {
  const made = await indexed();
  const { repository, catalogue, callsOf, whole } = made;
  const first = catalogue.refresh(callsOf(whole));
  await vi.waitFor(() => expect(repository.readings).toHaveLength(1));
  const second = errorOf(catalogue.refresh(callsOf(leaver, deadlineMs)));
  const others = [catalogue.refresh(callsOf(whole)), catalogue.refresh(callsOf(whole))];
  await repository.release(1);
  await first;
  await vi.waitFor(() => expect(repository.readings).toHaveLength(2));
  return { ...made, second, others };
}

describe('a reading of the catalogue that several searches share', () => {
  test('goes on when the one that began it leaves', async () => {
    const leaver = new AbortController();
    const { repository, second, others } = await four(leaver.signal);
    leaver.abort();
    expect(await second).toMatchObject({ code: 'CANCELLED' });
    await repository.release(2);
    await Promise.all(others);
    expect(repository.readings).toHaveLength(2);
  });

  test('goes on when the deadline of the one that began it has come', async () => {
    vi.useFakeTimers();
    const { repository, second, others } = await four(new AbortController().signal, 10_000);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await second).toMatchObject({ code: 'DB_TIMEOUT' });
    await repository.release(2);
    await Promise.all(others);
    expect(repository.readings).toHaveLength(2);
  });

  test('ends when all have left: the next one reads anew, and what failed for nobody hurts nobody', async () => {
    const { repository, catalogue, callsOf, whole } = await indexed();
    const leavers = [new AbortController(), new AbortController()];
    const left = leavers.map(({ signal }) => errorOf(catalogue.refresh(callsOf(signal))));
    await vi.waitFor(() => expect(repository.readings).toHaveLength(1));
    for (const leaver of leavers) leaver.abort();
    expect(await Promise.all(left)).toMatchObject([{ code: 'CANCELLED' }, { code: 'CANCELLED' }]);
    const next = catalogue.refresh(callsOf(whole));
    await repository.release(2);
    await next;
    expect(catalogue.shown(rrr.tmdbId)).toMatchObject({ title: 'RRR' });
    await repository.release(1, new Error('the connection was lost'));
  });

  test('fails for all of them when it fails', async () => {
    const { repository, catalogue, callsOf, whole } = await indexed();
    repository.isHeld = false;
    await catalogue.refresh(callsOf(whole));
    repository.isHeld = true;
    const first = catalogue.refresh(callsOf(whole));
    await vi.waitFor(() => expect(repository.readings).toHaveLength(1));
    const others = [1, 2].map(() => errorOf(catalogue.refresh(callsOf(whole))));
    await repository.release(1);
    await first;
    await repository.release(2, new Error('the disk is full'));
    expect(await Promise.all(others)).toMatchObject([{ message: 'the disk is full' }, { message: 'the disk is full' }]);
  });

  test('does not end the searches of others', async () => {
    const repository = new HeldRepository();
    repository.isHeld = false;
    const { manager } = setup({ repository });
    for (const name of ['RRR', 'Up', 'Baahubali: The Beginning']) await manager.handleUserSearch(name);
    repository.isHeld = true;
    const leaver = new AbortController();
    const first = manager.handleUserSearch('RRR');
    await vi.waitFor(() => expect(repository.readings).toHaveLength(1));
    const second = errorOf(manager.handleUserSearch('Up', { signal: leaver.signal }));
    const third = manager.handleUserSearch('Baahubali: The Beginning');
    const fourth = manager.recommendStored({ tmdbId: up.tmdbId });
    await repository.release(1);
    await first;
    await vi.waitFor(() => expect(repository.readings).toHaveLength(2));
    leaver.abort();
    expect(await second).toMatchObject({ code: 'CANCELLED' });
    repository.isHeld = false;
    await repository.release(2);
    expect(await third).toMatchObject({ success: true, degraded: false });
    expect(await fourth).toMatchObject({ degraded: false });
    await manager.close();
  });
});

describe('a film that is stored anew while a slow search has it as it was', () => {
  /** Finds a film, and its posts, only when it may. */
  class SlowRepository extends MemoryRepository {
    held: Promise<void> | undefined;
    waiting = 0;

    override async findMovie(by: MovieLookup) {
      const found = await super.findMovie(by);
      if ('tmdbId' in by) await this.#wait();
      return found;
    }

    override async findReviews(...parameters: Parameters<MemoryRepository['findReviews']>) {
      await this.#wait();
      return super.findReviews(...parameters);
    }

    async #wait(): Promise<void> {
      if (this.held !== undefined) this.waiting += 1;
      await this.held;
    }
  }

  test.each<[what: string, slow: (manager: AutomatedWorkflowManager) => Promise<unknown>]>([
    ['a search', (manager) => manager.handleUserSearch('Up')],
    ['recommendStored', (manager) => manager.recommendStored({ tmdbId: up.tmdbId })],
  ])('stays new in what is recommended: %s', async (_what, slow) => {
    const repository = new SlowRepository();
    const { manager } = setup({ repository });
    for (const name of ['RRR', 'Up', 'Baahubali: The Beginning']) await manager.handleUserSearch(name);
    const ratingNear = async (seed: string) =>
      (await manager.handleUserSearch(seed)).recommendations.find(({ tmdbId }) => tmdbId === up.tmdbId)?.rating;
    const { promise, resolve } = Promise.withResolvers<void>();
    repository.held = promise;
    const late = slow(manager);
    await vi.waitFor(() => expect(repository.waiting).toBe(1));
    repository.held = undefined;
    await repository.apply({
      film: { movie: { ...up, rating: 9.9 }, relatedIds: [], fetchedAt: new Date().toISOString() },
    });
    expect(await ratingNear('RRR')).toBe(9.9);
    resolve();
    await late;
    expect(await ratingNear('RRR')).toBe(9.9);
    expect(await ratingNear('Baahubali: The Beginning')).toBe(9.9);
    await manager.close();
  });
});
