import { getEventListeners } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { isRetryableCode } from '../../src/errors/error-code.js';
import { type ErrorCode, errorCodes, type WorkflowResult } from '../../src/index.js';
import {
  type Applied,
  type FaultWorld,
  faultWorld,
  type PortName,
  type SeenEvent,
  usable,
  wanted,
} from './fault-world.js';
import { expectSoundResult } from './result-rules.js';
import { rrr } from './setup.js';
import { settled } from './turning-clock.js';

const codesWith = (...prefixes: string[]): ErrorCode[] =>
  errorCodes.filter((code) => prefixes.some((prefix) => code.startsWith(prefix)));
const apiErrors = [...codesWith('API_'), 'CIRCUIT_OPEN', 'UNEXPECTED', 'a TypeError'] as const;
const storeErrors = [...codesWith('DB_', 'DATA_'), 'UNEXPECTED', 'a TypeError'] as const;
type Thrown = ErrorCode | 'a TypeError';

const thrownBy = (name: Thrown): ErrorCode | Error =>
  name === 'a TypeError' ? new TypeError('undefined is not a function') : name;

/** Whose calls fail, and what fails besides: the spool is asked only while the database cannot be written. */
interface Plan {
  readonly port: PortName;
  readonly errors: readonly Thrown[];
  readonly databaseIsDown?: boolean;
}

interface Case extends Plan {
  /** Of all calls of the port. */
  readonly call: number;
  readonly when: 'before' | 'after';
  readonly lasts: 'once' | 'for ever';
  readonly error: Thrown;
}

/** More calls than any search makes. */
const forEver = 80;

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));
beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 4, 15, 12) }));
afterEach(() => void vi.useRealTimers());

/** A full search in a world in which something fails, to its end: what was put aside is replayed, the manager closed. */
async function search(
  world: FaultWorld,
  plan: Plan,
): Promise<{ readonly result: WorkflowResult; readonly calls: number }> {
  if (plan.databaseIsDown === true) {
    world.addFaults('repository', [
      { method: 'apply', error: 'DB_CONNECTION' },
      { method: 'createRun', error: 'DB_CONNECTION' },
    ]);
  }
  const { manager, events } = world.open();
  const { signal } = new AbortController();
  const result = await settled(manager.handleUserSearch('RRR', { maxReviews: wanted, signal }));
  expect(getEventListeners(signal, 'abort'), 'listeners left').toHaveLength(0);
  if (plan.databaseIsDown === true) {
    world.ports.repository.faults.clear();
    await settled(manager.replaySpool().catch(() => null)); // the calls of a replay fail as well
  }
  const calls = world.ports[plan.port].faults.total;
  world.clearFaults();
  expect(await settled(manager.replaySpool())).toMatchObject({ remaining: 0 });
  expect(manager.getAutomationStatistics().performance, 'searches counted').toMatchObject({ running: 0, queued: 0 });
  await settled(manager.close());
  expect(vi.getTimerCount(), 'timers left').toBe(0);
  expectSoundResult(result);
  await expectNothingLost(world, result, events);
  await expectEnded(world, result);
  return { result, calls };
}

/** The result is told the same everywhere, its costs are those that were caused, and what was acknowledged is stored. */
async function expectNothingLost(
  { store, applied, ports, source }: FaultWorld,
  result: WorkflowResult,
  events: SeenEvent[],
) {
  const told = events.filter(({ event }) => event === 'workflow_completed' || event === 'workflow_failed');
  expect(
    told.map(({ data }) => data),
    'the result that was told',
  ).toMatchObject([{ result }]);
  const { apiCalls } = result.cost;
  expect([apiCalls['tmdb'] ?? 0, apiCalls['twitter'] ?? 0], 'calls counted').toEqual([
    ports.movies.faults.total,
    ports.reviews.faults.total,
  ]);
  const rows = await store.findReviews(rrr.tmdbId, { limit: 1000 });
  const known = new Set(source.map(({ tweetId }) => tweetId));
  expect(
    rows.filter(({ tweetId }) => !known.has(tweetId)),
    'posts that nobody wrote',
  ).toEqual([]);
  expect(inserted(applied), 'posts written').toBe(rows.length);
  if (!isStoreAcknowledged(events)) {
    const step = result.steps.find(({ name }) => name === 'store');
    if (step?.status !== 'skipped') expect(step?.error, 'the store step says that it failed').toBeDefined();
    return;
  }
  // A write whose answer was lost is made again, and sets aside again what it refused.
  const aside = new Set((await store.listQuarantine()).map(({ kind, raw }) => `${kind}: ${raw}`));
  const rejected = events.flatMap(({ event, data }) =>
    event === 'record_rejected' ? [`${data.kind}: ${data.raw}`] : [],
  );
  expect([...aside], 'records in quarantine').toEqual(rejected);
  const collected = events.flatMap((seen) => (seen.event === 'data_collected' ? [seen.data] : []));
  const stored = new Set(rows.map(({ tweetId }) => tweetId));
  for (const { reviews, movie } of collected) {
    expect(
      reviews.filter(({ tweetId }) => !stored.has(tweetId)),
      'posts lost',
    ).toEqual([]);
    expect(await store.findMovie({ tmdbId: movie.tmdbId }), 'the film').toMatchObject({ title: movie.title });
  }
}

