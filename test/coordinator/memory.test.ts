import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { AutomatedCoordinator } from '../../src/coordinator/automated-coordinator.js';
import { failure } from './helpers.js';

/** Collects garbage now, also what waits for a turn of the event loop. */
async function collect(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const gc: () => void = runInNewContext('gc');
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    gc();
  }
}

describe('a call that has ended', () => {
  test('is let go, with its function, its result and its error, while a signal of the host lives on', async () => {
    const coordinator = new AutomatedCoordinator({ maxRetries: 0 });
    const { signal } = new AbortController();
    const remembered = await (async () => {
      const answer = { film: 'RRR' };
      const error = failure('API_NOT_FOUND');
      const works = () => answer;
      const fails = () => {
        throw error;
      };
      await coordinator.coordinateApiCall('tmdb', works, { signal });
      await coordinator.coordinateApiCall('tmdb', fails, { signal });
      return [answer, error, works, fails].map((value) => new WeakRef(value));
    })();
    await collect();
    expect(remembered.map((reference) => reference.deref())).toEqual([undefined, undefined, undefined, undefined]);
    expect(coordinator.getStatistics().apiCalls.total).toBe(2);
    expect(signal.aborted).toBe(false);
  });
});
