/** What holds of every rule. */
export interface RuleOptions {
  /** Unlike the other rules' names; it stands in every notice. @default made of `when` and what the rule looks at */
  readonly name?: string | undefined;
  /** Passed on to the sinks. @default 'warning' */
  readonly severity?: 'warning' | 'critical' | undefined;
  /** How long it must hold before the alert begins, in milliseconds. The default is each rule's own. */
  readonly forMs?: number | undefined;
  /** How long it must be well again before the alert ends, in milliseconds. @default 60000 */
  readonly clearForMs?: number | undefined;
}

/** What a rate is taken of. `each_api` and `each_operation` watch each by itself: one alert for each. */
export type RateSubject = 'searches' | 'apis' | 'database' | 'each_api' | 'each_operation' | `api:${string}`;

export interface SuccessRateRule extends RuleOptions {
  readonly when: 'success_rate';
  /** @default 'each_api' */
  readonly of?: RateSubject | undefined;
  /** Per cent, above 0 and up to 100. */
  readonly below: number;
  /** It ends at this rate, in per cent, from `below` to 100. @default halfway from `below` to 100 */
  readonly endsAt?: number | undefined;
  /** The time that the rate is taken over, in milliseconds, from 1000 up. @default 600000 */
  readonly overMs?: number | undefined;
  /** With fewer calls in that time nothing is said either way. @default 10 */
  readonly minimumCalls?: number | undefined;
}

export interface DegradedShareRule extends RuleOptions {
  readonly when: 'degraded_share';
  /** Per cent of the completed searches, from 0 to below 100. */
  readonly above: number;
  /** It ends at this share, in per cent, from 0 to `above`. @default half of `above` */
  readonly endsAt?: number | undefined;
  /** The time that the share is taken over, in milliseconds, from 1000 up. @default 600000 */
  readonly overMs?: number | undefined;
  /** With fewer completed searches in that time nothing is said either way. @default 10 */
  readonly minimumSearches?: number | undefined;
}

export interface QuotaLowRule extends RuleOptions {
  readonly when: 'quota_low';
  /** One API, such as `api:tmdb`. @default each API that has a limit */
  readonly of?: `api:${string}` | undefined;
  /** Per cent of the tightest limit that are left, above 0 and up to 100. */
  readonly below: number;
  /** It ends when this much is left, in per cent, from `below` to 100. @default `below` and a tenth of the rest */
  readonly endsAt?: number | undefined;
}

export interface BudgetLowRule extends RuleOptions {
  readonly when: 'budget_low';
  /** @default each that has a limit */
  readonly of?: 'day' | 'month' | 'posts' | undefined;
  /** Per cent of the budget that are left, above 0 and up to 100. */
  readonly below: number;
  /** It ends when this much is left, in per cent, from `below` to 100. @default `below` and a tenth of the rest */
  readonly endsAt?: number | undefined;
}

/** A breaker that is open, or tries whether it may close. `forMs` is 5 minutes by default. */
export interface CircuitOpenRule extends RuleOptions {
  readonly when: 'circuit_open';
  /** @default every API and operation */
  readonly of?: `api:${string}` | `operation:${string}` | undefined;
}

/** Writes wait for the database. `forMs` is 15 minutes by default. */
export interface SpoolNotEmptyRule extends RuleOptions {
  readonly when: 'spool_not_empty';
}

/** A part is down, breakers left out. `forMs` is 5 minutes by default. */
export interface PartDownRule extends RuleOptions {
  readonly when: 'part_down';
  /** @default each of them */
  readonly of?: 'database' | 'spool' | 'cache' | undefined;
}

/** Nothing can be stored. `forMs` is 1 minute by default, and `severity` 'critical'. */
export interface NotReadyRule extends RuleOptions {
  readonly when: 'not_ready';
}

export type AlertRule =
  | SuccessRateRule
  | DegradedShareRule
  | QuotaLowRule
  | BudgetLowRule
  | CircuitOpenRule
  | SpoolNotEmptyRule
  | PartDownRule
  | NotReadyRule;
