/** What is left of the tightest limit. */
export interface Quota {
  /** Calls that may start now; Infinity when the API has no limit. */
  readonly remaining: number;
  readonly limit: number;
  /** When the next of its used places is free again, in epoch milliseconds; now when none is used. */
  readonly resetAtMs: number;
}
