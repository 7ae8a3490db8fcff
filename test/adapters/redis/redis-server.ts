import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createServer, type Server, type Socket } from 'node:net';
import { test } from 'vitest';
import { skipFor } from '../../support/requirements.js';

const installed = spawnSync('redis-server', ['--version']).error === undefined;

/** A test that starts a Redis of its own: skipped with the reason where there is none, failed where it is required. */
export function testWithRedisServer(name: string, run: () => Promise<void>): void {
  if (installed) {
    test(name, run);
    return;
  }
  skipFor('redis-server is not on this machine', name);
}

/** Keeps everything in memory. Resolves when it takes connections. */
export function startRedis(port: number, ...more: string[]): Promise<ChildProcess> {
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      if (String(chunk).includes('Ready to accept connections')) resolve(child);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
  });
}

export function stopRedis(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** Takes connections and says nothing, or not for long. */
export interface BlackHole {
  readonly port: number;
  /** How many were made to it. */
  readonly connections: number;
  close(): Promise<void>;
}

/** @param greets - answers what a client asks before its first command, and nothing after that */
export async function openBlackHole({ greets = false } = {}): Promise<BlackHole> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      if (!greets) return;
      for (const [command] of String(chunk).matchAll(/\b(info|setinfo|setname)\b/gi))
        socket.write(command.toLowerCase() === 'info' ? '$19\r\nredis_version:7.0.0\r\n' : '+OK\r\n');
    });
  });
  await listen(server, 0);
  return {
    port: portOf(server),
    get connections() {
      return connections;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return closed(server);
    },
  };
}

/** A port where nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await listen(server, 0);
  const port = portOf(server);
  await closed(server);
  return port;
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });

const closed = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
