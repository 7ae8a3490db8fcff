import { describe, expect, test, vi } from 'vitest';
import type { AutomatedCoordinator } from '../../src/coordinator/automated-coordinator.js';
import type { Priority } from '../../src/domain/workflow-run.js';
import { coordinatorWith, failsThenAnswers, failure, settled, withFakeTime } from './helpers.js';

/** Calls wait behind one that took the only place; the order in which they start is told. */
function queue(coordinator: AutomatedCoordinator) {
  const order: string[] = [];
  const work: Promise<unknown>[] = [];
  const ask = (name: string, priority: Priority, signal?: AbortSignal) => {
    const options = signal === undefined ? { priority } : { priority, signal };
    work.push(coordinator.coordinateApiCall('api', () => order.push(name), options));
  };
  return { order, ask, done: () => settled(Promise.all(work)) };
}

const oneByOne = { api: { limits: [{ calls: 1, windowMs: 1000 }] } };

describe('waiters', () => {
  withFakeTime();

  test('start in the order in which they came', async () => {
    const { order, ask, done } = queue(coordinatorWith(oneByOne));
    const names = Array.from({ length: 20 }, (_, index) => `call ${index}`);
    for (const name of names) ask(name, 'interactive');
    await done();
    expect(order).toEqual(names);
  });

  test('interactive ones start before background ones', async () => {
    const { order, ask, done } = queue(coordinatorWith(oneByOne));
    ask('first', 'background');
    ask('b1', 'background');
    ask('b2', 'background');
    ask('i1', 'interactive');
    ask('i2', 'interactive');
    await done();
    expect(order).toEqual(['first', 'i1', 'i2', 'b1', 'b2']);
  });

  test('background is not starved: one after every four interactive', async () => {
    const { order, ask, done } = queue(coordinatorWith(oneByOne));
    ask('first', 'interactive');
    for (let index = 1; index <= 3; index += 1) ask(`b${index}`, 'background');
    for (let index = 1; index <= 10; index += 1) ask(`i${index}`, 'interactive');
    await done();
    expect(order.join(' ')).toBe('first i1 i2 i3 i4 b1 i5 i6 i7 i8 b2 i9 i10 b3');
  });

  test('background is not starved by interactive calls that keep coming', async () => {
    const { order, ask, done } = queue(coordinatorWith(oneByOne));
    ask('first', 'interactive');
    ask('background', 'background');
    for (let index = 0; index < 12; index += 1) {
      ask(`i${index}`, 'interactive');
      await vi.advanceTimersByTimeAsync(500);
      ask(`j${index}`, 'interactive');
      await vi.advanceTimersByTimeAsync(500);
    }
    await done();
    expect(order.indexOf('background')).toBe(5);
  });

  test('an aborted one leaves its lane; the others move up', async () => {
    const { order, ask, done } = queue(coordinatorWith(oneByOne));
    const controller = new AbortController();
    ask('first', 'interactive');
    ask('b1', 'background');
    ask('i1', 'interactive', controller.signal);
    ask('i2', 'interactive');
    controller.abort();
    await done();
    expect(order).toEqual(['first', 'i2', 'b1']);
  });

  test('a retry of a background call stays in the background lane, at its end', async () => {
    const coordinator = coordinatorWith({ api: { limits: [{ calls: 1, windowMs: 1000 }] } }, { retryDelayMs: 1 });
    const { order, ask, done } = queue(coordinator);
    const answer = failsThenAnswers([failure('API_NETWORK')], 1);
    const retried = coordinator.coordinateApiCall(
      'api',
      () => {
        order.push('retried');
        return answer();
      },
      { priority: 'background' },
    );
    ask('b1', 'background');
    ask('i1', 'interactive');
    await done();
    await retried;
    expect(order).toEqual(['retried', 'i1', 'b1', 'retried']);
  });

  test('with a deadline in the background: those of the other lane who go first are counted', async () => {
    const coordinator = coordinatorWith(oneByOne);
    await coordinator.coordinateApiCall('api', () => 1);
    const interactive = [1, 2, 3].map(() => coordinator.coordinateApiCall('api', () => 1));
    const tooLate = await coordinator.coordinateApiCall('api', () => 1, { priority: 'background', deadlineMs: 4000 });
    const inTime = coordinator.coordinateApiCall('api', () => 1, { priority: 'background', deadlineMs: 4100 });
    expect(tooLate).toMatchObject({ success: false, durationMs: 0, error: { code: 'API_RATE_LIMITED' } });
    expect(await settled(inTime)).toMatchObject({ success: true, durationMs: 4004 });
    await Promise.all(interactive);
  });
});
