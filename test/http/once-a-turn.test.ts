import { expect, onTestFinished, test } from 'vitest';
import { serve } from '../../src/http/index.js';
import { OnceATurn } from '../../src/http/once-a-turn.js';
import { base, serviced } from './setup.js';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

test('is made once for all who ask in a turn of the event loop, and anew in the next', async () => {
  let made = 0;
  const shared = new OnceATurn(() => {
    made += 1;
    return made;
  });
  expect([shared.get(), shared.get()]).toEqual([1, 1]);
  await Promise.resolve();
  expect(shared.get()).toBe(1);
  await nextTurn();
  await nextTurn();
  expect([shared.get(), shared.get()]).toEqual([2, 2]);
});

test('what cannot be made is tried again', () => {
  let tries = 0;
  const shared = new OnceATurn(() => {
    tries += 1;
    if (tries === 1) throw new Error('not yet');
    return tries;
  });
  expect(() => shared.get()).toThrow('not yet');
  expect(shared.get()).toBe(2);
});

test('statistics over a socket show each search that was answered before they were asked for', async () => {
  const { app } = serviced({ auth: 'none' });
  const server = await serve(app, { port: 0, graceMs: 0 });
  onTestFinished(() => server.close());
  for (let count = 1; count <= 20; count += 1) {
    await fetch(`${server.url}${base}/auto-search?movie_name=RRR&max_reviews=0`, { method: 'POST' });
    const answers = await Promise.all([1, 2, 3].map(() => fetch(`${server.url}${base}/automation-stats`)));
    for (const answer of answers)
      expect(await answer.json()).toMatchObject({
        performance: { completed: count },
        trigger_history: expect.any(Number),
      });
  }
});
