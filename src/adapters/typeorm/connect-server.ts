import { DataSource, type DataSourceOptions } from 'typeorm';
import { ReelflowError } from '../../errors/reelflow-error.js';
import type { ServerDialect } from './dialect.js';
import { migrateAlone } from './migrate-alone.js';
import type { ServerTarget } from './options.js';
import { createMigrations } from './schema/migrations.js';
import { addressOf } from './server-address.js';
import { silentLogger } from './silent-logger.js';

/** Opens a pool of our own and brings the tables up to date. */
export async function connectServer(target: ServerTarget, dialect: ServerDialect): Promise<DataSource> {
  const dataSource = await initialize(target, dialect);
  try {
    if (target.migrate) await migrateAlone(dataSource, dialect, target);
    return dataSource;
  } catch (error) {
    await dataSource.destroy();
    throw dialect.toError(error);
  }
}

async function initialize(target: ServerTarget, dialect: ServerDialect): Promise<DataSource> {
  try {
    const dataSource = new DataSource(toDataSourceOptions(target)); // loads the driver
    return await dataSource.initialize();
  } catch (thrown) {
    const missing = missingPackage(thrown);
    if (missing !== undefined) {
      throw new ReelflowError(
        'DEPENDENCY_MISSING',
        `${target.server.type} needs the package ${missing}: npm install ${missing}`,
      );
    }
    const { code, message, retryable, cause, details } = dialect.toError(thrown);
    throw new ReelflowError(code, `cannot connect to ${place(target)}: ${message}`, { cause, retryable, details });
  }
}

function toDataSourceOptions({ server, tablePrefix, queryTimeoutMs }: ServerTarget): DataSourceOptions {
  const { type, schema, ssl, poolSize } = server;
  const given = { ...addressOf(server), ssl, poolSize };
  const connection = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const common = {
    ...connection,
    migrations: [...createMigrations(tablePrefix)],
    migrationsTableName: `${tablePrefix}migrations`,
    logger: silentLogger,
  };
  if (type === 'postgres') {
    return { type, ...common, connectTimeoutMS: queryTimeoutMs, ...(schema === undefined ? {} : { schema }) };
  }
  return { type, ...common, connectTimeout: queryTimeoutMs, charset: 'utf8mb4' };
}

/** TypeORM names the package in a sentence only. */
function missingPackage(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || thrown.name !== 'DriverPackageNotInstalledError') return undefined;
  return /npm install ([\w-]+)/.exec(thrown.message)?.[1];
}

/** Where the server is, without user and password. */
function place({ server: { type, url, host, port, database } }: ServerTarget): string {
  const parsed = url === undefined ? undefined : new URL(url);
  const at = host ?? parsed?.hostname ?? 'localhost';
  const given = port ?? parsed?.port ?? '';
  const name = database ?? parsed?.pathname.slice(1) ?? '';
  return `${type} at ${at}${given === '' ? '' : `:${given}`}, database ${name}`;
}
