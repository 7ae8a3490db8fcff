import type { AlertNotice } from './alert-notice.js';
import { duration, figure, type Reading } from './reading.js';

export interface AlertTerms {
  readonly rule: string;
  readonly severity: AlertNotice['severity'];
  readonly forMs: number;
  readonly clearForMs: number;
}

/** One rule's view of one subject: quiet, about to begin, begun, about to end. */
export class AlertState {
  readonly #terms: AlertTerms;
  readonly #subject: string;
  #badSinceMs: number | null = null;
  #goodSinceMs: number | null = null;
  #alert: AlertNotice | null = null;

  constructor(terms: AlertTerms, subject: string) {
    this.#terms = terms;
    this.#subject = subject;
  }

  /** The notice of its beginning, with what was last seen; null while there is none. */
  get alert(): AlertNotice | null {
    return this.#alert;
  }

  /** Takes a look in. @returns a notice when the alert begins or ends with it */
  take(reading: Reading, atMs: number): AlertNotice | null {
    if (reading.state === 'unknown') return null;
    if (this.#alert === null) return this.#mayBegin(reading, atMs);
    return this.#mayEnd(this.#alert, reading, atMs);
  }

  /** The clock was set back: what has lasted begins to last now. */
  restart(atMs: number): void {
    if (this.#badSinceMs !== null && this.#alert === null) this.#badSinceMs = atMs;
    if (this.#goodSinceMs !== null) this.#goodSinceMs = atMs;
  }

  #mayBegin(reading: Reading, atMs: number): AlertNotice | null {
    if (reading.state !== 'bad') {
      this.#badSinceMs = null;
      return null;
    }
    this.#badSinceMs ??= atMs;
    if (atMs - this.#badSinceMs < this.#terms.forMs) return null;
    const { rule, severity } = this.#terms;
    const at = new Date(atMs).toISOString();
    this.#alert = {
      alertId: `${rule}/${this.#subject}/${at}`,
      state: 'began',
      rule,
      subject: this.#subject,
      severity,
      at,
      since: new Date(this.#badSinceMs).toISOString(),
      value: reading.value,
      message: `${this.#subject}: ${reading.says}`,
    };
    return this.#alert;
  }

  #mayEnd(alert: AlertNotice, reading: Reading, atMs: number): AlertNotice | null {
    this.#alert = { ...alert, value: reading.value };
    if (reading.state !== 'good') {
      this.#goodSinceMs = null;
      return null;
    }
    this.#goodSinceMs ??= atMs;
    if (atMs - this.#goodSinceMs < this.#terms.clearForMs) return null;
    const lastedMs = Math.max(0, atMs - Date.parse(alert.since));
    this.#alert = null;
    this.#badSinceMs = null;
    this.#goodSinceMs = null;
    const now = reading.value === null ? '' : `, now at ${figure(reading.value)}`;
    return {
      ...alert,
      state: 'ended',
      at: new Date(atMs).toISOString(),
      value: reading.value,
      message: `${this.#subject}: well again after ${duration(lastedMs)}${now}`,
    };
  }
}
