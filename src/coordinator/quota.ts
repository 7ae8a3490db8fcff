/** What is left of the tightest limit. */
export interface Quota {
  /** Calls that may start now; Infinity when the API has no limit. */
  readonly remaining: number;
  readonly limit: number;
  /** When its next place is free, in epoch milliseconds; now or earlier when one is free. */
  readonly resetAtMs: number;
}
