import { answer } from '../answer.js';
import type { EventSource } from '../feed/event-source.js';
import type { Service } from '../service.js';
import type { AnswerDoc, AppContext } from './route.js';

export const streamHeaders = {
  'Last-Event-ID': 'Goes on after the message with this id; a browser sends it by itself when it connects again',
};

export const streamDoc: AnswerDoc = {
  description:
    'Server-sent events. The data of each is one line of JSON, as the schemas Event_* say; every 15 s there is a comment.',
  contentType: 'text/event-stream',
};

const headers = { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' };

/** @throws RequestRefused with 429 when too many streams are open */
export function streamAnswer(c: AppContext, source: EventSource, { streams }: Pick<Service, 'streams'>): Response {
  if (c.req.method === 'HEAD') return answer(null, 200, headers);
  return answer(streams.open(source, c.req.raw.signal, connectionCut(c.env)), 200, headers);
}

/** Where the app is served by @hono/node-server. */
function connectionCut(env: unknown): (() => void) | undefined {
  const { outgoing } = (env ?? {}) as { outgoing?: { destroy?(): void } };
  return typeof outgoing?.destroy === 'function' ? () => outgoing.destroy?.() : undefined;
}
