import { describe, expect, test } from 'vitest';
import { WriteQueue } from '../../../src/adapters/typeorm/write-queue.js';
import { failure } from './helpers.js';

describe('the write queue', () => {
  test('runs one task at a time, in the order they came, also after a failure', async () => {
    const queue = new WriteQueue();
    const seen: string[] = [];
    const task = (name: string) => async () => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
      if (name === 'b') throw new Error('b failed');
    };
    const outcomes = await Promise.allSettled(['a', 'b', 'c'].map((name) => queue.run(task(name))));
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('an aborted waiter leaves at once; a running task is not interrupted', async () => {
    const queue = new WriteQueue();
    const controller = new AbortController();
    let finish: (result: string) => void = () => undefined;
    const work = new Promise<string>((resolve) => {
      finish = resolve;
    });
    const running = queue.run(() => work, controller.signal);
    const waiting = failure(queue.run(async () => 'never', controller.signal));
    const after = queue.run(async () => 'after');
    controller.abort();
    expect((await waiting).code).toBe('CANCELLED');
    expect((await failure(queue.run(async () => 'late', controller.signal))).code).toBe('CANCELLED');
    finish('done');
    expect(await running).toBe('done');
    expect(await after).toBe('after');
  });
});
