import type { DataSource, QueryRunner } from 'typeorm';
import { bounded } from './bounded.js';
import type { Dialect } from './dialect.js';
import type { SessionLimits } from './session-limits.js';
import { throwIfCancelled } from './write-queue.js';

/** A runner with a connection. One that the pool gives too late goes back to it. */
export async function acquire(dataSource: DataSource, dialect: Dialect, limits: SessionLimits): Promise<QueryRunner> {
  const runner = dataSource.createQueryRunner();
  if (dialect.singleConnection) return runner;
  throwIfCancelled(limits.signal);
  const connected: Promise<unknown> = runner.connect();
  const giveBack = () => void connected.then(() => runner.release()).catch(() => undefined); // never had: nothing to give
  try {
    await bounded(connected, limits, giveBack);
    return runner;
  } catch (error) {
    throw dialect.toError(error);
  }
}
