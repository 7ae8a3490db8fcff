import { expect, test, vi } from 'vitest';
import { MemoryRepository, MemorySpool, ReelflowError } from '../../src/index.js';
import { failing } from '../workflow/setup.js';
import { requestAndCheck } from './request-and-check.js';
import { base, sending, serviced, withToken } from './setup.js';

test('a started search is accepted at once, followed while it runs, and found when it has ended', async () => {
  const { app, manager, movies } = serviced();
  const held = Promise.withResolvers<void>();
  movies.onSearch({ delayMs: 1 });
  manager.trigger.registerTrigger('workflow_started', () => held.resolve());
  const { status, headers, json } = await requestAndCheck(app, `${base}/workflows`, sending({ movie_name: 'RRR' }));
  expect(status).toBe(202);
  const self = `${base}/workflows/${json.workflow_id}`;
  expect(headers.get('location')).toBe(self);
  expect(json).toMatchObject({ coalesced: false, links: { self, events: `${self}/events` } });
  await held.promise;
  const during = await requestAndCheck(app, self, withToken());
  expect(during.json).toMatchObject({ status: 'running', movie_name: 'RRR', workflow_result: null, finished_at: null });
  await manager.handleUserSearch('RRR'); // joins it
  const after = await requestAndCheck(app, self, withToken());
  expect(after.json).toMatchObject({ status: 'completed', workflow_result: { movie: { name: 'RRR' } } });
  expect(after.json.steps).toHaveLength(6);
});

test('a search that waits for its turn is queued, and the status lists it', async () => {
  const { app, movies } = serviced({}, { maxConcurrentWorkflows: 1 });
  movies.onSearch({ hang: true });
  const first = await requestAndCheck(app, `${base}/workflows`, sending({ movie_name: 'RRR' }));
  const second = await requestAndCheck(app, `${base}/workflows`, sending({ movie_name: 'Up' }));
  expect([first.json.status, second.json.status]).toEqual(['running', 'queued']);
  const { json } = await requestAndCheck(app, `${base}/status`, withToken());
  expect(json).toMatchObject({
    ready: true,
    active_runs: [
      { workflow_id: first.json.workflow_id, movie_name: 'RRR', status: 'running' },
      { workflow_id: second.json.workflow_id, movie_name: 'Up', status: 'queued', step: null },
    ],
  });
});

test('a search that joins another has its id', async () => {
  const { app, movies } = serviced();
  movies.onSearch({ hang: true });
  const [first, second] = [
    await requestAndCheck(app, `${base}/workflows`, sending({ movie_name: 'RRR' })),
    await requestAndCheck(app, `${base}/workflows`, sending({ movie_name: 'rrr' })),
  ];
  expect(second.json).toMatchObject({ workflow_id: first.json.workflow_id, coalesced: true });
});

test('an unknown search is 404', async () => {
  const memory = new MemoryRepository();
  const findRun = async (id: string) => {
    if (id !== 'workflow_none') throw new ReelflowError('DATA_ENCODING', 'as PostgreSQL says of a NUL');
    return null;
  };
  const { app } = serviced({}, { repository: Object.assign(memory, { findRun }) });
  for (const id of ['workflow_none', '%00', 'x'.repeat(5000)].flatMap((name) => [name, `${name}/events`])) {
    const path = `/workflows/${id}`;
    const { status, json } = await requestAndCheck(app, base + path, withToken());
    expect([status, json.code]).toEqual([404, 'NOT_FOUND']);
  }
});

test('a search that had no turn in time is found with its end, though it has no record', async () => {
  const { app, movies, manager } = serviced({ requestTimeoutMs: 1000 }, { maxConcurrentWorkflows: 1 });
  movies.onSearch({ hang: true });
  await manager.startUserSearch('RRR');
  const { json } = await requestAndCheck(app, `${base}/workflows`, sending({ movie_name: 'Up' }));
  expect(json.status).toBe('queued');
  const ended = () => expect(manager.activeRuns).toHaveLength(1);
  await vi.waitFor(ended, { timeout: 5000 });
  const after = await requestAndCheck(app, json.links.self, withToken());
  expect([after.status, after.json]).toMatchObject([200, { status: 'failed', workflow_result: { success: false } }]);
});

test('a search whose record waits in the spool is found with its result', async () => {
  const down = new Set(['apply', 'createRun', 'findRun', 'findMovie']);
  const repository = failing(new MemoryRepository(), down, () => new ReelflowError('DB_CONNECTION', 'gone'));
  const managed = { repository, spool: new MemorySpool(), coordinator: { retryDelayMs: 1 } };
  const { app, manager } = serviced({}, managed);
  const { json } = await requestAndCheck(app, `${base}/workflows`, sending({ movie_name: 'RRR' }));
  await vi.waitFor(() => expect(manager.activeRuns).toEqual([]), { timeout: 5000 });
  const found = { status: 'completed', workflow_result: { movie: { name: 'RRR' }, degraded: true } };
  const during = await requestAndCheck(app, json.links.self, withToken());
  expect([during.status, during.json]).toMatchObject([200, found]);
  down.clear(); // the database is back, and does not know of the search yet
  const before = await requestAndCheck(app, json.links.self, withToken());
  expect([before.status, before.json]).toMatchObject([200, found]);
});
