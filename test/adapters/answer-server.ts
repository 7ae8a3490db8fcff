import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

interface Given {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object goes out as JSON, a text as it is. */
  readonly body?: unknown;
}

export interface AnswerServer {
  readonly url: string;
  readonly requests: IncomingMessage[];
  /** The next answers, in order; the last one repeats. A function answers by itself. */
  answer(...given: Array<Given | ((request: IncomingMessage, response: ServerResponse) => void)>): void;
  close(): Promise<void>;
}

/** A server on a free port that says what it is told. */
export async function startAnswerServer(): Promise<AnswerServer> {
  let script: Array<Given | ((request: IncomingMessage, response: ServerResponse) => void)> = [{}];
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const next = (script.length > 1 ? script.shift() : script[0]) ?? {};
    if (typeof next === 'function') {
      next(request, response);
      return;
    }
    const { status = 200, headers = {}, body = {} } = next;
    response.writeHead(status, {
      'content-type': typeof body === 'string' ? 'text/html' : 'application/json',
      ...headers,
    });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    answer: (...given) => {
      script = given;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Everything that an error shows or hides: message, stack, fields, causes. */
export function everythingOf(error: unknown, depth = 0): string {
  if (depth > 6 || typeof error !== 'object' || error === null) return String(error);
  const own = Object.getOwnPropertyNames(error).map(
    (name) => `${name}=${everythingOf(Reflect.get(error, name), depth + 1)}`,
  );
  return own.join('\n');
}
