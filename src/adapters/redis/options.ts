import { ReelflowError } from '../../errors/reelflow-error.js';

/** The part of an ioredis client, or cluster, that is used. */
export interface RedisCommands {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, unit: 'PX', ttlMs: number): Promise<unknown>;
  del(key: string): Promise<unknown>;
}

export type RedisConnectionOptions =
  | {
      /** `redis://user:password@host:6379/0`, or `rediss://` for TLS. The connection is made at the first use. */
      readonly url: string;
    }
  | {
      /** A client of yours, such as an ioredis `Redis` or `Cluster`. It stays open; how long it waits is yours to set. */
      readonly client: RedisCommands;
    };

export interface RedisResponseCacheOptions {
  /** Goes before each key, so that several apps can share a database. @default 'reelflow:' */
  readonly prefix?: string | undefined;
}

/** @throws INVALID_OPTIONS that never holds the URL, since it may hold a password */
export function checkConnection(connection: RedisConnectionOptions): RedisConnectionOptions {
  if (typeof connection !== 'object' || connection === null) refuse('the first argument must be { url } or { client }');
  if ('client' in connection) {
    const { client } = connection;
    const missing = ['get', 'set', 'del'].filter((name) => typeof Reflect.get(Object(client), name) !== 'function');
    if (missing.length > 0) refuse(`client has no method ${missing.join(', ')}`);
    return connection;
  }
  // ioredis takes any other text for the path of a socket, and fails only when it is used.
  const url = URL.canParse(connection.url) ? new URL(connection.url) : null;
  if (url === null || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '')
    refuse('url must be like redis://host:6379, or begin with rediss:// for TLS');
  if (`${url?.pathname}${url?.search}${url?.hash}`.includes('@'))
    refuse('url must have special characters percent-encoded: / as %2F, ? as %3F and # as %23 in a password, @ as %40');
  return connection;
}

export function checkPrefix(prefix: string): string {
  if (typeof prefix !== 'string' || prefix.length > 100) refuse('prefix must be a text of at most 100 characters');
  return prefix;
}

function refuse(why: string): never {
  throw new ReelflowError('INVALID_OPTIONS', `RedisResponseCache: ${why}`);
}
