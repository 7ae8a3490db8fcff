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

function serverOf(options: object): string[] {
  const { host, port, database, url, socketPath } = options as Readonly<Record<string, unknown>>;
  const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
  return [
    String(socketPath ?? ''),
    String(host ?? parsed?.hostname ?? 'localhost'),
    String(port ?? parsed?.port ?? ''),
    String(database ?? parsed?.pathname.slice(1) ?? ''),
  ];
}
