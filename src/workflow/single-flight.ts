import { ReelflowError } from '../errors/reelflow-error.js';
import { linkSignal } from '../resilience/linked-signal.js';

interface Flight<Value> {
  readonly promise: Promise<Value>;
  readonly covers: number;
  passengers: number;
  abort(reason: unknown): void;
}

export interface FlightTicket<Value> {
  readonly promise: Promise<Value>;
  /** Whether this caller started the work, and so pays for it. */
  readonly started: boolean;
}

/** One running piece of work for each key. Those who come later share it; it stops when the last one has left. */
export class SingleFlight<Value> {
  readonly #flights = new Map<string, Flight<Value>>();

  /** @param covers - how much the work brings; a running one is shared when it brings at least as much */
  join(
    key: string,
    covers: number,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<Value>,
  ): FlightTicket<Value> {
    const running = this.#flights.get(key);
    if (running !== undefined && running.covers >= covers)
      return { promise: this.#board(key, running, signal), started: false };
    const own = linkSignal(undefined);
    const promise = work(own.signal).finally(() => {
      this.#forget(key, flight);
    });
    const flight: Flight<Value> = { promise, covers, passengers: 0, abort: own.abort };
    this.#flights.set(key, flight);
    return { promise: this.#board(key, flight, signal), started: true };
  }

  #board(key: string, flight: Flight<Value>, signal: AbortSignal): Promise<Value> {
    flight.passengers += 1;
    return new Promise<Value>((resolve, reject) => {
      const leave = () => {
        flight.passengers -= 1;
        if (flight.passengers === 0) {
          this.#forget(key, flight); // who comes now needs a new one: this one ends with CANCELLED
          flight.abort(signal.reason);
        }
        reject(new ReelflowError('CANCELLED', 'the search was aborted', { cause: signal.reason }));
      };
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
      flight.promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }

  #forget(key: string, flight: Flight<Value>): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
