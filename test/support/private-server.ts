import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerOptions } from '../../src/adapters/typeorm/index.js';

/** A database server that belongs to one test file, which may stop it and start it as it likes. */
export interface PrivateServer {
  readonly options: ServerOptions;
  /** On the same data and the same port. @returns when it answers */
  start(): Promise<void>;
  /** As a crash does it, or as an operator does. @returns when it has gone */
  stop(how?: 'crash' | 'orderly'): Promise<void>;
  /** Stops it and deletes its data. */
  remove(): Promise<void>;
}

export interface PrivateServerPlan {
  /** Makes the data in an empty directory. */
  prepare(directory: string): Promise<void>;
  /** The program that serves it, in the foreground. */
  command(directory: string, port: number): readonly [program: string, ...parameters: string[]];
  /** What the program prints when it answers. */
  readonly ready: RegExp;
  readonly signals: Readonly<Record<'crash' | 'orderly', NodeJS.Signals>>;
  options(port: number): ServerOptions;
}

export const run = promisify(execFile);

/** Makes the data, finds a free port and starts the server. */
export async function startPrivateServer(plan: PrivateServerPlan): Promise<PrivateServer> {
  const directory = await mkdtemp(join(tmpdir(), 'reelflow-server-'));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const killAtExit = () => void child?.kill('SIGKILL');
  process.once('exit', killAtExit);

  const stop = async (how: 'crash' | 'orderly' = 'crash') => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(plan.signals[how]);
    await gone;
  };
  const start = async () => {
    const [program, ...parameters] = plan.command(directory, port);
    child = spawn(program, parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
    await untilReady(child, plan.ready);
  };
  const remove = async () => {
    process.removeListener('exit', killAtExit);
    await stop('crash');
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await plan.prepare(directory);
    await start();
  } catch (error) {
    await remove();
    throw error;
  }
  return { options: plan.options(port), start, stop, remove };
}

function untilReady(child: ChildProcess, ready: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8');
    child.stderr?.on('data', (text: string) => {
      said = (said + text).slice(-20_000);
      if (ready.test(said)) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`the server ended with ${code ?? signal}: ${said}`)));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
