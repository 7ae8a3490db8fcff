import { DataSource, type DataSourceOptions } from 'typeorm';
import { describe, expect, test, vi } from 'vitest';
import { identityOf } from '../../../src/adapters/typeorm/identity.js';
import { addressOf } from '../../../src/adapters/typeorm/server-address.js';

const single = { host: 'db', port: 6000, username: 'a@b', password: 'p:/w', database: 'films' };
const identity = (options: object) => identityOf(new DataSource(options as DataSourceOptions), 'reelflow_');

describe('database coordination: the address of a server', () => {
  test('single options win over the url', () => {
    const rest = 'me:secret@host:5000/other';
    expect(addressOf({ type: 'postgres', url: `postgres://${rest}?sslmode=require`, ...single }).url).toBe(
      'postgres://a%40b:p%3A%2Fw@db:6000/films?sslmode=require',
    );
    expect(addressOf({ type: 'mysql', url: `mysql://${rest}`, ...single })).toEqual(single);
  });

  test('what no option says is taken from the url', () => {
    const url = 'postgres://me:s%40@host/other';
    expect(addressOf({ type: 'postgres', url, port: 6000 }).url).toBe('postgres://me:s%40@host:6000/other');
    expect(addressOf({ type: 'mariadb', url: 'mysql://me:s%40@[::1]:1/%C3%A4', port: 6000 })).toEqual({
      host: '::1',
      port: 6000,
      username: 'me',
      password: 's@',
      database: 'ä',
    });
    expect(addressOf({ type: 'postgres', url, host: '::1' }).url).toContain('@[::1]/other');
    expect(addressOf({ type: 'postgres', url, host: '/run/pg' }).url).toContain('?host=%2Frun%2Fpg');
    expect(addressOf({ type: 'postgres', ...single })).toEqual(single);
  });

  test.each([
    ['a replicated server', (host: string) => ({ replication: { master: { host, database: 'x' }, slaves: [] } })],
    ['a url beside a database', (host: string) => ({ url: `postgres://db/${host}`, database: 'x' })],
    ['a socket among the extras', (socketPath: string) => ({ database: 'x', extra: { socketPath } })],
  ])('two databases are told apart: %s', (_name, options) => {
    const one = identity({ type: 'postgres', ...options('one') });
    expect(identity({ type: 'postgres', ...options('one') })).toBe(one);
    expect(identity({ type: 'postgres', ...options('two') })).not.toBe(one);
  });

  test('two databases are told apart: by the environment that pg reads', () => {
    vi.stubEnv('PGHOST', 'staging');
    const staging = [identity({ type: 'postgres', database: 'x' }), identity({ type: 'mysql', database: 'x' })];
    vi.stubEnv('PGHOST', 'production');
    expect(identity({ type: 'postgres', database: 'x' })).not.toBe(staging[0]);
    expect(identity({ type: 'mysql', database: 'x' })).toBe(staging[1]);
    vi.unstubAllEnvs();
  });
});
