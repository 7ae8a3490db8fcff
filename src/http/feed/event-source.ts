import type { EventLog } from './event-log.js';

/** What a stream sends, message by message, as the reader takes it. */
export interface EventSource {
  /** The next message, or undefined: there is none now. */
  next(): string | undefined;
  /** No message will follow those that `next` gives. */
  readonly ended: boolean;
  /** The reader has fallen behind what is kept: it must come again. */
  readonly lost: boolean;
  subscribe(listener: () => void): () => void;
}

/** Events whose numbers begin anew in each process. */
export interface NumberedLog {
  readonly log: EventLog;
  /** Names the numbering. */
  readonly numbering: string;
}

export const message = (id: string, event: string, data: string): string =>
  `id: ${id}\nevent: ${event}\ndata: ${data}\n\n`;

/** The number in an id of the numbering with that name: numbers of another mean nothing in it. */
export function numberOf(id: string | undefined, numbering: string): number | undefined {
  const [, name, number] = /^(\w+)-(\d{1,15})$/.exec(id ?? '') ?? [];
  return name === numbering ? Number(number) : undefined;
}

/** The events of one run after the number `after`. What is no longer kept is skipped: the numbers show it. */
export class RunSource implements EventSource {
  readonly lost = false;
  readonly #log: EventLog;
  readonly #numbering: string;
  #seen: number;

  constructor({ log, numbering }: NumberedLog, after: number) {
    this.#log = log;
    this.#numbering = numbering;
    this.#seen = Math.min(after, log.newest);
  }

  get ended(): boolean {
    return this.#log.ended;
  }

  next(): string | undefined {
    if (this.#seen >= this.#log.newest) return undefined;
    this.#seen = Math.max(this.#seen + 1, this.#log.oldest);
    const logged = this.#log.at(this.#seen);
    return logged === undefined ? undefined : message(`${this.#numbering}-${this.#seen}`, logged.event, logged.data);
  }

  subscribe(listener: () => void): () => void {
    return this.#log.subscribe(listener);
  }
}
