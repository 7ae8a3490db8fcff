/** Spending limits, by UTC day and calendar month. */
export interface SpendLimits {
  readonly usdPerDay?: number | undefined;
  readonly usdPerMonth?: number | undefined;
  readonly postsPerMonth?: number | undefined;
}