const inserted = (applied: readonly Applied[]): number =>
  applied.reduce((sum, { report }) => sum + report.reviews.inserted, 0);

/** The store step told that its write is stored, or waits in the spool. */
function isStoreAcknowledged(events: readonly SeenEvent[]): boolean {
  const from = events.findIndex(({ event, data }) => event === 'step_started' && data.step === 'store');
  const to = events.findIndex(({ event, data }) => event === 'step_finished' && data.step === 'store');
  return events.slice(from, to).some(({ event }) => event === 'data_stored' || event === 'storage_diverted');
}

/** The record has ended, or ends when the next process resumes it; one that could never be written was said. */
async function expectEnded(world: FaultWorld, result: WorkflowResult): Promise<void> {
  const run = await world.store.findRun(result.workflowId);
  const unsaid = result.errors.filter(({ step }) => step === undefined);
  if (run?.status !== 'running') {
    if (run === null) expect(unsaid, 'why there is no record').not.toEqual([]);
    else expect(run.status).toBe(result.success ? 'completed' : 'failed');
    return;
  }
  expect(unsaid, 'why the record has no end').not.toEqual([]);
  const { manager } = world.openNext();
  const [resumed] = await settled(manager.resumePending());
  await settled(manager.close());
  expect(resumed, 'the resumed run').toMatchObject({ workflowId: result.workflowId, finishedAt: expect.any(String) });
  expect(['completed', 'failed']).toContain(resumed?.status);
  if (resumed?.result) expectSoundResult(resumed.result);
  expect(vi.getTimerCount(), 'timers left after the resumption').toBe(0);
}

/** The calls of the port in a search in which none of them fails, by method. */
async function callsOf(plan: Plan): Promise<number> {
  const world = faultWorld();
  const { result, calls } = await search(world, plan);
  expect(result).toMatchObject({
    success: true,
    degraded: plan.databaseIsDown === true,
    movie: { reviewsAnalyzed: usable },
  });
  return calls;
}

function casesOf(plan: Plan, calls: number): Case[] {
  return Array.from({ length: calls }, (_, index) => index + 1).flatMap((call) =>
    plan.errors.flatMap((error) =>
      (['before', 'after'] as const).flatMap((when) =>
        (['once', 'for ever'] as const).map((lasts) => ({ ...plan, call, when, lasts, error })),
      ),
    ),
  );
}

/** A cache is only a help, and what is worth a retry got one. */
const leavesNoTrace = ({ port, lasts, error }: Case): boolean =>
  port === 'cache' || (port !== 'spool' && lasts === 'once' && error !== 'a TypeError' && isRetryableCode(error));

async function play(plan: Case): Promise<string | null> {
  const { port, call, when, lasts, error } = plan;
  const world = faultWorld();
  const length = lasts === 'once' ? 1 : forEver;
  const faults = Array.from({ length }, (_, index) => ({ call: call + index, when, error: thrownBy(error) }));
  world.addFaults(port, faults);
  unhandled.length = 0;
  try {
    const { result } = await search(world, plan);
    if (leavesNoTrace(plan)) expect(result.errors, 'errors, although a retry or doing without mends it').toEqual([]);
    expect(world.ports[port].faults.injected.length, 'faults that struck').toBeGreaterThan(0);
    expect(unhandled, 'unhandled rejections').toEqual([]);
    return null;
  } catch (thrown) {
    const [first] = world.ports[port].faults.injected;
    const where = `${port}.${first?.method}, call ${call} of the port, ${error} ${when} it took effect, ${lasts}`;
    return `${where}: ${thrown instanceof Error ? thrown.message.slice(0, 500) : String(thrown)}`;
  }
}

const plans: Plan[] = [
  { port: 'movies', errors: apiErrors },
  { port: 'reviews', errors: apiErrors },
  { port: 'repository', errors: storeErrors },
  { port: 'cache', errors: storeErrors },
  { port: 'spool', errors: storeErrors, databaseIsDown: true },
];

describe('error handling: whichever call of a port fails, by whichever error, nothing acknowledged is lost', () => {
  test.each(plans)('$port', async (plan) => {
    const calls = await callsOf(plan);
    const failures: string[] = [];
    for (const one of casesOf(plan, calls)) {
      const failure = await play(one);
      vi.clearAllTimers(); // those of a search that failed the test
      if (failure !== null) failures.push(failure);
    }
    expect(failures).toEqual([]);
  });
});
