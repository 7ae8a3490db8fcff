/** An event as it goes on the wire. */
export interface LoggedEvent {
  readonly event: string;
  /** One line of JSON. */
  readonly data: string;
}

export interface LogLimits {
  readonly events: number;
  /** Of the texts of all events, in UTF-16 units; the newest event is kept whatever its length. */
  readonly length: number;
}

/** The newest events, numbered one after the other. Readers keep their own place: one that is slow costs nothing. */
export class EventLog {
  readonly #limits: LogLimits;
  readonly #listeners = new Set<() => void>();
  readonly #events: LoggedEvent[] = [];
  #newest = 0;
  #length = 0;
  #ended = false;

  constructor(limits: LogLimits) {
    this.#limits = limits;
  }

  /** Number of the newest event. */
  get newest(): number {
    return this.#newest;
  }

  /** Number of the oldest event that is kept. */
  get oldest(): number {
    return this.#newest - this.#events.length + 1;
  }

  /** No event will follow. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The newest event. */
  get last(): LoggedEvent | undefined {
    return this.#events.at(-1);
  }

  at(number: number): LoggedEvent | undefined {
    return this.#events[number - this.oldest];
  }

  append(event: LoggedEvent): void {
    this.#events.push(event);
    this.#newest += 1;
    this.#length += event.data.length;
    while (this.#events.length > 1 && (this.#events.length > this.#limits.events || this.#length > this.#limits.length))
      this.#length -= this.#events.shift()?.data.length ?? 0;
    this.#tell();
  }

  end(): void {
    this.#ended = true;
    this.#tell();
  }

  /** Hears that there is something new, or the end. @returns unsubscribe */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
