import { ReelflowError } from '../errors/reelflow-error.js';
import { linkSignal } from '../resilience/linked-signal.js';

interface Flight<Value, Progress> {
  readonly promise: Promise<Value>;
  readonly covers: number;
  readonly patienceMs: number;
  readonly progress: Progress[];
  readonly listeners: Set<(progress: Progress) => Promise<void>>;
  passengers: number;
  abort(reason: unknown): void;
}

export interface FlightTicket<Value> {
  readonly promise: Promise<Value>;
  /** Whether this caller started the work, and so pays for it. */
  readonly started: boolean;
  /** What whoever started it said. */
  readonly patienceMs: number;
}

export interface FlightOptions<Progress> {
  /** Hears what the work announces, and first what it had announced before. */
  readonly onProgress?: (progress: Progress) => Promise<void>;
  /** How long the work may take when it is started by this call, in milliseconds. @default Infinity */
  readonly patienceMs?: number;
}

/** The work, which stops when its signal aborts. What it announces is told to everybody on board before it goes on. */
export type FlightWork<Value, Progress> = (
  signal: AbortSignal,
  announce: (progress: Progress) => Promise<void>,
) => Promise<Value>;

/** One running piece of work for each key. Those who come later share it; it stops when the last one has left. */
export class SingleFlight<Value, Progress = never> {
  readonly #flights = new Map<string, Flight<Value, Progress>>();

  /**
   * @param covers - how much the work brings; a running one is shared when it brings at least as much
   */
  join(
    key: string,
    covers: number,
    signal: AbortSignal,
    work: FlightWork<Value, Progress>,
    { onProgress, patienceMs = Number.POSITIVE_INFINITY }: FlightOptions<Progress> = {},
  ): FlightTicket<Value> {
    const running = this.#flights.get(key);
    if (running !== undefined && running.covers >= covers)
      return {
        promise: this.#board(key, running, signal, onProgress),
        started: false,
        patienceMs: running.patienceMs,
      };
    const own = linkSignal(undefined);
    const progress: Progress[] = [];
    const listeners = new Set<(told: Progress) => Promise<void>>();
    const announce = async (told: Progress) => {
      progress.push(told);
      await Promise.allSettled([...listeners].map((listener) => listener(told))); // one that has left fails alone
    };
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    const flight = { promise, covers, patienceMs, progress, listeners, passengers: 0, abort: own.abort };
    this.#flights.set(key, flight);
    const boarded = this.#board(key, flight, signal, onProgress); // before the first announcement
    work(own.signal, announce)
      .finally(() => this.#forget(key, flight))
      .then(resolve, reject);
    return { promise: boarded, started: true, patienceMs };
  }

  #board(
    key: string,
    flight: Flight<Value, Progress>,
    signal: AbortSignal,
    onProgress: ((progress: Progress) => Promise<void>) | undefined,
  ): Promise<Value> {
    flight.passengers += 1;
    const before = onProgress === undefined ? [] : flight.progress.map((told) => onProgress(told));
    if (onProgress !== undefined) flight.listeners.add(onProgress);
    return new Promise<Value>((resolve, reject) => {
      const leave = () => {
        flight.passengers -= 1;
        if (flight.passengers === 0) {
          this.#forget(key, flight); // who comes now needs a new one: this one ends with CANCELLED
          flight.abort(signal.reason);
        } else if (onProgress !== undefined) {
          flight.listeners.delete(onProgress); // the last one still hears of what was bought for it meanwhile
        }
        reject(new ReelflowError('CANCELLED', 'the search was aborted', { cause: signal.reason }));
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      Promise.all([flight.promise, Promise.allSettled(before)])
        .then(([value]) => resolve(value), reject)
        .finally(() => {
          signal.removeEventListener('abort', leave);
          if (onProgress !== undefined) flight.listeners.delete(onProgress);
        });
    });
  }

  #forget(key: string, flight: Flight<Value, Progress>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
