import type { DataSource } from 'typeorm';
import { bounded } from '../bounded.js';
import type { SessionLimits } from '../session-limits.js';
import type { PreparedSql, SqlValue } from '../sql-connection.js';
import { destroy, isClient, type PgClient } from './pg-client.js';

/**
 * Runs a statement that the connection keeps prepared: planning takes longer than a short statement itself, and TypeORM
 * has no name for a statement. Its runner is left out too, which costs as much as the rest of the way.
 */
export async function runAlone(
  { driver, logger }: DataSource,
  { name, text }: PreparedSql,
  parameters: readonly SqlValue[],
  limits: SessionLimits,
): Promise<number> {
  const { client, release } = await connect(driver, limits);
  client.on('error', ignore);
  try {
    const values = [...parameters];
    logger.logQuery(text, values);
    const answer = client.query({ name, text, values });
    const { rowCount } = await bounded(answer, { timeoutMs: limits.timeoutMs }, () => destroy(client));
    return rowCount ?? 0;
  } finally {
    client.off('error', ignore);
    release(); // the pool looks at what it gets back
  }
}

/** The statement that is under way hears of it too. */
const ignore = (): void => undefined;

interface Connected {
  readonly client: PgClient;
  readonly release: () => void;
}

async function connect(driver: unknown, limits: SessionLimits): Promise<Connected> {
  if (!isPooled(driver)) throw notPg();
  const connected = driver.obtainMasterConnection();
  const giveBack = () => void connected.then(([, release]) => release()).catch(() => undefined); // never had
  const [client, release] = await bounded(connected, limits, giveBack);
  if (isClient(client)) return { client, release };
  release();
  throw notPg();
}

/** Such as pg-native. */
const notPg = (): TypeError => new TypeError('the driver of the dataSource is not pg');

interface PooledDriver {
  obtainMasterConnection(): Promise<readonly [client: unknown, release: () => void]>;
}

const isPooled = (driver: unknown): driver is PooledDriver =>
  typeof driver === 'object' && driver !== null && 'obtainMasterConnection' in driver;
