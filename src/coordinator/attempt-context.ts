import type { CallContext, QuotaSeen, Spend } from '../ports/call-context.js';

export interface AttemptReports {
  quota(seen: QuotaSeen): void;
  spend(spent: Spend): void;
}

/**
 * The context of one attempt. The controller is made when somebody looks at the signal: most functions in memory never
 * do. Its fields are its own, not a prototype's: hosts copy a context into the options of what they call. The getter is
 * one for all contexts: a getter of its own would give each a hidden class of its own, which costs ten times as much.
 */
export class AttemptContext implements CallContext {
  readonly attempt: number;
  declare readonly signal: AbortSignal;
  readonly reportQuota: (seen: QuotaSeen) => void;
  readonly reportSpend: (spent: Spend) => void;
  #controller: AbortController | undefined;
  #aborted: { readonly reason: unknown } | undefined;

  constructor(attempt: number, reports: AttemptReports) {
    this.attempt = attempt;
    this.reportQuota = (seen) => reports.quota(seen);
    this.reportSpend = (spent) => reports.spend(spent);
    Object.defineProperty(this, 'signal', AttemptContext.#signal);
  }

  static abort(context: AttemptContext, reason: unknown): void {
    context.#aborted = { reason };
    context.#controller?.abort(reason);
  }

  static readonly #signal: PropertyDescriptor & ThisType<AttemptContext> = {
    enumerable: true,
    get() {
      return AttemptContext.#signalOf(this);
    },
  };

  static #signalOf(context: AttemptContext): AbortSignal {
    if (context.#controller === undefined) {
      context.#controller = new AbortController();
      if (context.#aborted !== undefined) context.#controller.abort(context.#aborted.reason);
    }
    return context.#controller.signal;
  }
}
