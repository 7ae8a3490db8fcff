import type { ServerOptions } from './options.js';

type Address = Pick<ServerOptions, 'url' | 'host' | 'port' | 'username' | 'password' | 'database'>;

/**
 * Where a server is, so that single options win over the URL: TypeORM and pg let the URL win. PostgreSQL keeps its URL,
 * which may hold settings such as `sslmode`; of another one TypeORM reads no more than the parts.
 */
export function addressOf({ type, ...given }: Pick<ServerOptions, 'type'> & Address): Address {
  const { url, ...single } = given;
  if (url === undefined) return single;
  const parsed = new URL(url);
  if (type === 'postgres') return { ...single, url: overridden(parsed, single) };
  const port = parsed.port === '' ? undefined : Number(parsed.port);
  return {
    host: single.host ?? parsed.hostname.replace(/^\[|\]$/g, ''),
    port: single.port ?? port,
    username: single.username ?? decodeURIComponent(parsed.username),
    password: single.password ?? decodeURIComponent(parsed.password),
    database: single.database ?? decodeURIComponent(parsed.pathname.slice(1)),
  };
}

function overridden(url: URL, { host, port, username, password, database }: Omit<Address, 'url'>): string {
  if (host?.startsWith('/') === true)
    url.searchParams.set('host', host); // the directory of a socket
  else if (host !== undefined) url.hostname = host.includes(':') ? `[${host}]` : host;
  if (port !== undefined) url.port = String(port);
  if (username !== undefined) url.username = encodeURIComponent(username);
  if (password !== undefined) url.password = encodeURIComponent(password);
  if (database !== undefined) url.pathname = encodeURIComponent(database);
  return url.href;
}
