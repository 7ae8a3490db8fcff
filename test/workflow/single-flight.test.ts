import { describe, expect, test } from 'vitest';
import { SingleFlight } from '../../src/workflow/single-flight.js';
import { errorOf } from './setup.js';

const never = new AbortController().signal;

/** Work that ends when it is told, or with the reason of its signal. */
function work() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let started = 0;
  const run = (signal: AbortSignal) => {
    started += 1;
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    return promise;
  };
  return { run, resolve, reject, started: () => started };
}

describe('single flight', () => {
  test('those who come while it runs share it; who comes later starts anew', async () => {
    const flights = new SingleFlight<string>();
    const { run, resolve, started } = work();
    const first = flights.join('a', 10, never, run);
    const second = flights.join('a', 5, never, run);
    expect([first.started, second.started]).toEqual([true, false]);
    resolve('done');
    expect(await Promise.all([first.promise, second.promise])).toEqual(['done', 'done']);
    expect(flights.join('a', 5, never, run).started).toBe(true);
    expect(started()).toBe(2);
  });

  test('one that brings less, or of another key, is not shared', () => {
    const flights = new SingleFlight<string>();
    const { run } = work();
    flights.join('a', 5, never, run);
    expect(flights.join('a', 6, never, run).started).toBe(true);
    expect(flights.join('b', 1, never, run).started).toBe(true);
  });

  test('who leaves is CANCELLED alone; the last one stops it, and who comes then gets a new one', async () => {
    const flights = new SingleFlight<string>();
    const { run } = work();
    const [one, two] = [new AbortController(), new AbortController()];
    const first = flights.join('a', 1, one.signal, run);
    const second = flights.join('a', 1, two.signal, run);
    one.abort();
    expect(await errorOf(first.promise)).toMatchObject({ code: 'CANCELLED' });
    two.abort(new Error('gone'));
    const other = work();
    const third = flights.join('a', 1, never, other.run);
    expect(third.started).toBe(true);
    expect(await errorOf(second.promise)).toMatchObject({ code: 'CANCELLED' });
    other.resolve('new');
    expect(await third.promise).toBe('new');
  });

  test('a failure reaches everybody', async () => {
    const flights = new SingleFlight<string>();
    const { run, reject } = work();
    const both = [flights.join('a', 1, never, run), flights.join('a', 1, never, run)].map(({ promise }) =>
      errorOf(promise),
    );
    reject(new Error('broken'));
    expect(await Promise.all(both)).toMatchObject([{ message: 'broken' }, { message: 'broken' }]);
  });

  test('who has left hears no more of what the work announces', async () => {
    const flights = new SingleFlight<string, number>();
    const { promise, resolve } = Promise.withResolvers<void>();
    const run = async (_signal: AbortSignal, announce: (page: number) => Promise<void>) => {
      await announce(1);
      await promise;
      await announce(2);
      return 'done';
    };
    const heard: Array<[string, number]> = [];
    const hears = (who: string) => async (page: number) => void heard.push([who, page]);
    const gone = new AbortController();
    const stays = flights.join('a', 1, never, run, { onProgress: hears('stays') });
    const leaves = errorOf(flights.join('a', 1, gone.signal, run, { onProgress: hears('leaves') }).promise);
    gone.abort();
    expect(await leaves).toMatchObject({ code: 'CANCELLED' });
    resolve();
    expect(await stays.promise).toBe('done');
    expect(heard).toEqual([
      ['stays', 1],
      ['leaves', 1],
      ['stays', 2],
    ]);
  });
});
