import type { TriggerOutcome, TriggerRecord, TriggerSummary } from './trigger-outcome.js';

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
      this.#errors.set(this.#callbacks.length, outcome.error.message);
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
