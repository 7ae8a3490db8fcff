import { tooMany } from '../problem.js';
import type { EventSource } from './event-source.js';

const beatEveryMs = 15_000;
/** A reader that has taken nothing for so many beats has gone, or is too slow. */
const mostMissedBeats = 2;
/** Messages that wait in one stream; the rest waits in the log, which all share. */
const messagesAhead = 4;
const retryMs = 5000;

/** Lets go of a connection whose reader does not read; a stream that is only ended would wait for it. */
export type CutConnection = (() => void) | undefined;

const encoder = new TextEncoder();
const beat = encoder.encode(': beat\n\n');

/** The event streams that are open: at most so many, with a beat, until all end together. */
export class OpenStreams {
  readonly #most: number;
  readonly #closing: AbortSignal;
  readonly #open = new Set<OpenStream>();
  #timer: NodeJS.Timeout | undefined;

  constructor(most: number, closing: AbortSignal) {
    this.#most = most;
    this.#closing = closing;
    closing.addEventListener('abort', () => this.#endAll(), { once: true });
  }

  /** @throws RequestRefused with 429 when too many are open, the reason of `closing` when that has aborted */
  open(source: EventSource, client: AbortSignal, cut: CutConnection): ReadableStream<Uint8Array> {
    this.#closing.throwIfAborted();
    if (this.#open.size >= this.#most) throw tooMany('too many event streams are open', retryMs);
    const stream = new OpenStream(source, client, cut, () => this.#left(stream));
    this.#open.add(stream);
    this.#timer ??= setInterval(() => this.#beat(), beatEveryMs).unref();
    if (client.aborted) stream.end(); // it left before its stream was there
    return stream.body;
  }

  #left(stream: OpenStream): void {
    this.#open.delete(stream);
    if (this.#open.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #beat(): void {
    for (const stream of this.#open) stream.beat();
  }

  #endAll(): void {
    for (const stream of this.#open) stream.end();
  }
}

class OpenStream {
  readonly body: ReadableStream<Uint8Array>;
  readonly #source: EventSource;
  readonly #cut: CutConnection;
  readonly #leave: () => void;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #missedBeats = 0;

  constructor(source: EventSource, client: AbortSignal, cut: CutConnection, onLeave: () => void) {
    this.#source = source;
    this.#cut = cut;
    const unsubscribe = source.subscribe(() => this.#flush());
    const onGone = () => this.end();
    client.addEventListener('abort', onGone, { once: true });
    this.#leave = () => {
      this.#controller = undefined;
      unsubscribe();
      client.removeEventListener('abort', onGone);
      onLeave();
    };
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
          controller.enqueue(encoder.encode(`retry: ${retryMs}\n\n`));
        },
        pull: () => this.#flush(),
        cancel: () => this.#leave(),
      },
      { highWaterMark: messagesAhead },
    );
  }

  beat(): void {
    const controller = this.#controller;
    if (controller === undefined) return;
    if ((controller.desiredSize ?? 0) > 0) {
      this.#missedBeats = 0;
      controller.enqueue(beat);
      return;
    }
    this.#missedBeats += 1;
    if (this.#missedBeats >= mostMissedBeats) this.#drop();
  }

  /** What the reader has not taken yet is still there for it. */
  end(): void {
    const controller = this.#controller;
    if (controller === undefined) return;
    this.#leave();
    controller.close();
  }

  #flush(): void {
    const controller = this.#controller;
    if (controller === undefined) return;
    if (this.#source.lost) {
      this.#drop();
      return;
    }
    while ((controller.desiredSize ?? 0) > 0) {
      const next = this.#source.next();
      if (next === undefined) {
        if (this.#source.ended) this.end();
        return;
      }
      this.#missedBeats = 0;
      controller.enqueue(encoder.encode(next));
    }
  }

  /** The reader comes again and goes on after the last message that it got. */
  #drop(): void {
    const controller = this.#controller;
    if (controller === undefined) return;
    this.#leave();
    if (this.#cut === undefined) controller.error(new Error('the reader is too slow'));
    else this.#cut();
  }
}
