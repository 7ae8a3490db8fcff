import { ReelflowError } from '../errors/reelflow-error.js';
import type { Spend } from '../ports/call-context.js';

/** Spending limits, by UTC day and calendar month. They hold within one process. */
export interface SpendLimits {
  /** US dollars, above 0. @default no limit */
  readonly usdPerDay?: number | undefined;
  /** US dollars, above 0. @default no limit */
  readonly usdPerMonth?: number | undefined;
  /** Posts bought, a whole number from 1 up. @default no limit */
  readonly postsPerMonth?: number | undefined;
}

export interface BudgetExhausted {
  readonly period: 'day' | 'month';
  readonly spentUsd: number;
  /** Infinity when it is the limit of posts that is reached. */
  readonly limitUsd: number;
}

export interface SpentSoFar {
  readonly usdToday: number;
  readonly usdThisMonth: number;
  readonly postsThisMonth: number;
  /** null: there is no limit. */
  readonly limits: {
    readonly usdPerDay: number | null;
    readonly usdPerMonth: number | null;
    readonly postsPerMonth: number | null;
  };
}

/** An amount set aside for one attempt; exactly one of the two is called. */
export interface Reservation {
  /** The attempt cost this much; without an amount, what was set aside. */
  settle(actual?: Spend): void;
  /** The attempt cost nothing. */
  release(): void;
}

/** Whether it is an amount that can be booked: one that is not would make every sum useless. */
export const isSpend = ({ usd, posts }: Spend): boolean =>
  Number.isFinite(usd) && usd >= 0 && Number.isInteger(posts) && posts >= 0;

/** Sums of dollars are kept in millionths: a thousand times 0.005 is 5, not 4.999999999999937. */
const perUsd = 1_000_000;

interface Ledger {
  readonly key: string;
  usd: number;
  posts: number;
}

/**
 * Keeps spending within the limits: the most an attempt can cost is reserved before it starts, so that many attempts
 * at once cannot overspend together, and set right when the answer says what it cost.
 */
export class SpendBudget {
  readonly #limits: SpendLimits;
  readonly #onExhausted: (exhausted: BudgetExhausted) => void;
  #day: Ledger = { key: '', usd: 0, posts: 0 };
  #month: Ledger = { key: '', usd: 0, posts: 0 };
  /** The periods whose end of budget was told. */
  readonly #told = { day: '', month: '' };

  constructor(limits: SpendLimits, onExhausted: (exhausted: BudgetExhausted) => void) {
    this.#limits = { ...limits };
    this.#onExhausted = onExhausted;
  }

  /** @returns an error with API_QUOTA_EXHAUSTED when the amount does not fit any more */
  reserve(most: Spend): Reservation | ReelflowError {
    this.#turnOver();
    const { usdPerDay, usdPerMonth, postsPerMonth } = this.#limits;
    const usd = Math.round(most.usd * perUsd);
    const exceeds = (ledger: Ledger, limitUsd: number | undefined) =>
      limitUsd !== undefined && usd > 0 && ledger.usd + usd > Math.round(limitUsd * perUsd);
    if (exceeds(this.#day, usdPerDay)) return this.#refuse('day', this.#day, usdPerDay);
    if (exceeds(this.#month, usdPerMonth)) return this.#refuse('month', this.#month, usdPerMonth);
    if (postsPerMonth !== undefined && most.posts > 0 && this.#month.posts + most.posts > postsPerMonth) {
      return this.#refuse('month', this.#month, undefined);
    }
    return this.#book(usd, most.posts);
  }

  spent(): SpentSoFar {
    this.#turnOver();
    const { usdPerDay = null, usdPerMonth = null, postsPerMonth = null } = this.#limits;
    return {
      usdToday: this.#day.usd / perUsd,
      usdThisMonth: this.#month.usd / perUsd,
      postsThisMonth: this.#month.posts,
      limits: { usdPerDay, usdPerMonth, postsPerMonth },
    };
  }

  #book(usd: number, posts: number): Reservation {
    const ledgers = [this.#day, this.#month]; // of the time it was booked: a late answer must not touch the next day
    const add = (moreUsd: number, morePosts: number) => {
      for (const ledger of ledgers) {
        ledger.usd += moreUsd;
        ledger.posts += morePosts;
      }
    };
    add(usd, posts);
    return {
      settle: (actual) => {
        if (actual !== undefined) add(Math.round(actual.usd * perUsd) - usd, actual.posts - posts);
      },
      release: () => add(-usd, -posts),
    };
  }

  #refuse(period: 'day' | 'month', ledger: Ledger, limitUsd: number | undefined): ReelflowError {
    const spentUsd = ledger.usd / perUsd;
    if (this.#told[period] !== ledger.key) {
      this.#told[period] = ledger.key;
      this.#onExhausted({ period, spentUsd, limitUsd: limitUsd ?? Number.POSITIVE_INFINITY });
    }
    const limit = limitUsd === undefined ? `${this.#limits.postsPerMonth} posts` : `${limitUsd} USD`;
    return new ReelflowError(
      'API_QUOTA_EXHAUSTED',
      `the budget of ${limit} a ${period} has no room for this call: raise the budget option or wait for the next ${period} (UTC)`,
      { details: { period, spentUsd, retryAtMs: nextPeriodMs(period) } },
    );
  }

  #turnOver(): void {
    const today = new Date().toISOString().slice(0, 10);
    if (this.#day.key !== today) this.#day = { key: today, usd: 0, posts: 0 };
    if (this.#month.key !== today.slice(0, 7)) this.#month = { key: today.slice(0, 7), usd: 0, posts: 0 };
  }
}

function nextPeriodMs(period: 'day' | 'month'): number {
  const now = new Date();
  return period === 'day'
    ? Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1)
    : Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
}
