import type { CallContext, QuotaSeen, Spend } from '../ports/call-context.js';

export interface AttemptReports {
  quota(seen: QuotaSeen): void;
  spend(spent: Spend): void;
}

export interface AttemptContext {
  readonly context: CallContext;
  abort(reason: unknown): void;
}

/**
 * The context of one attempt. The controller is made when somebody looks at the signal: most functions in memory never
 * do. Its fields are its own, not a prototype's: hosts copy a context into the options of what they call.
 */
export function attemptContext(attempt: number, reports: AttemptReports): AttemptContext {
  let controller: AbortController | undefined;
  let aborted: { readonly reason: unknown } | undefined;
  const context: CallContext = {
    attempt,
    get signal() {
      if (controller === undefined) {
        controller = new AbortController();
        if (aborted !== undefined) controller.abort(aborted.reason);
      }
      return controller.signal;
    },
    reportQuota: (seen) => reports.quota(seen),
    reportSpend: (spent) => reports.spend(spent),
  };
  const abort = (reason: unknown) => {
    aborted = { reason };
    controller?.abort(reason);
  };
  return { context, abort };
}
