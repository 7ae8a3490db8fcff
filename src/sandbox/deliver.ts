import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answer.js';
import type { SandboxFault } from './faults/fault.js';
import type { PendingTimers } from './pending-timers.js';

const optionalHeaders = /^(x-rate-limit-|retry-after$|etag$|cache-control$)/;
/** Pieces in which a slow body comes. */
const mostPieces = 20;

export interface Delivery {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly fault: SandboxFault | null;
  readonly timers: PendingTimers;
}

/** Sends an answer, damaged on its way by the fault. */
export function deliver(answer: Answer, { request, response, fault, timers }: Delivery): void {
  if (fault?.kind === 'timeout') return; // the socket stays open until somebody gives up
  if (fault?.kind === 'reset') {
    request.socket.destroy();
    return;
  }
  const { body, headers } = answer;
  const isHtml = typeof body === 'string';
  const bytes = Buffer.from(body === undefined ? '' : isHtml ? body : JSON.stringify(body));
  const type = isHtml ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  const sent = Object.entries({ ...(body === undefined ? {} : { 'content-type': type }), ...headers }).filter(
    ([name]) => fault?.kind !== 'no-headers' || !optionalHeaders.test(name),
  );
  response.writeHead(answer.status, Object.fromEntries(sent));
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  if (fault?.kind === 'truncated') response.end(half);
  else if (fault?.kind === 'stalled')
    response.write(half); // the rest never comes
  else if (fault?.kind === 'slow-body') dribble(bytes, fault.ms, response, timers);
  else response.end(bytes);
}

/** The headers at once, then the pieces at equal distances, the last one at the end of the time. */
function dribble(bytes: Buffer, ms: number, response: ServerResponse, timers: PendingTimers): void {
  response.flushHeaders();
  const size = Math.max(1, Math.ceil(bytes.length / mostPieces));
  const pieces = Math.max(1, Math.ceil(bytes.length / size));
  const next = (index: number): void => {
    timers.after(ms / pieces, response, () => {
      response.write(bytes.subarray(index * size, (index + 1) * size));
      if (index + 1 < pieces) next(index + 1);
      else response.end();
    });
  };
  next(0);
}
