import { createConnection, type Socket } from 'node:net';
import { describe } from 'vitest';
import type { ServerOptions } from '../../src/adapters/typeorm/index.js';
import { skipFor } from './requirements.js';

/** A database server of this machine, as tests reach it. */
export interface TestServer {
  readonly name: string;
  readonly options: ServerOptions;
}

const servers: readonly TestServer[] = [
  {
    name: 'PostgreSQL',
    options: { type: 'postgres', host: '127.0.0.1', port: 5432, username: 'root', database: 'test' },
  },
  {
    name: 'MariaDB',
    options: { type: 'mariadb', host: '127.0.0.1', port: 3306, username: 'root', database: 'test' },
  },
];

const answers = await Promise.all(servers.map(({ options }) => answersAt(options.port ?? 0)));

/**
 * Tests for each database server: skipped with the reason where it does not run, failed where it is required.
 * Each file takes a table prefix of its own, since files run side by side in one database.
 */
export function describeOnServers(name: string, tests: (server: TestServer) => void): void {
  for (const [index, server] of servers.entries()) {
    const title = `${name}: ${server.name}`;
    if (answers[index] === true) {
      describe(title, () => tests(server));
      continue;
    }
    skipFor(`${server.name} does not answer at 127.0.0.1:${server.options.port}`, title);
  }
}

function answersAt(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket: Socket = createConnection({ host: '127.0.0.1', port, timeout: 2000 });
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
