import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SandboxFault } from './faults.js';

/** What a route says; it is sent as it is unless a fault is in the way. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const rateHeaders = /^(x-rate-limit-|retry-after)/;

/** Sends an answer, damaged by the fault. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  fault: SandboxFault | null,
): void {
  if (fault?.kind === 'timeout') return; // the socket stays open until somebody gives up
  if (fault?.kind === 'reset') {
    request.socket.destroy();
    return;
  }
  const isHtml = typeof answer.body === 'string';
  const text = isHtml ? String(answer.body) : JSON.stringify(answer.body);
  const headers = Object.entries({
    'content-type': isHtml ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
    ...answer.headers,
  }).filter(([name]) => fault?.kind !== 'no-headers' || !rateHeaders.test(name));
  response.writeHead(answer.status, Object.fromEntries(headers));
  response.end(fault?.kind === 'truncated' ? text.slice(0, Math.floor(text.length / 2)) : text);
}

export const htmlPage = (status: number): Answer => ({
  status,
  body: `<html><head><title>${status}</title></head><body><h1>${status}</h1><p>The edge has no answer.</p></body></html>`,
});
