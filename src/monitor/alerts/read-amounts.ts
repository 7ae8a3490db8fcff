import type { StatisticsSample } from '../statistics-recorder.js';
import type { BudgetLowRule, QuotaLowRule } from './alert-rule.js';
import { figure, type Reading, whenLow } from './reading.js';

const tenthOfTheRest = (below: number): number => below + (100 - below) / 10;

/** null, as JSON makes of Infinity, is no limit either. */
const isLimit = (limit: number | null): limit is number => Number.isFinite(limit);

export function readQuota({ of, below, endsAt = tenthOfTheRest(below) }: QuotaLowRule) {
  return ({ statistics }: StatisticsSample): readonly Reading[] =>
    Object.entries(statistics.coordinatorStats.apiCalls.byApi)
      .map(([name, { quota }]) => ({ subject: `api:${name}`, ...quota }))
      .filter(({ subject, limit }) => isLimit(limit) && limit > 0 && (of === undefined || of === subject))
      .map(({ subject, remaining, limit }) => {
        const left = (remaining / limit) * 100;
        return {
          subject,
          state: whenLow(left, { bad: below, good: endsAt }),
          value: left,
          says: `${remaining} of ${limit} calls of the quota are left, less than ${figure(below)} %`,
        };
      });
}

export function readBudget({ of, below, endsAt = tenthOfTheRest(below) }: BudgetLowRule) {
  return ({ statistics }: StatisticsSample): readonly Reading[] => {
    const { usdToday, usdThisMonth, postsThisMonth, limits } = statistics.coordinatorStats.spend;
    const budgets = [
      { name: 'day', spent: usdToday, limit: limits.usdPerDay, unit: 'USD' },
      { name: 'month', spent: usdThisMonth, limit: limits.usdPerMonth, unit: 'USD' },
      { name: 'posts', spent: postsThisMonth, limit: limits.postsPerMonth, unit: 'posts' },
    ];
    return budgets.flatMap(({ name, spent, limit, unit }) => {
      if (!isLimit(limit) || (of !== undefined && of !== name)) return [];
      const left = Math.max(0, (1 - spent / limit) * 100);
      return {
        subject: `budget:${name}`,
        state: whenLow(left, { bad: below, good: endsAt }),
        value: left,
        says: `${figure(spent)} of ${figure(limit)} ${unit} are spent, less than ${figure(below)} % is left`,
      };
    });
  };
}
