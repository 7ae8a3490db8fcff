import { type Service, ServiceError } from './api.js';

export interface StreamMessage {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

export interface StreamListener {
  onMessage(message: StreamMessage): void;
  /** Anything came, a heartbeat too. */
  onSign?(): void;
  onOpen?(): void;
  /** It broke and is tried again at that time, in epoch milliseconds. */
  onBroken?(retryAtMs: number): void;
  /** It will not be tried again: the stream has ended, or the service refused it. */
  onEnd?(error: ServiceError | null): void;
}

const firstRetryMs = 500;
const lastRetryMs = 10_000;
/** The service sends a sign of life each 15 s: a stream that is silent for longer is dead, whatever the network says. */
const silentForMs = 40_000;

/**
 * Server-sent events with a token: the browser's own EventSource sends none. It reconnects after the last event it has
 * seen, also after a restart of the service.
 * @returns stop
 */
export function follow(service: Service, path: string, listener: StreamListener, endsByItself: boolean): () => void {
  const stopped = new AbortController();
  let lastId = '';
  let retryMs = firstRetryMs;

  const read = async (): Promise<void> => {
    const own = new AbortController();
    const stop = () => own.abort();
    stopped.signal.addEventListener('abort', stop, { once: true });
    let silence = setTimeout(stop, silentForMs);
    try {
      const headers: Record<string, string> = { accept: 'text/event-stream' };
      if (lastId !== '') headers['last-event-id'] = lastId;
      const response = await service.request(path, { headers, signal: own.signal });
      listener.onOpen?.();
      retryMs = firstRetryMs;
      for await (const message of messagesOf(response, () => {
        clearTimeout(silence);
        silence = setTimeout(stop, silentForMs);
        listener.onSign?.();
      })) {
        if (message.id !== '') lastId = message.id;
        listener.onMessage(message);
      }
    } finally {
      clearTimeout(silence);
      stopped.signal.removeEventListener('abort', stop);
    }
  };

  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      try {
        await read();
        if (endsByItself) return listener.onEnd?.(null);
      } catch (error) {
        if (stopped.signal.aborted) return;
        if (error instanceof ServiceError && [400, 401, 403, 404].includes(error.status))
          return listener.onEnd?.(error);
      }
      listener.onBroken?.(Date.now() + retryMs);
      await pause(retryMs, stopped.signal);
      retryMs = Math.min(lastRetryMs, retryMs * 2);
    }
  };
  void run();
  return () => stopped.abort();
}

async function* messagesOf(response: Response, onSign: () => void): AsyncGenerator<StreamMessage> {
  if (response.body === null) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onSign();
      rest += value;
      const blocks = rest.split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const message = parse(block);
        if (message !== null) yield message;
      }
    }
  } finally {
    reader.cancel().catch(() => undefined); // it may have broken already
  }
}

function parse(block: string): StreamMessage | null {
  const fields = { id: '', event: 'message' };
  const data: string[] = [];
  for (const line of block.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue; // a comment, or nothing we know
    const value = line.slice(colon + 1).replace(/^ /, '');
    const name = line.slice(0, colon);
    if (name === 'data') data.push(value);
    else if (name === 'id' || name === 'event') fields[name] = value;
  }
  return data.length === 0 ? null : { ...fields, data: JSON.parse(data.join('\n')) };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
