import { afterEach, expect, test, vi } from 'vitest';
import { sampleRun } from '../../../src/testing/repository/sample-records.js';
import { describeOnServers } from '../../support/databases.js';
import { open } from './helpers.js';
import { emptied } from './server-tables.js';

const minuteMs = 60_000;

describeOnServers('database coordination: processes whose clocks differ', ({ options }) => {
  const tables = emptied(options, 'clocks_');

  afterEach(() => {
    vi.useRealTimers();
  });

  async function opened() {
    const repository = await open({ ...options, tablePrefix: await tables() });
    const realMs = Date.now();
    vi.useFakeTimers({ toFake: ['Date'] });
    return { repository, isFast: (byMs: number) => vi.setSystemTime(realMs + byMs) };
  }

  test.each([10 * minuteMs, -10 * minuteMs])('a live run is not taken by one that is %i ms ahead', async (byMs) => {
    const { repository, isFast } = await opened();
    await repository.createRun(sampleRun('created'), { owner: 'alive', leaseMs: minuteMs });
    await repository.apply({ run: sampleRun('written') }, { lease: { owner: 'alive', leaseMs: minuteMs } });
    isFast(byMs);
    expect(await repository.claimRuns('fast', minuteMs)).toEqual([]);
    const endInMs = await repository.leasesEndInMs('fast');
    expect(endInMs).toBeGreaterThan(minuteMs / 2);
    expect(endInMs).toBeLessThanOrEqual(minuteMs);
  });

  test.each([10 * minuteMs, -10 * minuteMs])(
    'a run of one that was %i ms ahead is free when it has gone',
    async (byMs) => {
      const { repository, isFast } = await opened();
      isFast(byMs);
      await repository.createRun(sampleRun('w1'), { owner: 'gone', leaseMs: minuteMs });
      await repository.renewLease('gone', 1);
      isFast(0);
      await vi.waitFor(async () => expect(await repository.claimRuns('next', minuteMs)).toHaveLength(1));
      isFast(byMs);
      expect(await repository.claimRuns('late', minuteMs)).toEqual([]);
    },
  );
});
