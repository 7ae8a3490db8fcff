import type { EventLog } from './event-log.js';
import { type EventSource, message, numberOf } from './event-source.js';
import type { StatsTicker } from './stats-ticker.js';

/** All events from `lastEventId` on, or from now on, and the statistics as they change. */
export class EverythingSource implements EventSource {
  readonly ended = false;
  readonly #log: EventLog;
  readonly #ticker: StatsTicker;
  readonly #boot: string;
  #seen: number;
  #reset: boolean;
  #stats: string | undefined;

  /** @param boot - names this app's numbering: numbers of another mean nothing here */
  constructor(log: EventLog, ticker: StatsTicker, boot: string, lastEventId: string | undefined) {
    this.#log = log;
    this.#ticker = ticker;
    this.#boot = boot;
    const seen = numberOf(lastEventId, boot);
    const isKept = seen !== undefined && seen >= log.oldest - 1 && seen <= log.newest;
    this.#seen = isKept ? seen : log.newest;
    this.#reset = lastEventId !== undefined && !isKept;
  }

  get lost(): boolean {
    return this.#seen < this.#log.oldest - 1;
  }

  next(): string | undefined {
    if (this.#reset) {
      this.#reset = false;
      return message(this.#id, 'reset', '{}');
    }
    const logged = this.#log.at(this.#seen + 1);
    if (logged !== undefined) {
      this.#seen += 1;
      return message(this.#id, logged.event, logged.data);
    }
    const stats = this.#stats;
    this.#stats = undefined;
    return stats === undefined ? undefined : message(this.#id, 'stats', stats);
  }

  subscribe(listener: () => void): () => void {
    const leaveLog = this.#log.subscribe(listener);
    const leaveTicker = this.#ticker.subscribe((stats) => {
      this.#stats = stats; // the newest: one that was not taken in time is old
      listener();
    });
    return () => {
      leaveLog();
      leaveTicker();
    };
  }

  get #id(): string {
    return `${this.#boot}-${this.#seen}`;
  }
}
