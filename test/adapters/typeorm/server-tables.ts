import { DataSource, type Logger } from 'typeorm';
import { afterAll, onTestFinished } from 'vitest';
import type { ServerOptions } from '../../../src/adapters/typeorm/index.js';
import { tableNames } from '../../../src/adapters/typeorm/schema/tables.js';

/** A host's DataSource on a test server, closed with the test. */
export async function connectHost(options: ServerOptions, more: object = {}): Promise<DataSource> {
  const dataSource = await connect(options, more);
  onTestFinished(async () => {
    if (dataSource.isInitialized) await dataSource.destroy();
  });
  return dataSource;
}

function connect({ type, host, port, username, database }: ServerOptions, more: object): Promise<DataSource> {
  const options = { type, host, port, username, database, ...more };
  return new DataSource(options as ConstructorParameters<typeof DataSource>[0]).initialize();
}

/** A host with one connection, whose log shows every statement. */
export async function logged(options: ServerOptions) {
  const statements: string[] = [];
  const silent = () => undefined;
  const logger: Logger = {
    logQuery: (query) => void statements.push(query),
    logQueryError: silent,
    logQuerySlow: silent,
    logSchemaBuild: silent,
    logMigration: silent,
    log: silent,
  };
  return { dataSource: await connectHost(options, { logger, poolSize: 1 }), statements };
}

/** A prefix of which there are no tables, neither before nor after the test. */
export async function withoutTables(host: DataSource, prefix: string): Promise<string> {
  await dropTables(host, prefix);
  onTestFinished(() => dropTables(host, prefix));
  return prefix;
}

/**
 * Gives a prefix whose tables are empty, or not there, at each call; they are gone after the file. The tables stay
 * between calls: making them anew for each test would cost most of its time.
 */
export function emptied(options: ServerOptions, prefix: string): () => Promise<string> {
  let host: DataSource | undefined;
  afterAll(async () => {
    if (host === undefined) return;
    await dropTables(host, prefix);
    await host.destroy();
  });
  return async () => {
    if (host === undefined) {
      host = await connect(options, {});
      await dropTables(host, prefix);
    } else {
      for (const name of Object.values(tableNames(prefix))) await host.query(`DELETE FROM ${quote(host, name)}`);
    }
    return prefix;
  };
}

async function dropTables(host: DataSource, prefix: string): Promise<void> {
  const names = [...Object.values(tableNames(prefix)), `${prefix}migrations`];
  for (const name of names) await host.query(`DROP TABLE IF EXISTS ${quote(host, name)}`);
}

const quote = ({ options }: DataSource, name: string): string =>
  options.type === 'postgres' ? `"${name}"` : `\`${name}\``;
