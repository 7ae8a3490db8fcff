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

/** What an answer said about its own age, for a cache. */
export interface FreshnessSeen {
  /** Names this version of the answer; a later call gives it back in `known`. */
  readonly etag?: string;
  /** How long the answer may be used unasked, in milliseconds from now. */
  readonly maxAgeMs?: number;
  /** The provider said that the known value still holds: the call returned it. */
  readonly unchanged?: true;
}

/**
 * What a coordinated function gets for each attempt. `Known` is what the call returns, where a cache may already hold
 * an earlier one; a context without it fits every call.
 */
export interface CallContext<Known = never> {
  /** Aborts at the attempt's timeout, at the deadline, or when the caller gives up. */
  readonly signal: AbortSignal;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** Tells the coordinator what the provider's headers said; `remaining: 0` pauses every caller until `resetAtMs`. */
  reportQuota?(seen: QuotaSeen): void;
  /** Tells what the answer really cost; without it, or when it is no amount, what the call reserved counts. */
  reportSpend?(spent: Spend): void;
  /** An earlier result of the same call: returned again when the provider says that it still holds. A client that cannot ask fetches anew. */
  readonly known?: { readonly etag: string; readonly value: Known };
  /** Told once by a call that succeeds, when its provider gives an ETag or an age. */
  reportFreshness?(seen: FreshnessSeen): void;
}
