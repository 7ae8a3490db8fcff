import type { CallContext, QuotaSeen, Spend } from '../ports/call-context.js';

export interface AttemptReports {
  quota(seen: QuotaSeen): void;
  spend(spent: Spend): void;
}

/** The context of one attempt. The controller is made when somebody looks at the signal: most functions in memory never do. */
export class AttemptContext implements CallContext {
  readonly attempt: number;
  readonly #reports: AttemptReports;
  #controller: AbortController | undefined;
  #reason: unknown;

  constructor(attempt: number, reports: AttemptReports) {
    this.attempt = attempt;
    this.#reports = reports;
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#reason !== undefined) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  get reportQuota(): (seen: QuotaSeen) => void {
    return (seen) => this.#reports.quota(seen);
  }

  get reportSpend(): (spent: Spend) => void {
    return (spent) => this.#reports.spend(spent);
  }

  abort(reason: unknown): void {
    this.#reason = reason;
    this.#controller?.abort(reason);
  }
}
