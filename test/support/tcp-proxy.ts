import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { ProxiedConnection, type Rules } from './proxied-connection.js';

/** `up`: from the client to the server. */
export type Direction = 'up' | 'down';

export interface TcpProxy {
  readonly port: number;
  /** Connections that are alive on both sides. */
  readonly connections: number;
  /** Bytes that were passed on since the proxy started. */
  readonly passed: Readonly<Record<Direction, number>>;
  /** Resets every connection, on both sides. */
  cut(): void;
  /** Passes so many bytes more in a direction, then resets the connection they came on. @returns when it has */
  cutAfterBytes(bytes: number, direction?: Direction): Promise<void>;
  /** Nothing is passed on any more, in either direction; no side sees it, not even that the other one has gone. */
  blackhole(): void;
  /** Passes so many bytes more in a direction, then is a black hole. @returns when it is */
  blackholeAfterBytes(bytes: number, direction?: Direction): Promise<void>;
  /** Ends the black hole. What was held goes on; a connection of which one side has gone meanwhile stays silent. */
  resume(): void;
  /** Holds up whatever comes from now on, in milliseconds. */
  delay(ms: number): void;
  /** Nobody listens any more: new connections are refused. */
  refuse(): Promise<void>;
  /** Listens again, on the same port. */
  accept(): Promise<void>;
  /** The next connection of a client. */
  connected(): Promise<void>;
  /** Ends everything. */
  close(): Promise<void>;
}

/** A proxy before a server of this machine that does to connections what networks do to them. */
export async function startTcpProxy({ host = '127.0.0.1', port }: { host?: string; port: number }): Promise<TcpProxy> {
  const live = new Set<ProxiedConnection>();
  const passed = { up: 0, down: 0 };
  let dark = false;
  let delayMs = 0;
  let limit: { direction: Direction; left: number; reached: (connection: ProxiedConnection) => void } | undefined;
  let arrived: () => void = () => undefined;

  const rules: Rules = {
    delayMs: () => delayMs,
    allowance: (direction) => (limit?.direction === direction ? limit.left : Number.POSITIVE_INFINITY),
    spent(connection, direction, bytes) {
      passed[direction] += bytes;
      if (limit?.direction !== direction) return;
      limit.left -= bytes;
      if (limit.left > 0) return;
      const { reached } = limit;
      limit = undefined;
      reached(connection);
    },
    gone: (connection) => live.delete(connection),
  };
  const afterBytes = (bytes: number, direction: Direction, act: (connection: ProxiedConnection) => void) =>
    new Promise<void>((resolve) => {
      limit = {
        direction,
        left: bytes,
        reached: (connection) => {
          act(connection);
          resolve();
        },
      };
    });
  const blackhole = () => {
    dark = true;
    for (const connection of live) connection.hold();
  };

  const server = createServer((client: Socket) => {
    const connection = new ProxiedConnection(client, createConnection({ host, port }), rules);
    live.add(connection);
    if (dark) connection.hold();
    arrived();
  });
  const listen = async (on: number) => {
    server.listen(on, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port: own } = server.address() as AddressInfo;

  return {
    port: own,
    passed,
    get connections() {
      return [...live].filter(({ abandoned }) => !abandoned).length;
    },
    cut() {
      for (const connection of live) connection.reset();
    },
    cutAfterBytes: (bytes, direction = 'up') => afterBytes(bytes, direction, (connection) => connection.reset()),
    blackhole,
    blackholeAfterBytes: (bytes, direction = 'up') => afterBytes(bytes, direction, blackhole),
    resume() {
      dark = false;
      limit = undefined;
      for (const connection of live) connection.release();
    },
    delay(ms) {
      delayMs = ms;
    },
    async refuse() {
      if (!server.listening) return;
      server.close(); // its connections live on: 'close' comes when they have ended
    },
    accept: () => (server.listening ? Promise.resolve() : listen(own)),
    connected: () =>
      new Promise((resolve) => {
        arrived = resolve;
      }),
    async close() {
      for (const connection of live) connection.reset();
      if (server.listening) server.close();
    },
  };
}
