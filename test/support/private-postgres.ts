import { existsSync, readdirSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { join } from 'node:path';
import { type PrivateServer, type PrivateServerPlan, run, startPrivateServer } from './private-server.js';

const versions = '/usr/lib/postgresql';
const isRoot = process.getuid?.() === 0;
/** PostgreSQL refuses to be run by root. */
const account = 'postgres';

/** The programs of the newest version here, or undefined. */
const bin = existsSync(versions)
  ? readdirSync(versions)
      .toSorted((one, other) => Number(other) - Number(one))
      .map((version) => join(versions, version, 'bin'))
      .find((path) => existsSync(join(path, 'initdb')))
  : undefined;

/** Why there can be none here, or undefined. */
export const noPostgres: string | undefined =
  bin === undefined
    ? `there is no initdb below ${versions}`
    : isRoot && !existsSync('/usr/bin/setpriv')
      ? 'root needs setpriv to run it by another account'
      : undefined;

const asAccount = (program: string, ...parameters: string[]): [string, ...string[]] => {
  const path = join(bin ?? '', program);
  return isRoot
    ? ['setpriv', `--reuid=${account}`, `--regid=${account}`, '--clear-groups', path, ...parameters]
    : [path, ...parameters];
};

const plan: PrivateServerPlan = {
  async prepare(directory) {
    if (isRoot) {
      const [user, group] = await Promise.all(
        ['-u', '-g'].map(async (flag) => (await run('id', [flag, account])).stdout),
      );
      await chown(directory, Number(user), Number(group));
    }
    const options = ['--auth=trust', '--username=tester', '--no-sync', '--encoding=UTF8', '--locale=C'];
    const [program, ...parameters] = asAccount('initdb', '-D', join(directory, 'data'), ...options);
    await run(program, parameters);
  },
  command: (directory, port) =>
    asAccount('postgres', '-D', join(directory, 'data'), '-F', '-h', '127.0.0.1', '-p', String(port), '-k', directory),
  ready: /database system is ready to accept connections/,
  signals: { crash: 'SIGQUIT', orderly: 'SIGINT' },
  options: (port) => ({ type: 'postgres', host: '127.0.0.1', port, username: 'tester', database: 'postgres' }),
};

export const startPrivatePostgres = (): Promise<PrivateServer> => startPrivateServer(plan);
