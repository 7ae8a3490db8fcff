import type { AutomatedCoordinator } from '../coordinator/automated-coordinator.js';
import type { Priority, WorkflowCost } from '../domain/workflow-run.js';
import { toReelflowError } from '../errors/classify-error.js';
import { ReelflowError } from '../errors/reelflow-error.js';
import type { CallContext, Spend } from '../ports/call-context.js';
import { Alarm, nowMs } from '../resilience/clock.js';
import type { Patience } from './share-in-time.js';

/** The share of the time that APIs may take; the rest is for storing, scoring and recommending what they gave. */
const collectShare = 0.8;
/** Once the database has failed in a run, its later operations are tried once and not waited for. */
const patienceWhenDownMs = 1000;
/**
 * A write gets this long past the deadline too. What it meets speaks for every search of the process: a write that had
 * no time for one round trip would divert them all. Long for a healthy server, short for who waits.
 */
const leastForWriteMs = 2000;

export interface RunCallsSettings {
  readonly coordinator: AutomatedCoordinator;
  readonly signal: AbortSignal;
  readonly priority: Priority;
  readonly deadlineMs: number;
  readonly workflowId?: string;
}

/** The coordinated calls of one run: bounded by its deadline, ended by its signal, and added up. Failures are thrown. */
export class RunCalls {
  readonly #settings: RunCallsSettings;
  readonly #startedAtMs = nowMs();
  readonly #apiCalls = new Map<string, number>();
  #attempts = 0;
  #usd = 0;
  #databaseDown = false;

  constructor(settings: RunCallsSettings) {
    this.#settings = settings;
  }

  /** Attempts of all calls and operations so far. */
  get attempts(): number {
    return this.#attempts;
  }

  get elapsedMs(): number {
    return nowMs() - this.#startedAtMs;
  }

  cost(): WorkflowCost {
    return { apiCalls: Object.fromEntries(this.#apiCalls), estimatedUsd: Math.round(this.#usd * 1e6) / 1e6 };
  }

  /** For answers that are shared with other searches. */
  get patience(): Patience {
    const { signal, deadlineMs } = this.#settings;
    return { signal, patienceMs: deadlineMs, untilMs: this.#startedAtMs + deadlineMs * collectShare };
  }

  charge(usd: number): void {
    this.#usd += usd;
  }

  /**
   * @param signal - of the shared work this call belongs to, when it is not this run's alone
   * @throws API_TIMEOUT, without a call that would be paid for and not waited for, when the time for APIs is over
   */
  async api<T>(
    api: string,
    fn: (context: CallContext) => Promise<T>,
    { spend, signal = this.#settings.signal }: { readonly spend?: Spend; readonly signal?: AbortSignal } = {},
  ): Promise<T> {
    const { coordinator, priority, deadlineMs, workflowId } = this.#settings;
    const leftMs = deadlineMs * collectShare - this.elapsedMs;
    if (leftMs <= 0)
      throw new ReelflowError('API_TIMEOUT', `${api} was not asked: no time was left before the deadline`);
    const options = { signal, priority, deadlineMs: leftMs, spend, workflowId };
    const outcome = await coordinator.coordinateApiCall(api, fn, options);
    this.#attempts += outcome.attempts;
    if (outcome.attempts > 0) this.#apiCalls.set(api, (this.#apiCalls.get(api) ?? 0) + outcome.attempts);
    if (outcome.success) return outcome.result;
    throw outcome.error;
  }

  database<T>(operation: string, fn: (context: CallContext) => Promise<T>): Promise<T> {
    return this.#database(operation, fn, this.#leftMs);
  }

  /** As `database`, with time for a round trip whatever is left of the deadline, until the database has failed. */
  write<T>(operation: string, fn: (context: CallContext) => Promise<T>): Promise<T> {
    const leastMs = this.#databaseDown ? 0 : leastForWriteMs;
    return this.#database(operation, fn, Math.max(leastMs, this.#leftMs));
  }

  async #database<T>(operation: string, fn: (context: CallContext) => Promise<T>, leftMs: number): Promise<T> {
    const { coordinator, priority, signal, workflowId } = this.#settings;
    const deadlineMs = this.#databaseDown ? Math.min(patienceWhenDownMs, leftMs) : leftMs;
    const options = { signal, priority, deadlineMs, workflowId };
    const outcome = await coordinator.coordinateDbOperation(operation, fn, options);
    this.#attempts += outcome.attempts;
    if (outcome.success) {
      this.#databaseDown = false;
      return outcome.result;
    }
    const { code } = outcome.error;
    const hadNoTime = code === 'DB_TIMEOUT' && leftMs < leastForWriteMs; // says more of the deadline than of the database
    if (code !== 'DB_CONSTRAINT' && !hadNoTime) this.#databaseDown = true;
    throw outcome.error;
  }

  /** Work in this process, such as scoring, that hears the abort and may not outlive the deadline. */
  local<T>(what: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal, deadlineMs } = this.#settings;
    return new Promise<T>((resolve, reject) => {
      const end = (error: ReelflowError) => {
        stop();
        reject(error);
      };
      const abort = () => end(new ReelflowError('CANCELLED', 'the search was aborted', { cause: signal.reason }));
      const alarm = new Alarm(() => end(new ReelflowError('UNEXPECTED', `${what} did not end before the deadline`)));
      const stop = () => {
        alarm.clear();
        signal.removeEventListener('abort', abort);
      };
      signal.addEventListener('abort', abort, { once: true });
      alarm.set(this.#startedAtMs + deadlineMs);
      Promise.resolve()
        .then(() => work(signal))
        .then(resolve, (thrown: unknown) => reject(toReelflowError(thrown, 'api')))
        .finally(stop);
    });
  }

  /** Time left; at least 1 ms, so that an operation says itself that it is too late. */
  get #leftMs(): number {
    return Math.max(1, this.#settings.deadlineMs - this.elapsedMs);
  }
}
