/** What the provider said about its own quota, in the headers of an answer. */
export interface QuotaSeen {
  readonly limit?: number;
  /** Calls left in the provider's window. */
  readonly remaining?: number;
  /** When the provider's window ends, in epoch milliseconds. */
  readonly resetAtMs?: number;
}

/** What a call costs, for the spend budget. */
export interface Spend {
  readonly usd: number;
  readonly posts: number;
}

/** What a coordinated function gets for each attempt. */
export interface CallContext {
  /** Aborts at the attempt's timeout, at the deadline, or when the caller gives up. */
  readonly signal: AbortSignal;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Tells the coordinator what the provider's headers said; `remaining: 0` pauses every caller until `resetAtMs`. */
  reportQuota?(seen: QuotaSeen): void;
  /** Tells what the answer really cost; without it, or when it is no amount, what the call reserved counts. */
  reportSpend?(spent: Spend): void;
}
