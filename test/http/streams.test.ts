import { afterEach, describe, expect, test, vi } from 'vitest';
import { ReelflowError } from '../../src/index.js';
import { CollectingLogger } from '../../src/testing/index.js';
import { MessageReader } from './messages.js';
import { requestAndCheck } from './request-and-check.js';
import { base, type Serviced, sending, serviced, withToken } from './setup.js';

async function open({ app }: Pick<Serviced, 'app'>, path: string, headers: Record<string, string> = {}) {
  const answer = await app.request(base + path, { headers: { ...withToken().headers, ...headers } });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  return new MessageReader(app, answer);
}

const start = async ({ app }: Pick<Serviced, 'app'>, movieName = 'RRR'): Promise<string> =>
  (await requestAndCheck(app, `${base}/workflows`, sending({ movie_name: movieName }))).json.workflow_id;

describe('the events of a search', () => {
  test('come from the first to the last, numbered from 1, and then the stream ends', async () => {
    const made = serviced();
    const id = await start(made);
    const messages = await (await open(made, `/workflows/${id}/events`)).all();
    const [numbering] = messages[0]?.id.split('-') ?? [];
    expect(messages.map((message) => message.id)).toEqual(messages.map((_, index) => `${numbering}-${index + 1}`));
    expect(messages.map(({ event }) => event)).toEqual([
      'workflow_started',
      'step_started',
      'step_finished',
      'step_started',
      'step_finished',
      'step_started',
      'step_finished',
      'data_collected',
      'step_started',
      'data_stored',
      'step_finished',
      'step_started',
      'analysis_completed',
      'step_finished',
      'step_started',
      'recommendation_generated',
      'step_finished',
      'workflow_completed',
    ]);
    expect(messages.at(-1)?.data.workflow_result).toMatchObject({ workflow_id: id, movie: { name: 'RRR' } });
  });

  test('go on after Last-Event-ID', async () => {
    const made = serviced();
    const id = await start(made);
    const all = await (await open(made, `/workflows/${id}/events`)).all();
    const rest = await (await open(made, `/workflows/${id}/events`, { 'Last-Event-ID': all[6]?.id ?? '' })).all();
    expect(rest).toEqual(all.slice(7));
  });

  test('are over, with 204, for who has heard the last one', async () => {
    const made = serviced();
    const id = await start(made);
    const all = await (await open(made, `/workflows/${id}/events`)).all();
    const { status } = await requestAndCheck(made.app, `${base}/workflows/${id}/events`, {
      headers: { ...withToken().headers, 'Last-Event-ID': all.at(-1)?.id ?? '' },
    });
    expect(status).toBe(204);
  });

  test('tell of retries and waits of its calls', async () => {
    const made = serviced({}, { coordinator: { retryDelayMs: 1 } });
    made.movies.onSearch({ error: new ReelflowError('API_UNAVAILABLE', 'busy') });
    const id = await start(made);
    const messages = await (await open(made, `/workflows/${id}/events`)).all();
    expect(messages.find(({ event }) => event === 'retry_scheduled')?.data).toMatchObject({
      workflow_id: id,
      api: 'tmdb',
      attempt: 1,
      error: { code: 'API_UNAVAILABLE' },
    });
  });

  test('are only the end for a search that is known from the store alone', async () => {
    const made = serviced();
    const id = await start(made);
    await (await open(made, `/workflows/${id}/events`)).all();
    const later = serviced({}, { repository: made.repository });
    const messages = await (await open(later, `/workflows/${id}/events`, { 'Last-Event-ID': '3' })).all();
    expect(messages.map(({ event }) => event)).toEqual(['workflow_completed']);
    const again = await requestAndCheck(later.app, `${base}/workflows/${id}/events`, {
      headers: { ...withToken().headers, 'Last-Event-ID': String(messages[0]?.id) },
    });
    expect(again.status).toBe(204);
  });

  test('begin anew for who heard those of another process, however many they were', async () => {
    const made = serviced();
    const id = await start(made);
    const all = await (await open(made, `/workflows/${id}/events`)).all();
    for (const other of ['abcdef012345-7', 'abcdef012345-18', 'abcdef012345-200', '18']) {
      const again = await (await open(made, `/workflows/${id}/events`, { 'Last-Event-ID': other })).all();
      expect(again).toEqual(all);
    }
  });

  test('cost no log line when the reader has gone before they are there', async () => {
    const logger = new CollectingLogger();
    const made = serviced({ logger, maxStreams: 1 });
    const id = await start(made);
    const gone = new Request(`http://localhost${base}/workflows/${id}/events`, {
      ...withToken(),
      signal: AbortSignal.abort(),
    });
    await (await made.app.request(gone)).text();
    expect(logger.lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect(await (await open(made, `/workflows/${id}/events`)).all()).toHaveLength(18); // its place is free again
  });

  test('end with workflow_failed for one that had no turn in time', async () => {
    vi.useFakeTimers();
    const made = serviced({ requestTimeoutMs: 2000 }, { maxConcurrentWorkflows: 1 });
    made.movies.onSearch({ hang: true });
    await made.manager.startUserSearch('RRR');
    const id = await start(made, 'Up');
    const reader = await open(made, `/workflows/${id}/events`);
    await vi.advanceTimersByTimeAsync(2000);
    expect((await reader.all()).map(({ event }) => event)).toEqual(['workflow_failed']);
  });

  test('beat every 15 seconds while nothing happens', async () => {
    vi.useFakeTimers();
    const made = serviced();
    made.movies.onSearch({ hang: true }, { hang: true }, { hang: true });
    const reader = await open(made, `/workflows/${await start(made)}/events`);
    const ended = reader.all();
    await vi.advanceTimersByTimeAsync(31_000);
    const closed = made.manager.close({ graceMs: 0 });
    await vi.advanceTimersByTimeAsync(1);
    await Promise.all([ended, closed]);
    expect(reader.comments).toBe(2);
  });
});

describe('the stream of everything', () => {
  test('tells the statistics at once, then what happens', async () => {
    const made = serviced();
    const reader = await open(made, '/events');
    const first = await reader.next();
    expect(first).toMatchObject({ event: 'stats', data: { status: { ready: true }, trigger_history: 0 } });
    expect(first?.id).toMatch(/^[0-9a-f]{12}-0$/);
    await start(made);
    const events = (await reader.until('workflow_completed')).map(({ event }) => event);
    expect(events.filter((event) => event === 'user_search')).toHaveLength(1);
    expect(events.filter((event) => event === 'step_finished')).toHaveLength(6);
    await reader.leave();
  });

  test('goes on after Last-Event-ID, and begins anew after one of another process', async () => {
    const made = serviced();
    const reader = await open(made, '/events');
    await start(made);
    const told = (await reader.until('workflow_completed')).filter(({ event }) => event !== 'stats');
    await reader.leave();
    const again = await open(made, '/events', { 'Last-Event-ID': told[3]?.id ?? '' });
    const rest = (await again.until('workflow_completed')).filter(({ event }) => event !== 'stats');
    expect(rest).toEqual(told.slice(4));
    await again.leave();
    const other = await open(made, '/events', { 'Last-Event-ID': 'abcdef012345-7' });
    expect((await other.next())?.event).toBe('reset');
    expect((await other.next())?.event).toBe('stats');
    await other.leave();
  });

  test('tells the statistics again when something changed, and each 15 seconds anyway', async () => {
    vi.useFakeTimers();
    const made = serviced();
    const reader = await open(made, '/events');
    await vi.advanceTimersByTimeAsync(2000); // the first look of all
    await reader.next();
    await reader.next();
    const next = reader.next();
    let told = false;
    void next.then(() => {
      told = true;
    });
    await vi.advanceTimersByTimeAsync(12_000);
    expect(told).toBe(false);
    await vi.advanceTimersByTimeAsync(4000);
    expect((await next)?.event).toBe('stats');
    await made.manager.trigger.triggerEvent('circuit_opened', { api: 'tmdb' });
    await vi.advanceTimersByTimeAsync(2000);
    expect((await reader.until('stats')).map(({ event }) => event)).toEqual(['circuit_opened', 'stats']);
    await reader.leave();
  });

  test('has no event of a kind that it does not know, whose data could be anything', async () => {
    const made = serviced();
    const reader = await open(made, '/events');
    Reflect.apply(made.manager.trigger.fire, made.manager.trigger, ['my_event', { secret: 1 }]);
    await made.manager.trigger.triggerEvent('circuit_closed', { operation: 'find_movie' });
    const events = await reader.until('circuit_closed');
    expect(events.map(({ event }) => event)).not.toContain('my_event');
    await reader.leave();
  });
});

describe('a reader that does not read', () => {
  test('costs no memory of its own: it is dropped when it has fallen behind what is kept, and resumes', async () => {
    const made = serviced();
    const answer = await made.app.request(`${base}/events`, withToken());
    const reader = new MessageReader(made.app, answer);
    const seen = await reader.next();
    for (let count = 0; count < 1200; count += 1)
      await made.manager.trigger.triggerEvent('circuit_opened', { api: 'tmdb' });
    await expect(reader.all()).rejects.toThrow('too slow');
    const again = await open(made, '/events', { 'Last-Event-ID': seen?.id ?? '' });
    expect((await again.next())?.event).toBe('reset');
    await again.leave();
  });

  test('is dropped after two beats', async () => {
    vi.useFakeTimers();
    const made = serviced();
    const answer = await made.app.request(`${base}/events`, withToken());
    for (let count = 0; count < 10; count += 1)
      await made.manager.trigger.triggerEvent('circuit_opened', { api: 'tmdb' });
    await vi.advanceTimersByTimeAsync(30_000);
    await expect(new MessageReader(made.app, answer).all()).rejects.toThrow('too slow');
  });
});

test('streams are limited in number, and one that is left makes room', async () => {
  const made = serviced({ maxStreams: 1 });
  const reader = await open(made, '/events');
  const refused = await requestAndCheck(made.app, `${base}/events`, withToken());
  expect([refused.status, refused.json.code]).toEqual([429, 'TOO_MANY_REQUESTS']);
  expect(refused.headers.get('retry-after')).toBe('5');
  await reader.leave();
  await (await open(made, '/events')).leave();
});

test('a HEAD of a stream opens none', async () => {
  const { app } = serviced({ maxStreams: 0 });
  expect((await requestAndCheck(app, `${base}/events`, { method: 'HEAD', ...withToken() })).status).toBe(200);
});

test('streams end when the manager closes, and no new one begins', async () => {
  const made = serviced();
  made.movies.onSearch({ hang: true });
  const [everything, run] = [await open(made, '/events'), await open(made, `/workflows/${await start(made)}/events`)];
  const closed = made.manager.close({ graceMs: 0 });
  await Promise.all([everything.all(), run.all(), closed]);
  const refused = await requestAndCheck(made.app, `${base}/events`, withToken());
  expect([refused.status, refused.json.code]).toEqual([503, 'CLOSED']);
});

afterEach(() => void vi.useRealTimers());
