import { expect, test } from 'vitest';
import { ReelflowError } from '../../src/index.js';
import { unlessAborted } from '../../src/resilience/unless-aborted.js';

const hanging = new Promise<never>(() => undefined);

test('gives the outcome of the work', async () => {
  const { signal } = new AbortController();
  expect(await unlessAborted(Promise.resolve(1), signal, 'the work')).toBe(1);
  expect(await unlessAborted(Promise.resolve(1), undefined, 'the work')).toBe(1);
  await expect(unlessAborted(Promise.reject(new Error('it failed')), signal, 'the work')).rejects.toThrow('it failed');
});

test('ends when the signal aborts, or when it had aborted before', async () => {
  const controller = new AbortController();
  const waiting = unlessAborted(hanging, controller.signal, 'the work');
  controller.abort();
  const cancelled = { code: 'CANCELLED', message: 'the work was aborted' };
  await expect(waiting).rejects.toMatchObject(cancelled);
  await expect(unlessAborted(hanging, controller.signal, 'the work')).rejects.toMatchObject(cancelled);
});

test('fails with the reason of the signal when it is one of ours', async () => {
  const reason = new ReelflowError('CLOSED', 'the manager was closed');
  await expect(unlessAborted(hanging, AbortSignal.abort(reason), 'the work')).rejects.toBe(reason);
});

test('a failure that comes after the abort is not unhandled', async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  await expect(unlessAborted(promise, AbortSignal.abort(), 'the work')).rejects.toMatchObject({ code: 'CANCELLED' });
  reject(new Error('too late'));
  await new Promise((resolve) => setImmediate(resolve)); // unhandled rejections are told between turns
});
