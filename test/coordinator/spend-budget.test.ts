import { describe, expect, test, vi } from 'vitest';
import type { AutomatedCoordinator } from '../../src/coordinator/automated-coordinator.js';
import type { ErrorCode } from '../../src/errors/error-code.js';
import type { CallContext, Spend } from '../../src/ports/call-context.js';
import type { SpendLimits } from '../../src/resilience/spend-budget.js';
import {
  answersAfter,
  bare,
  coordinatorWith,
  eventsOf,
  failsThenAnswers,
  failure,
  never,
  recorded,
  settled,
  withFakeTime,
} from './helpers.js';

const page: Spend = { usd: 0.5, posts: 100 };
const withBudget = (budget: SpendLimits) => coordinatorWith({ twitter: bare() }, { budget });
const buy = (
  coordinator: AutomatedCoordinator,
  fn: (context: CallContext) => unknown = () => 'page',
  spend: Spend = page,
) => coordinator.coordinateApiCall('twitter', fn, { spend });
const exhausted = { success: false, attempts: 0, error: { code: 'API_QUOTA_EXHAUSTED', retryable: false } };

describe('the spend budget', () => {
  withFakeTime();

  test('ends a call once, though who hears that it is exhausted aborts the call', async () => {
    const coordinator = withBudget({ usdPerDay: 0.1 });
    const controller = new AbortController();
    coordinator.subscribe(({ type }) => {
      if (type === 'budget_exhausted') controller.abort();
    });
    const call = coordinator.coordinateApiCall('twitter', () => 1, { spend: page, signal: controller.signal });
    expect(await call).toMatchObject({ success: false, attempts: 0, error: { code: 'CANCELLED' } });
    expect(coordinator.callHistory()).toHaveLength(1);
    expect(coordinator.getStatistics().apiCalls).toMatchObject({ total: 1, failed: 1 });
  });

  test('lets calls through as long as the most they can cost fits', async () => {
    const coordinator = withBudget({ usdPerDay: 1 });
    const { fn, startsMs } = recorded(() => 'page');
    const results = [await buy(coordinator, fn), await buy(coordinator, fn), await buy(coordinator, fn)];
    expect(results).toMatchObject([{ success: true }, { success: true }, exhausted]);
    expect(startsMs).toHaveLength(2);
    expect(coordinator.getStatistics().spend).toEqual({
      usdToday: 1,
      usdThisMonth: 1,
      postsThisMonth: 200,
      limits: { usdPerDay: 1, usdPerMonth: null, postsPerMonth: null },
    });
  });

  test('is never overspent by many calls at once', async () => {
    const coordinator = withBudget({ usdPerMonth: 10 });
    const results = await settled(
      Promise.all(Array.from({ length: 200 }, () => buy(coordinator, () => answersAfter(50, 1)))),
    );
    expect(results.filter(({ success }) => success)).toHaveLength(20);
    expect(coordinator.getStatistics().spend.usdThisMonth).toBe(10);
  });

  test('counts posts too', async () => {
    const coordinator = withBudget({ postsPerMonth: 250 });
    expect([await buy(coordinator), await buy(coordinator), await buy(coordinator)]).toMatchObject([
      { success: true },
      { success: true },
      exhausted,
    ]);
    expect(await buy(coordinator, () => 'small page', { usd: 0.1, posts: 50 })).toMatchObject({ success: true });
  });

  test('is set right by what the answer says that it cost', async () => {
    const coordinator = withBudget({ usdPerDay: 1 });
    const cheap = ({ reportSpend }: CallContext) => reportSpend?.({ usd: 0.05, posts: 10 });
    for (let call = 0; call < 11; call += 1) await buy(coordinator, cheap);
    expect(coordinator.getStatistics().spend).toMatchObject({
      usdToday: 0.55,
      usdThisMonth: 0.55,
      postsThisMonth: 110,
    });
    expect(await buy(coordinator, cheap)).toMatchObject(exhausted); // 0.5 might be more than the 0.45 left
  });

  test('sums amounts exactly', async () => {
    const coordinator = withBudget({ usdPerDay: 5 });
    const small: Spend = { usd: 0.005, posts: 1 };
    for (let call = 0; call < 1000; call += 1) await buy(coordinator, () => 1, small);
    expect(coordinator.getStatistics().spend.usdToday).toBe(5);
    expect(await buy(coordinator, () => 1, small)).toMatchObject(exhausted);

    const odd = withBudget({ usdPerDay: 0.000123 }); // times a million it is 123.00000000000001
    expect(await buy(odd, () => 1, { usd: 0.000123, posts: 1 })).toMatchObject({ success: true });
    expect(await buy(odd, () => 1, { usd: 0.000001, posts: 1 })).toMatchObject(exhausted);
  });

  test('is not charged for an answer that says no, but for one that may have been bought', async () => {
    const spentAfter = async (code: ErrorCode) => {
      const coordinator = withBudget({ usdPerDay: 10 });
      await buy(coordinator, () => {
        throw failure(code);
      });
      return coordinator.getStatistics().spend.usdToday;
    };
    expect(await spentAfter('API_UNAVAILABLE')).toBe(0);
    expect(await spentAfter('API_NOT_FOUND')).toBe(0);
    expect(await spentAfter('API_TIMEOUT')).toBe(0.5);
    expect(await spentAfter('API_NETWORK')).toBe(0.5);
    expect(await spentAfter('API_INVALID_RESPONSE')).toBe(0.5); // it came, only it could not be read
  });

  test('keeps what was reserved when an attempt times out or is aborted', async () => {
    const coordinator = withBudget({ usdPerDay: 10 });
    await settled(buy(coordinator, () => never()));
    const controller = new AbortController();
    const aborted = coordinator.coordinateApiCall('twitter', () => never(), { spend: page, signal: controller.signal });
    controller.abort();
    await aborted;
    expect(coordinator.getStatistics().spend.usdToday).toBe(1);
  });

  test('keeps what was reserved for each answer that could not be read, until one says what it cost', async () => {
    const coordinator = coordinatorWith({ twitter: { limits: [] } }, { budget: { usdPerDay: 1 } });
    const answers = failsThenAnswers([failure('API_INVALID_RESPONSE')], null);
    const cheap = async ({ reportSpend }: CallContext) => {
      await answers();
      reportSpend?.({ usd: 0.05, posts: 10 });
    };
    expect(await settled(buy(coordinator, cheap))).toMatchObject({ success: true, attempts: 2 });
    expect(coordinator.getStatistics().spend).toMatchObject({
      usdToday: 0.55,
      usdThisMonth: 0.55,
      postsThisMonth: 110,
    });
    const unreadable = () => {
      throw failure('API_INVALID_RESPONSE');
    };
    expect(await settled(buy(coordinator, unreadable, { usd: 0.45, posts: 90 }))).toMatchObject({
      success: false,
      attempts: 1, // what the first one may have cost leaves no room for the second
      error: { code: 'API_QUOTA_EXHAUSTED' },
    });
  });

  test('reserves for each attempt', async () => {
    const coordinator = coordinatorWith({ twitter: { limits: [] } }, { budget: { usdPerDay: 10 } });
    const answer = failsThenAnswers([failure('API_TIMEOUT'), failure('API_UNAVAILABLE')], 'page');
    await settled(buy(coordinator, answer));
    expect(coordinator.getStatistics().spend.usdToday).toBe(1); // the timeout and the success
  });

  test('is asked at the start, not before the wait', async () => {
    const coordinator = coordinatorWith(
      { twitter: bare({ limits: [{ calls: 1, windowMs: 1000 }] }) },
      { budget: { usdPerDay: 0.5 } },
    );
    const free = buy(coordinator, ({ reportSpend }) => reportSpend?.({ usd: 0, posts: 0 }));
    const waiting = buy(coordinator);
    const tooMuch = buy(coordinator);
    expect(await settled(Promise.all([free, waiting, tooMuch]))).toMatchObject([
      { success: true },
      { success: true },
      exhausted,
    ]);
  });

  test('takes no place of the limits for what it refuses', async () => {
    const coordinator = coordinatorWith(
      { twitter: bare({ limits: [{ calls: 5, windowMs: 1000 }] }) },
      { budget: { usdPerDay: 0.5 } },
    );
    await buy(coordinator);
    await buy(coordinator);
    expect(coordinator.remainingQuota('twitter').remaining).toBe(4);
  });

  test('does not touch calls that cost nothing', async () => {
    const coordinator = withBudget({ usdPerDay: 0.5 });
    await buy(coordinator);
    expect(await coordinator.coordinateApiCall('twitter', () => 1)).toMatchObject({ success: true });
  });

  test('starts anew with the day (UTC), while the month goes on', async () => {
    const coordinator = withBudget({ usdPerDay: 0.5, usdPerMonth: 1 });
    await buy(coordinator);
    const refused = await buy(coordinator);
    expect(refused).toMatchObject({
      ...exhausted,
      error: { details: { period: 'day', spentUsd: 0.5, retryAtMs: Date.UTC(2026, 4, 16) } },
    });
    await vi.advanceTimersByTimeAsync(12 * 3_600_000);
    expect(await buy(coordinator)).toMatchObject({ success: true });
    expect(coordinator.getStatistics().spend).toMatchObject({ usdToday: 0.5, usdThisMonth: 1, postsThisMonth: 200 });
    await vi.advanceTimersByTimeAsync(24 * 3_600_000);
    expect(await buy(coordinator)).toMatchObject({
      error: { code: 'API_QUOTA_EXHAUSTED', details: { period: 'month', retryAtMs: Date.UTC(2026, 5, 1) } },
    });
  });

  test('starts anew with the month', async () => {
    const coordinator = withBudget({ usdPerMonth: 0.5 });
    await buy(coordinator);
    vi.setSystemTime(Date.UTC(2026, 4, 31, 23, 59, 59, 999));
    expect(await buy(coordinator)).toMatchObject(exhausted);
    await vi.advanceTimersByTimeAsync(1);
    expect(await buy(coordinator)).toMatchObject({ success: true });
  });

  test('books a late answer on the day on which it was asked for', async () => {
    const coordinator = withBudget({ usdPerDay: 10 });
    vi.setSystemTime(Date.UTC(2026, 4, 15, 23, 59, 59));
    const late = buy(coordinator, async ({ reportSpend }) => {
      await answersAfter(5000, null);
      reportSpend?.({ usd: 0.1, posts: 20 });
    });
    await settled(late);
    expect(coordinator.getStatistics().spend).toMatchObject({ usdToday: 0, usdThisMonth: 0.1, postsThisMonth: 20 });
  });

  test('tells once in a period that it is used up', async () => {
    const coordinator = withBudget({ usdPerDay: 0.5, postsPerMonth: 150 });
    const events = eventsOf(coordinator);
    await buy(coordinator);
    const postsOnly: Spend = { usd: 0, posts: 100 };
    for (const spend of [page, page, postsOnly, page, postsOnly]) await buy(coordinator, () => 1, spend);
    expect(events).toEqual([
      { type: 'budget_exhausted', period: 'day', spentUsd: 0.5, limitUsd: 0.5 },
      { type: 'budget_exhausted', period: 'month', spentUsd: 0.5, limitUsd: Number.POSITIVE_INFINITY },
    ]);
    await vi.advanceTimersByTimeAsync(12 * 3_600_000);
    await buy(coordinator, () => 1, { usd: 0.6, posts: 0 });
    expect(events).toHaveLength(3);
  });

  test.each([
    ['not a number', { usd: Number.NaN, posts: 1 }],
    ['negative', { usd: -5, posts: 1 }],
    ['infinite', { usd: Number.POSITIVE_INFINITY, posts: 1 }],
    ['no count of posts', { usd: 0.1, posts: Number.NaN }],
  ])('keeps what was reserved when the reported cost is %s', async (_, spent) => {
    const coordinator = withBudget({ usdPerDay: 1 });
    await buy(coordinator, ({ reportSpend }) => reportSpend?.(spent));
    expect(coordinator.getStatistics().spend).toMatchObject({ usdToday: 0.5, usdThisMonth: 0.5, postsThisMonth: 100 });
  });

  test('refuses a call whose cost is no amount', async () => {
    const coordinator = withBudget({ usdPerDay: 1 });
    for (const spend of [
      { usd: Number.NaN, posts: 0 },
      { usd: -1, posts: 0 },
      { usd: 0, posts: -1 },
      { usd: 0, posts: 0.5 },
    ]) {
      await expect(buy(coordinator, () => 1, spend)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
    expect(coordinator.getStatistics().apiCalls.total).toBe(0);
  });
});
