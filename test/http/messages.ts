import type { OrchestratorApp } from '../../src/http/index.js';
import { checkerOf } from './request-and-check.js';

export interface Message {
  readonly id: string;
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect
  readonly data: any;
}

/** Reads the messages of an event stream; each is checked against the schema of its event. */
export class MessageReader {
  readonly #app: OrchestratorApp;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = '';
  /** Comment lines so far, such as beats. */
  comments = 0;

  constructor(app: OrchestratorApp, answer: Response) {
    if (answer.body === null) throw new Error('the answer has no body');
    this.#app = app;
    this.#reader = answer.body.getReader();
  }

  /** The next message, or null at the end of the stream. */
  async next(): Promise<Message | null> {
    for (;;) {
      const block = await this.#block();
      if (block === null) return null;
      if (block.startsWith(':')) this.comments += 1;
      const fields = new Map(
        block.split('\n').map((line) => [line.split(': ')[0], line.slice(line.indexOf(': ') + 2)]),
      );
      const event = fields.get('event');
      if (event === undefined) continue;
      const data = JSON.parse(fields.get('data') ?? '');
      if (event !== 'reset')
        (await checkerOf(this.#app)).check(`/components/schemas/Event_${event}`, data, `event ${event}`);
      return { id: fields.get('id') ?? '', event, data };
    }
  }

  /** Reads until a message of this event has come. */
  async until(event: string): Promise<Message[]> {
    const messages: Message[] = [];
    for (;;) {
      const message = await this.next();
      if (message === null) throw new Error(`the stream ended before ${event}`);
      messages.push(message);
      if (message.event === event) return messages;
    }
  }

  async all(): Promise<Message[]> {
    const messages: Message[] = [];
    for (let message = await this.next(); message !== null; message = await this.next()) messages.push(message);
    return messages;
  }

  async leave(): Promise<void> {
    await this.#reader.cancel();
  }

  async #block(): Promise<string | null> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end !== -1) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        return block;
      }
      const { done, value } = await this.#reader.read();
      if (done) return null;
      this.#text += this.#decoder.decode(value, { stream: true });
    }
  }
}
