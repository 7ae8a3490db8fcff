import { redact } from '../errors/redact.js';
import type { TriggerOutcome, TriggerRecord, TriggerSummary } from './trigger-outcome.js';

/** Of the message of a callback's error: the history is kept, shown and sent. */
const longestError = 1000;

/** What the history keeps of one event, in little memory: a thousand of them are kept, and few are ever looked at. */
export class HistoryEntry {
  readonly #event: string;
  readonly #data: unknown;
  readonly #atMs = Date.now();
  readonly #callbacks: string[] = [];
  readonly #durationsMs: number[] = [];
  #errors: Map<number, string> | undefined;

  constructor(event: string, data: unknown) {
    this.#event = event;
    this.#data = data;
  }

  add(outcome: TriggerOutcome): void {
    if (!outcome.success) {
      this.#errors ??= new Map();
      this.#errors.set(this.#callbacks.length, redact(String(outcome.error.message)).slice(0, longestError));
    }
    this.#callbacks.push(outcome.callback);
    this.#durationsMs.push(outcome.durationMs);
  }

  toRecord(): TriggerRecord {
    return {
      event: this.#event,
      data: this.#data,
      at: new Date(this.#atMs).toISOString(),
      outcomes: this.#callbacks.map((callback, index): TriggerSummary => {
        const error = this.#errors?.get(index);
        const durationMs = this.#durationsMs[index] ?? 0;
        return { callback, success: error === undefined, durationMs, ...(error === undefined ? {} : { error }) };
      }),
    };
  }
}
