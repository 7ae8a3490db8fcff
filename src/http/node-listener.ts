import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { problemAnswer } from './problem.js';

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
  return (incoming, outgoing) => void listener(incoming, outgoing);
}
