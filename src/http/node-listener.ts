import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { problemAnswer } from './problem.js';

const wasReadAlready =
  'the body of the request was read before it came here: mount the app before express.json() and whatever else parses bodies';

/** Its body is gone; `rawBody` is where hosts of functions keep it. */
const wasRead = (incoming: IncomingMessage): boolean => incoming.readableDidRead && !('rawBody' in incoming);

/** What is served: the app, or whatever answers requests. */
export interface Fetching {
  fetch(request: Request, env?: unknown): Response | Promise<Response>;
}

/**
 * An app as a listener of node:http, which Express, Fastify and NestJS take too. It reads the request itself: put it
 * before whatever parses bodies, under a path that the framework leaves in `request.url`. A client that goes away aborts
 * the request's signal. Never throws, never rejects.
 */
export function nodeListener(app: Fetching): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  const listener = getRequestListener((request, env) => app.fetch(request, env), {
    overrideGlobalObjects: false, // the process is the host's
    errorHandler: () =>
      problemAnswer({ status: 400, code: 'INVALID_INPUT', detail: 'the address of the request cannot be read' }),
  });
  const tooLate = getRequestListener(() => problemAnswer({ status: 500, code: 'UNEXPECTED', detail: wasReadAlready }), {
    overrideGlobalObjects: false,
  });
  return (incoming, outgoing) => void (wasRead(incoming) ? tooLate : listener)(incoming, outgoing);
}
