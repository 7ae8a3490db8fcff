import { EventEmitter } from 'eventemitter3';
import { ReelflowError } from '../errors/reelflow-error.js';
import { refuseUnknown } from '../errors/refuse-unknown.js';
import { Ring } from '../resilience/ring.js';
import type { Registration, TriggerContext } from './callback-run.js';
import { Firing } from './firing.js';
import { HistoryEntry } from './history-entry.js';
import type { TriggerOutcome, TriggerRecord } from './trigger-outcome.js';
import type { WorkflowEvents } from './workflow-events.js';

const defaultHistorySize = 1000;
const defaultTimeoutMs = 30_000;
const everyEvent = '*';

export interface TriggerOptions {
  /** Events that `history` keeps: a whole number from 0 up. @default 1000 */
  readonly historySize?: number | undefined;
}

export interface RegisterOptions {
  /** Leaves after its first call. @default false */
  readonly once?: boolean | undefined;
  /** Time for one call, in milliseconds; Infinity: never. @default 30000 */
  readonly timeoutMs?: number | undefined;
  /** Its name in outcomes. @default the function's name */
  readonly name?: string | undefined;
}

export type TriggerCallback<Data, Event> = (data: Data, context: TriggerContext<Event>) => unknown;

/** One callback that was called, and the promise of how it ends. The promise never rejects. */
export interface Delivery {
  readonly callback: string;
  readonly outcome: Promise<TriggerOutcome>;
}

type EventName<Events> = Extract<keyof Events, string>;

/**
 * Typed events with callbacks that cannot hurt each other: they run side by side, and one that throws or hangs never
 * stops another. `'*'` hears every event. A host adds events of its own by the type parameter.
 */
export class WorkflowTrigger<Events extends object = WorkflowEvents> {
  readonly #emitter = new EventEmitter<Record<string, (firing: Firing) => void>>();
  readonly #history: Ring<HistoryEntry>;
  #registered = 0;
  #totalFired = 0;

  /** @throws INVALID_OPTIONS for a history size that is no whole number from 0 up */
  constructor({ historySize = defaultHistorySize }: TriggerOptions = {}) {
    if (!Number.isInteger(historySize) || historySize < 0) {
      throw new ReelflowError('INVALID_OPTIONS', `historySize must be a whole number from 0 up, got ${historySize}`);
    }
    this.#history = new Ring(historySize);
  }

  /** Newest last; at most `historySize`. A copy. */
  get history(): TriggerRecord[] {
    return this.#history.toArray().map((entry) => entry.toRecord());
  }

  /** The last `count` of the history, newest last. A copy. */
  recent(count: number): TriggerRecord[] {
    return this.#history.newest(count).map((entry) => entry.toRecord());
  }

  /** Events triggered since the start, exactly. */
  get totalFired(): number {
    return this.#totalFired;
  }

  /**
   * Calls `callback(data, { event, signal })` whenever the event is triggered.
   * @returns unregister
   * @throws INVALID_INPUT for an event, callback or option that cannot be used
   */
  registerTrigger<Event extends EventName<Events>>(
    event: Event,
    callback: TriggerCallback<Events[Event], Event>,
    options?: RegisterOptions,
  ): () => void;
  registerTrigger(
    event: '*',
    callback: TriggerCallback<Events[EventName<Events>], EventName<Events>>,
    options?: RegisterOptions,
  ): () => void;
  registerTrigger(
    event: string,
    callback: (data: never, context: TriggerContext<never>) => unknown,
    options: RegisterOptions = {},
  ): () => void {
    checkEvent(event);
    checkRegistration(callback, options);
    this.#registered += 1;
    const registration: Registration = {
      order: this.#registered,
      name: options.name ?? (callback.name === '' ? `callback ${this.#registered}` : callback.name),
      timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
      callback: callback as Registration['callback'], // the overloads tie the data to the event
    };
    const listener = (firing: Firing) => firing.call(registration);
    if (options.once === true) this.#emitter.once(event, listener);
    else this.#emitter.on(event, listener);
    return () => {
      this.#emitter.off(event, listener);
    };
  }

  /** Triggers an event and waits for all its callbacks. Outcomes are in order of registration. Never rejects for a callback. */
  triggerEvent<Event extends EventName<Events>>(
    event: Event,
    data: Events[Event],
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<TriggerOutcome[]> {
    try {
      return this.#fire(event, data, options.signal).outcomes();
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Like {@link triggerEvent}, but gives each callback's outcome by itself. */
  fire<Event extends EventName<Events>>(
    event: Event,
    data: Events[Event],
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Delivery[] {
    return deliveriesOf(this.#fire(event, data, options.signal));
  }

  /** Calls the callbacks of an event without an entry in the history: for the steps of something that was triggered. */
  deliver<Event extends EventName<Events>>(
    event: Event,
    data: Events[Event],
    { signal }: { readonly signal?: AbortSignal | undefined } = {},
  ): Delivery[] {
    return deliveriesOf(this.#call(new Firing(event, data, signal), event));
  }

  #fire(event: string, data: unknown, signal: AbortSignal | undefined): Firing {
    checkEvent(event);
    const entry = new HistoryEntry(event, data);
    this.#totalFired += 1;
    this.#history.push(entry);
    return this.#call(new Firing(event, data, signal, (ended) => entry.add(ended)), event);
  }

  #call(firing: Firing, event: string): Firing {
    const isHeard = this.#emitter.emit(event, firing);
    const isHeardByAll = event !== everyEvent && this.#emitter.emit(everyEvent, firing);
    firing.started(isHeard && isHeardByAll);
    return firing;
  }
}

const deliveriesOf = ({ runs }: Firing): Delivery[] =>
  runs.map((run) => ({ callback: run.registration.name, outcome: run.outcome }));

function checkEvent(event: unknown): void {
  if (typeof event !== 'string' || event.length === 0) {
    throw new ReelflowError('INVALID_INPUT', "the event must be a text, such as 'user_search', or '*' for every event");
  }
}

const known = { once: true, timeoutMs: true, name: true } as const;

function checkRegistration(callback: unknown, options: RegisterOptions): void {
  const refuse = (message: string): never => {
    throw new ReelflowError('INVALID_INPUT', message);
  };
  if (typeof callback !== 'function') refuse('the callback must be a function: (data, { event, signal }) => ...');
  refuseUnknown('registerTrigger', options, known, 'INVALID_INPUT');
  const { timeoutMs, name, once } = options;
  if (timeoutMs !== undefined && !(typeof timeoutMs === 'number' && timeoutMs > 0)) {
    refuse(`timeoutMs must be a number of milliseconds above 0, or Infinity, got ${String(timeoutMs)}`);
  }
  if (name !== undefined && (typeof name !== 'string' || name === '')) refuse('name must be a text that is not empty');
  if (once !== undefined && typeof once !== 'boolean') refuse('once must be true or false');
}
