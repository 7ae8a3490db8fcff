import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  AlertMonitor,
  type AlertNotice,
  type AlertRule,
  ReelflowError,
  StatisticsRecorder,
  WebhookSink,
} from '../../../src/index.js';
import { recordingLogger } from '../../coordinator/helpers.js';
import { setup } from '../../workflow/setup.js';
import { settled } from '../../workflow/turning-clock.js';
import { noon } from './samples.js';

const outOfReach: AlertRule = {
  when: 'success_rate',
  of: 'api:tmdb',
  below: 90,
  overMs: 60_000,
  minimumCalls: 2,
  clearForMs: 30_000,
};

test('what is left out is INVALID_OPTIONS, and named', () => {
  const { manager } = setup();
  const refused = (message: string) =>
    expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(message) });
  const none = undefined as never;
  expect(() => new AlertMonitor(manager, none)).toThrow(refused('rules must be an array of 1 to 1000 rules'));
  expect(() => new AlertMonitor(manager, { rules: [], sinks: [] })).toThrow(refused('rules, got an array of 0'));
  expect(() => new AlertMonitor(none, { rules: [outOfReach], sinks: [() => undefined] })).toThrow(
    refused('AlertMonitor: the first argument'),
  );
  expect(() => new StatisticsRecorder(none)).toThrow(refused('StatisticsRecorder: the first argument'));
  expect(() => new WebhookSink(none)).toThrow(refused('url must be a URL'));
});

function watched(options: Partial<ConstructorParameters<typeof AlertMonitor>[1]> = {}) {
  const { manager, movies } = setup({ cache: false, coordinator: { maxRetries: 0 } });
  const heard: AlertNotice[] = [];
  const monitor = new AlertMonitor(manager, {
    rules: [outOfReach],
    sinks: [(notice) => void heard.push(notice)],
    ...options,
  });
  const search = (name: string) => settled(manager.handleUserSearch(name, { collectNewData: true }));
  const fail = async (times: number) => {
    for (let time = 0; time < times; time += 1) {
      movies.onSearch({ error: new ReelflowError('API_UNAVAILABLE', 'down') });
      await search(`unknown ${Date.now()} ${time}`);
    }
  };
  return { manager, monitor, heard, search, fail };
}

describe('the monitor of a manager', () => {
  beforeEach(() => void vi.useFakeTimers({ now: noon }));
  afterEach(() => void vi.useRealTimers());

  test('tells once when an API begins to fail, and once when it is well again', async () => {
    const { manager, monitor, heard, search, fail } = watched();
    await vi.advanceTimersByTimeAsync(0);
    await fail(3);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(heard).toMatchObject([{ state: 'began', rule: 'success_rate api:tmdb', subject: 'api:tmdb', value: 0 }]);
    expect(monitor.active()).toMatchObject([{ subject: 'api:tmdb', state: 'began' }]);
    for (let round = 0; round < 12; round += 1) {
      await search('RRR');
      await vi.advanceTimersByTimeAsync(10_000);
    }
    expect(heard.map(({ state }) => state)).toEqual(['began', 'ended']);
    expect(heard[1]?.alertId).toBe(heard[0]?.alertId);
    expect(monitor.active()).toEqual([]);
    expect(monitor.sinkStatistics()).toEqual([{ name: 'sinks[0]', delivered: 2, failed: 0, dropped: 0, waiting: 0 }]);
    await settled(manager.close());
    expect(vi.getTimerCount()).toBe(0);
  });

  test('one sink that throws and one that hangs cost the others nothing, and the end does not wait for long', async () => {
    const { logger, lines } = recordingLogger();
    const heard: string[] = [];
    let gaveUp = false;
    const closed: string[] = [];
    const { monitor, fail } = watched({
      logger,
      sinks: [
        {
          name: 'broken',
          notify: () => Promise.reject(new Error('no: api_key=hunter2')),
          close: () => void closed.push('broken'),
        },
        {
          name: 'hung',
          notify: async (_notice, { signal }) => {
            await new Promise((resolve) => signal.addEventListener('abort', resolve));
            gaveUp = true;
          },
          close: () => Promise.reject(new Error('cannot')),
        },
        async function pager({ state }: AlertNotice) {
          heard.push(state);
        },
      ],
    });
    await vi.advanceTimersByTimeAsync(0);
    await fail(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(heard).toEqual(['began']);
    const ended = monitor.close();
    await vi.advanceTimersByTimeAsync(4_999);
    expect(gaveUp).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await ended;
    expect(gaveUp).toBe(true);
    expect(closed).toEqual(['broken']);
    expect(monitor.close()).toBe(ended);
    expect(monitor.sinkStatistics().map(({ name, delivered, failed }) => [name, delivered, failed])).toEqual([
      ['broken', 0, 1],
      ['hung', 1, 0],
      ['pager', 1, 0],
    ]);
    expect(lines.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /^alert 'success_rate api:tmdb' began \(api:tmdb\): api:tmdb: 0 % of 2 calls in 60 s succeeded/,
      ),
      "the alert sink 'broken' did not take a notice",
      "the alert sink 'hung' could not be closed",
    ]);
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  test('judges the samples of a recorder that others use, and leaves it to them', async () => {
    const { manager } = setup();
    const recorder = new StatisticsRecorder(manager, { intervalMs: 1000 });
    const monitor = new AlertMonitor(manager, { rules: [outOfReach], sinks: [() => {}], recorder });
    await vi.advanceTimersByTimeAsync(2500);
    await monitor.close();
    await vi.advanceTimersByTimeAsync(2000);
    expect(recorder.samples()).toHaveLength(5);
    recorder.close();
  });

  test('of a manager that is closed looks at nothing', async () => {
    const { manager } = setup();
    await settled(manager.close());
    const monitor = new AlertMonitor(manager, { rules: [outOfReach], sinks: [() => {}] });
    await monitor.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    [{ sinks: [] }, 'sinks must be an array with at least one sink'],
    [{ sinks: [{}] }, 'sinks[0] must be a function, or an object with the method notify'],
    [{ rules: [] }, 'rules must be an array'],
    [{ closeTimeoutMs: -1 }, 'closeTimeoutMs must be a number of milliseconds'],
    [{ intervalMs: 1 }, 'intervalMs must be a number of milliseconds from 100 up'],
  ])('refuses %j', (options, message) => {
    const { manager } = setup();
    const made = () => new AlertMonitor(manager, { rules: [outOfReach], sinks: [() => {}], ...(options as object) });
    expect(made).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(message) }),
    );
    expect(vi.getTimerCount()).toBe(0);
  });
});
