import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WorkflowTrigger } from '../../src/index.js';

type Events = { sold: { seats: number }; closed: { at: string } };

describe('automatic workflow triggering: the trigger', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('outcomes come in order of registration, wildcards among them, whatever ends first', async () => {
    const trigger = new WorkflowTrigger<Events>();
    trigger.registerTrigger('sold', ({ seats }) => new Promise((resolve) => setTimeout(() => resolve(seats), 50)), {
      name: 'slow',
    });
    trigger.registerTrigger('*', (_data, { event }) => event, { name: 'all' });
    trigger.registerTrigger('sold', () => 'fast', { name: 'fast' });
    const outcomes = trigger.triggerEvent('sold', { seats: 2 });
    await vi.advanceTimersByTimeAsync(50);
    expect(await outcomes).toEqual([
      { callback: 'slow', success: true, result: 2, durationMs: 50 },
      { callback: 'all', success: true, result: 'sold', durationMs: 0 },
      { callback: 'fast', success: true, result: 'fast', durationMs: 0 },
    ]);
  });

  test('each has its own duration, also where another one holds up the turn', async () => {
    const trigger = new WorkflowTrigger<Events>();
    const busy = (ms: number) => void vi.advanceTimersByTime(ms);
    const callbacks = {
      early: async () => undefined,
      busy: async () => {
        await null;
        busy(30);
      },
      behind: async () => {
        await null;
        await null;
      },
      failing: async () => {
        await null;
        busy(20);
        throw new Error('no seat');
      },
    };
    for (const [name, callback] of Object.entries(callbacks)) trigger.registerTrigger('sold', callback, { name });
    const outcomes = await trigger.triggerEvent('sold', { seats: 2 });
    expect(outcomes.map(({ callback, durationMs }) => [callback, durationMs])).toEqual([
      ['early', 0],
      ['busy', 50], // heard of after the one that held up the turn
      ['behind', 50],
      ['failing', 50],
    ]);
  });

  test('callbacks run side by side, and are called before triggerEvent returns', async () => {
    const trigger = new WorkflowTrigger<Events>();
    const called: string[] = [];
    trigger.registerTrigger('sold', () => called.push('one'));
    trigger.registerTrigger('sold', () => called.push('two'));
    const outcomes = trigger.triggerEvent('sold', { seats: 1 });
    expect(called).toEqual(['one', 'two']);
    await outcomes;
  });

  test('one that throws, rejects or hangs never stops another', async () => {
    const trigger = new WorkflowTrigger<Events>();
    let heard: AbortSignal | undefined;
    trigger.registerTrigger('sold', () => {
      throw new Error('sync');
    });
    trigger.registerTrigger('sold', () => Promise.reject('no error at all'));
    trigger.registerTrigger(
      'sold',
      (_data, { signal }) => {
        heard = signal;
        return new Promise(() => undefined);
      },
      { timeoutMs: 1000, name: 'hangs' },
    );
    trigger.registerTrigger('sold', () => 'fine');
    const outcomes = trigger.triggerEvent('sold', { seats: 1 });
    await vi.advanceTimersByTimeAsync(1000);
    const [sync, rejected, hangs, fine] = await outcomes;
    expect(sync).toMatchObject({ success: false, error: { message: 'sync' } });
    expect(rejected).toMatchObject({ success: false, error: { code: 'UNEXPECTED' } });
    expect(hangs).toMatchObject({
      callback: 'hangs',
      success: false,
      durationMs: 1000,
      error: { message: expect.stringContaining('1000 ms') },
    });
    expect(heard?.aborted).toBe(true);
    expect(fine).toMatchObject({ success: true, result: 'fine' });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a callback times out after 30 s by default, and never with Infinity', async () => {
    const trigger = new WorkflowTrigger<Events>();
    trigger.registerTrigger('sold', () => new Promise(() => undefined), { name: 'default' });
    trigger.registerTrigger('sold', () => new Promise((resolve) => setTimeout(resolve, 90_000)), {
      timeoutMs: Number.POSITIVE_INFINITY,
    });
    const outcomes = trigger.triggerEvent('sold', { seats: 1 });
    await vi.advanceTimersByTimeAsync(90_000);
    expect((await outcomes).map(({ success, durationMs }) => [success, durationMs])).toEqual([
      [false, 30_000],
      [true, 90_000],
    ]);
  });

  test('an abort ends all that are under way at once, and reaches their signals', async () => {
    const trigger = new WorkflowTrigger<Events>();
    const controller = new AbortController();
    let heard: AbortSignal | undefined;
    trigger.registerTrigger('sold', (_data, { signal }) => {
      heard = signal;
      return new Promise(() => undefined);
    });
    const outcomes = trigger.triggerEvent('sold', { seats: 1 }, { signal: controller.signal });
    controller.abort();
    expect(await outcomes).toMatchObject([{ success: false, error: { code: 'CANCELLED' } }]);
    expect(heard?.aborted).toBe(true);
    const late = vi.fn();
    trigger.registerTrigger('closed', late);
    expect(await trigger.triggerEvent('closed', { at: '' }, { signal: controller.signal })).toMatchObject([
      { success: false },
    ]);
    expect(late).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('once hears once; unregister stops it, and does so twice without harm', async () => {
    const trigger = new WorkflowTrigger<Events>();
    const [once, twice] = [vi.fn(), vi.fn()];
    trigger.registerTrigger('sold', once, { once: true });
    const unregister = trigger.registerTrigger('sold', twice);
    await trigger.triggerEvent('sold', { seats: 1 });
    await trigger.triggerEvent('sold', { seats: 2 });
    unregister();
    unregister();
    expect(await trigger.triggerEvent('sold', { seats: 3 })).toEqual([]);
    expect([once.mock.calls.length, twice.mock.calls.length]).toEqual([1, 2]);
  });

  test('the history is bounded, newest last, with outcomes; the total is exact', async () => {
    const trigger = new WorkflowTrigger<Events>({ historySize: 3 });
    trigger.registerTrigger(
      'sold',
      ({ seats }) => {
        if (seats === 5) throw new Error('sold out');
      },
      { name: 'count' },
    );
    for (let seats = 1; seats <= 5; seats += 1) await trigger.triggerEvent('sold', { seats });
    expect(trigger.totalFired).toBe(5);
    expect(trigger.history.map(({ data }) => data)).toEqual([{ seats: 3 }, { seats: 4 }, { seats: 5 }]);
    expect(trigger.history.at(-1)).toMatchObject({
      event: 'sold',
      outcomes: [{ callback: 'count', success: false, error: 'sold out' }],
    });
    trigger.history.length = 0;
    expect(trigger.history).toHaveLength(3);
  });

  test('the history keeps no credential of an error, and no more than the beginning of a long one', async () => {
    const trigger = new WorkflowTrigger<Events>();
    const fails = (message: string) => () => Promise.reject(new Error(message));
    trigger.registerTrigger('sold', fails('GET https://api.example/?api_key=0123456789abcdef failed'));
    trigger.registerTrigger('sold', fails('x'.repeat(1_000_000)));
    await trigger.triggerEvent('sold', { seats: 1 });
    const [short, long] = trigger.history[0]?.outcomes ?? [];
    expect(short?.error).toBe('GET https://api.example/?api_key=[redacted] failed');
    expect(long?.error).toHaveLength(1000);
  });

  test('a delivery has no entry in the history', async () => {
    const trigger = new WorkflowTrigger<Events>();
    trigger.registerTrigger('sold', () => 1, { name: 'one' });
    const [delivery] = trigger.deliver('sold', { seats: 1 });
    expect(await delivery?.outcome).toMatchObject({ callback: 'one', success: true });
    expect([trigger.totalFired, trigger.history]).toEqual([0, []]);
  });

  test('the history keeps 1,000 by default', async () => {
    const trigger = new WorkflowTrigger<Events>();
    for (let seats = 0; seats < 1005; seats += 1) await trigger.triggerEvent('sold', { seats });
    expect(trigger.history).toHaveLength(1000);
    expect(trigger.totalFired).toBe(1005);
  });

  test.each([
    [() => new WorkflowTrigger().registerTrigger('' as 'user_search', () => 1), 'event'],
    [() => new WorkflowTrigger().registerTrigger('user_search', 'x' as never), 'function'],
    [() => new WorkflowTrigger().registerTrigger('user_search', () => 1, { timeoutMs: 0 }), 'timeoutMs'],
    [() => new WorkflowTrigger().registerTrigger('user_search', () => 1, { name: '' }), 'name'],
    [() => new WorkflowTrigger().registerTrigger('user_search', () => 1, { once: 'yes' as never }), 'once'],
    [() => new WorkflowTrigger({ historySize: -1 }), 'historySize'],
    [() => new WorkflowTrigger().fire(7 as never, {} as never), 'event'],
  ])('a mistake is named', (work, name) => {
    expect(work).toThrow(
      expect.objectContaining({
        code: expect.stringMatching(/^INVALID_(INPUT|OPTIONS)$/),
        message: expect.stringContaining(name),
      }),
    );
  });
});
