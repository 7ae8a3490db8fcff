import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type PrivateServer, type PrivateServerPlan, run, startPrivateServer } from './private-server.js';

const places = ['/usr/sbin', '/usr/bin', '/usr/local/bin'];
const find = (program: string): string | undefined =>
  places.map((place) => join(place, program)).find((path) => existsSync(path));

const install = find('mariadb-install-db');
const server = find('mariadbd');

/** Why there can be none here, or undefined. */
export const noMariaDb: string | undefined =
  install === undefined || server === undefined ? 'mariadb-install-db or mariadbd is missing' : undefined;

/**
 * At its start a server deletes every `#sql*` in its tmpdir, and that would be /tmp: the temporary tables that
 * another server has open there too.
 */
const temporary = (directory: string): string => join(directory, 'tmp');

/** It refuses to be run by root unless root says so. */
const user = process.getuid?.() === 0 ? ['--user=root'] : [];

const plan: PrivateServerPlan = {
  async prepare(directory) {
    await mkdir(temporary(directory));
    const kept = [`--datadir=${join(directory, 'data')}`, `--tmpdir=${temporary(directory)}`];
    await run(install ?? '', ['--no-defaults', ...kept, ...user]);
  },
  command: (directory, port) => [
    server ?? '',
    '--no-defaults',
    `--datadir=${join(directory, 'data')}`,
    `--tmpdir=${temporary(directory)}`,
    `--socket=${join(directory, 'socket')}`,
    `--pid-file=${join(directory, 'pid')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-grant-tables',
    '--character-set-server=utf8mb4',
    '--innodb-buffer-pool-size=32M',
    '--innodb-flush-log-at-trx-commit=2', // what is committed outlives the process, not the machine
    ...user,
  ],
  ready: /ready for connections/,
  signals: { crash: 'SIGKILL', orderly: 'SIGTERM' },
  options: (port) => ({ type: 'mariadb', host: '127.0.0.1', port, username: 'root', database: 'test' }),
};

export const startPrivateMariaDb = (): Promise<PrivateServer> => startPrivateServer(plan);
