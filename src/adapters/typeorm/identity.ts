import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { DataSource } from 'typeorm';

const inMemory = ':memory:';

/** Nothing of it outlives the process. */
export const isVolatile = ({ options }: DataSource): boolean => options.database === inMemory;

/**
 * Names the tables of a prefix in one database: the same for every process that opens them in the same way, without
 * user, password and other secrets. 16 hex digits.
 */
export function identityOf({ options }: DataSource, tablePrefix: string): string {
  const { type, database } = options;
  const parts =
    type === 'better-sqlite3'
      ? [type, resolve(String(database))]
      : [type, ...serverOf(options), type === 'postgres' ? (options.schema ?? '') : ''];
  return createHash('sha256')
    .update(JSON.stringify([...parts, tablePrefix]))
    .digest('hex')
    .slice(0, 16);
}

/** Where copies of a database are read, the one that is written counts. A URL wins over what stands beside it. */
function serverOf(options: object): string[] {
  const { replication, extra, ...single } = options as Given;
  const { type, host, port, database, url, socketPath } = { ...single, ...replication?.master, ...extra } as Place;
  const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
  const { PGHOST, PGPORT } = type === 'postgres' ? process.env : {}; // as pg takes them
  return [
    String(socketPath ?? ''),
    parsed?.hostname || String(host ?? PGHOST ?? 'localhost'),
    parsed?.port || String(port ?? PGPORT ?? ''),
    parsed?.pathname.slice(1) || String(database ?? ''),
  ];
}

type Place = Readonly<Record<string, unknown>>;

interface Given extends Place {
  readonly replication?: { readonly master?: Place };
  readonly extra?: Place;
}
