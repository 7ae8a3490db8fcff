import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WriteBatch } from '../../src/index.js';
import { type FaultWorld, faultWorld, type PortName, usable, wanted } from './fault-world.js';
import { expectSoundResult } from './result-rules.js';
import { rrr } from './setup.js';
import { settled, turn } from './turning-clock.js';

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 4, 15, 12) }));
afterEach(() => void vi.useRealTimers());

interface Plan {
  readonly port: PortName;
  readonly databaseIsDown?: boolean;
}

interface Cut extends Plan {
  readonly call: number;
  readonly when: 'before' | 'after';
}

const databaseDown = [
  { method: 'apply', error: 'DB_CONNECTION' },
  { method: 'createRun', error: 'DB_CONNECTION' },
] as const;

function begin(world: FaultWorld, { databaseIsDown = false }: Plan) {
  if (databaseIsDown) world.addFaults('repository', databaseDown);
  const { manager, events } = world.open();
  const { signal } = new AbortController();
  const search = manager.handleUserSearch('RRR', { maxReviews: wanted, signal });
  const outcome = search.then(
    () => 'a result',
    (error: { code?: string }) => error.code,
  );
  return { manager, events, signal, outcome };
}

async function callsOf(plan: Plan): Promise<number> {
  const world = faultWorld();
  const { manager, outcome } = begin(world, plan);
  expect(await settled(outcome)).toBe('a result');
  const { total } = world.ports[plan.port].faults;
  world.clearFaults();
  await settled(manager.close());
  return total;
}

/** What is safe of the run, in the spool too: the keys of its checkpoints, and whether its posts are stored, and its end. */
async function kept({ applied, spooled }: FaultWorld) {
  const batches: WriteBatch[] = applied.map(({ batch }) => batch);
  for await (const { batch } of spooled.read()) batches.push(batch);
  return {
    keys: new Set(batches.flatMap(({ checkpoints = [] }) => checkpoints.map(({ key }) => key))),
    isStored: batches.some(({ steps }) => steps?.reports.some(({ name }) => name === 'store') === true),
    isEnded: batches.some(({ run }) => run?.status === 'completed'),
  };
}

async function cutAndResume(plan: Cut): Promise<void> {
  const { port, call, when } = plan;
  const world = faultWorld();
  world.addFaults(port, [{ call, when, hang: true }]);
  const { manager, signal, outcome } = begin(world, plan);
  const hasHung = () => world.ports[port].faults.injected.length > 0;
  for (let step = 0; !hasHung() && step < 200; step += 1) {
    await turn();
    if (!hasHung()) vi.advanceTimersToNextTimer(); // a retry waits before it
  }
  expect(hasHung(), 'it hangs').toBe(true);
  await settled(manager.close({ graceMs: 0 }));
  expect(['CLOSED', 'a result']).toContain(await settled(outcome));
  expect(vi.getTimerCount(), 'timers left').toBe(0);
  expect(getEventListeners(signal, 'abort'), 'listeners left').toHaveLength(0);

  const { keys, isStored, isEnded } = await kept(world);
  const before = { films: world.movies.calls.length, pages: world.reviews.calls.length };
  world.clearFaults();
  const { manager: next } = world.openNext();
  const runs = await settled(next.resumePending());
  expect(await settled(next.replaySpool()), 'what waits').toMatchObject({ remaining: 0 });
  const again = world.movies.calls.slice(before.films).map(({ method }) => method);
  if (keys.has('film')) expect(again, 'searched again').not.toContain('searchMovies');
  if (keys.has('details')) expect(again, 'details again').not.toContain('getMovie');
  if (isStored) expect(world.reviews.calls.length, 'pages after the store').toBe(before.pages);
  expect(world.reviews.calls.length, 'pages bought').toBeLessThanOrEqual(2 + 1);
  await settled(next.close());
  expect(vi.getTimerCount(), 'timers left after the resumption').toBe(0);
  for (const { result, status, finishedAt } of runs) {
    expect({ status, finishedAt }).toEqual({ status: 'completed', finishedAt: expect.any(String) });
    if (result === null) throw new Error('a resumed run has no result');
    expectSoundResult(result);
    expect(result.movie).toMatchObject({ tmdbId: rrr.tmdbId, reviewsAnalyzed: usable });
    expect(await world.store.findReviews(rrr.tmdbId, { limit: 100 })).toHaveLength(usable);
  }
  expect(runs.length, 'runs resumed').toBeLessThanOrEqual(isEnded ? 0 : 1);
  if (runs.length === 0 && !isEnded) expect(before, 'bought before there was a record').toEqual({ films: 0, pages: 0 });
}

const plans: Plan[] = [
  { port: 'movies' },
  { port: 'reviews' },
  { port: 'repository' },
  { port: 'cache' },
  { port: 'spool', databaseIsDown: true },
];

describe('database coordination: wherever a search is cut, the next process finishes it and buys little twice', () => {
  test.each(plans)('$port', async (plan) => {
    const calls = await callsOf(plan);
    const failures: string[] = [];
    for (let call = 1; call <= calls; call += 1) {
      for (const when of ['before', 'after'] as const) {
        try {
          await cutAndResume({ ...plan, call, when });
        } catch (thrown) {
          failures.push(`call ${call} of ${calls} hangs ${when} it took effect: ${String(thrown).slice(0, 700)}`);
        }
        vi.clearAllTimers();
      }
    }
    expect(failures).toEqual([]);
  });
});
