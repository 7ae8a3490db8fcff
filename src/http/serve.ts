import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ReelflowError } from '../errors/reelflow-error.js';
import { refuseUnknown } from '../errors/refuse-unknown.js';
import { type Fetching, nodeListener } from './node-listener.js';

export interface ServeOptions {
  /** 0: a free one. @default 3000 */
  readonly port?: number | undefined;
  /** @default '127.0.0.1': this machine alone */
  readonly hostname?: string | undefined;
  /** Time that open requests have when the server closes, in milliseconds. @default 10000 */
  readonly graceMs?: number | undefined;
  /** Closes the server when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

export interface ServedApp {
  /** Without a slash at its end, such as 'http://127.0.0.1:3000'. */
  readonly url: string;
  /** Takes no more requests, ends the streams, waits for open requests, then cuts what is left. Called again, it waits for the same end. */
  close(): Promise<void>;
}

/**
 * Serves an app by plain node:http.
 * @throws INVALID_OPTIONS for a port or grace time that cannot be, or when the address cannot be listened to
 */
export async function serve(app: Fetching, options: ServeOptions = {}): Promise<ServedApp> {
  refuseUnknown('serve', options, { port: true, hostname: true, graceMs: true, signal: true });
  const { port = 3000, hostname = '127.0.0.1', graceMs = 10_000, signal } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    refuse(`port must be a whole number from 0 to 65535, got ${String(port)}`);
  if (typeof graceMs !== 'number' || !(graceMs >= 0))
    refuse(`graceMs must be a number of milliseconds from 0 up, got ${String(graceMs)}`);
  signal?.throwIfAborted();
  const requests = new OpenRequests();
  const server = createServer(requests.heardBy(app));
  await listening(server, port, hostname);
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= closed(server, requests, graceMs).finally(() => signal?.removeEventListener('abort', onAbort));
    return closing;
  };
  const onAbort = () => void close();
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort(); // while it began to listen
  return { url: `http://${bracketed(hostname)}:${portOf(server)}`, close };
}

/**
 * What is under way when the server closes. Streams end only when they are told to, and a connection that is kept alive
 * brings request after request, also to a server that is closed: it would wait for both.
 */
class OpenRequests {
  readonly #open = new Set<ServerResponse>();
  readonly #streams = new WeakSet<ServerResponse>();
  #whenAnswered: (() => void) | undefined;

  /** The app as a listener, with its streams kept in mind: what the bridge writes of a Response cannot be read from node's own. */
  heardBy(app: Fetching): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
    const listener = nodeListener({
      fetch: (request, env) => {
        const answer = app.fetch(request, env);
        return answer instanceof Promise
          ? answer.then((response) => this.#watch(response, env))
          : this.#watch(answer, env);
      },
    });
    return (incoming, outgoing) => {
      this.#open.add(outgoing);
      outgoing.once('close', () => {
        this.#open.delete(outgoing);
        this.#whenAnswered?.();
      });
      if (this.#whenAnswered !== undefined) outgoing.setHeader('Connection', 'close');
      listener(incoming, outgoing);
    };
  }

  /**
   * Ends the streams; every other answer is the last one of its connection.
   * @param whenAnswered - for those that have begun, and have said already that it is kept
   */
  end(whenAnswered: () => void): void {
    this.#whenAnswered = whenAnswered;
    for (const outgoing of this.#open) {
      if (this.#streams.has(outgoing)) outgoing.destroy();
      else if (!outgoing.headersSent) outgoing.setHeader('Connection', 'close');
    }
  }

  #watch(response: Response, env: unknown): Response {
    const { outgoing } = env as { readonly outgoing: ServerResponse };
    if (response.headers.get('content-type')?.startsWith('text/event-stream') !== true) return response;
    this.#streams.add(outgoing);
    if (this.#whenAnswered !== undefined) outgoing.destroy();
    return response;
  }
}

function listening(server: Server, port: number, hostname: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error) =>
      reject(
        new ReelflowError('INVALID_OPTIONS', `cannot listen on ${hostname}:${port}: ${error.message}`, {
          cause: error,
        }),
      );
    server.once('error', onError);
    server.listen(port, hostname, () => {
      server.off('error', onError);
      resolve();
    });
  });
}

function closed(server: Server, requests: OpenRequests, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), Math.min(graceMs, 2 ** 31 - 1));
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
    requests.end(() => server.closeIdleConnections());
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const bracketed = (hostname: string): string => (hostname.includes(':') ? `[${hostname}]` : hostname);

function refuse(message: string): never {
  throw new ReelflowError('INVALID_OPTIONS', message);
}
