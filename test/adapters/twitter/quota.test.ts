import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TwitterClient } from '../../../src/adapters/twitter/index.js';
import { AutomatedCoordinator, type QuotaSeen } from '../../../src/index.js';
import { rrr } from '../../workflow/setup.js';
import { failureOf, useAnswerServer } from '../use-answer-server.js';

const now = Date.parse('2026-11-24T10:00:00Z');
/** Seconds of an end that many seconds from now, as a header. */
const inSeconds = (seconds: number, fromMs = now) => String(fromMs / 1000 + seconds);
const window = (remaining: string, seconds = 60) => ({
  'x-rate-limit-limit': '450',
  'x-rate-limit-remaining': remaining,
  'x-rate-limit-reset': inSeconds(seconds),
});
const day = (who: 'app' | 'user', remaining: string, seconds?: number) => ({
  [`x-${who}-limit-24hour-limit`]: '1000',
  [`x-${who}-limit-24hour-remaining`]: remaining,
  ...(seconds === undefined ? {} : { [`x-${who}-limit-24hour-reset`]: inSeconds(seconds) }),
});

describe('the quota in the headers of X', () => {
  const server = useAnswerServer();
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const search = async (headers: Readonly<Record<string, string>>, status = 200, body: object = { meta: {} }) => {
    const seen: QuotaSeen[] = [];
    server.answer({ status, headers: { date: new Date(now).toUTCString(), ...headers }, body });
    const page = new TwitterClient({ bearerToken: 'AAAAbearer', baseUrl: server.url }).searchReviews(
      { movie: rrr, maxResults: 10 },
      { signal: new AbortController().signal, attempt: 1, reportQuota: (quota) => void seen.push(quota) },
    );
    return { seen, error: status === 200 ? await page : await failureOf(page) };
  };

  test('of a good answer is reported', async () => {
    const { seen } = await search(window('449'));
    expect(seen).toEqual([{ limit: 450, remaining: 449, resetAtMs: now + 60_000 }]);
  });

  test('ends by the clock of the answer: a provider whose clock is years off means the same', async () => {
    const past = Date.parse('2020-01-01T00:00:00Z');
    const headers = { ...window('0'), date: new Date(past).toUTCString(), 'x-rate-limit-reset': inSeconds(60, past) };
    expect((await search(headers)).seen).toEqual([{ limit: 450, remaining: 0, resetAtMs: now + 60_000 }]);
  });

  test('an end in the past is a second away, and one far off a day', async () => {
    expect((await search(window('0', -500))).seen).toMatchObject([{ resetAtMs: now + 1000 }]);
    expect((await search(window('0', 90_000_000))).seen).toMatchObject([{ resetAtMs: now + 86_400_000 }]);
  });

  test.each([
    [{}],
    [{ 'x-rate-limit-remaining': '0' }],
    [{ 'x-rate-limit-reset': inSeconds(60) }],
    [window('')],
    [window('-1')],
    [window('many')],
    [{ ...window('1'), 'x-rate-limit-reset': 'soon' }],
  ])('headers that are missing or odd, such as %j, are no news', async (headers) => {
    expect((await search(headers)).seen).toEqual([]);
  });

  test('a limit that is missing takes nothing from the rest', async () => {
    const headers = { 'x-rate-limit-remaining': '3', 'x-rate-limit-reset': inSeconds(60) };
    expect((await search(headers)).seen).toEqual([{ remaining: 3, resetAtMs: now + 60_000 }]);
  });

  test('a limit of the day counts once it is used up, the later one of two; before, the window does', async () => {
    const used = await search({ ...window('449'), ...day('app', '0', 7200) });
    expect(used.seen).toEqual([{ limit: 1000, remaining: 0, resetAtMs: now + 7_200_000 }]);
    const both = await search({ ...window('449'), ...day('app', '0', 100), ...day('user', '0', 3600) });
    expect(both.seen).toMatchObject([{ remaining: 0, resetAtMs: now + 3_600_000 }]);
    const left = await search({ ...window('449'), ...day('user', '5', 3600) });
    expect(left.seen).toMatchObject([{ remaining: 449 }]);
    const endless = await search({ ...window('449'), ...day('user', '0') });
    expect(endless.seen).toMatchObject([{ remaining: 449 }]);
  });

  test('a 429 of the window says when it ends, whatever its body', async () => {
    for (const body of [
      { title: 'Too Many Requests', type: 'about:blank', status: 429 },
      { title: 'Too Many Requests', type: 'https://api.x.com/2/problems/rate-limit-exceeded' },
      { errors: [{ code: 88, message: 'Rate limit exceeded' }] },
      {},
    ]) {
      const { error } = await search(window('0', 100), 429, body);
      expect(error).toMatchObject({
        code: 'API_RATE_LIMITED',
        retryable: true,
        retryAfterMs: 100_000,
        details: { retryAtMs: now + 100_000 },
      });
    }
    expect((await search({}, 429, {})).error).toMatchObject({ code: 'API_RATE_LIMITED', retryAfterMs: undefined });
    expect((await search(window('0', -500), 429, {})).error).toMatchObject({ retryAfterMs: 1000 });
  });

  test('a cap of the month is not waited for, although the window has places', async () => {
    const body = { title: 'UsageCapExceeded', period: 'Monthly', type: 'https://api.x.com/2/problems/usage-capped' };
    const { error } = await search(window('320'), 429, body);
    expect(error).toMatchObject({
      code: 'API_QUOTA_EXHAUSTED',
      retryable: false,
      retryAfterMs: undefined,
      details: { kind: 'usage-capped' },
    });
    expect(error).not.toHaveProperty('details.retryAtMs');
  });

  test('a limit of the day is not waited for either, but its end is told', async () => {
    const { error } = await search({ ...window('0', 100), ...day('user', '0', 3600) }, 429, { type: 'about:blank' });
    expect(error).toMatchObject({
      code: 'API_QUOTA_EXHAUSTED',
      retryable: false,
      retryAfterMs: undefined,
      details: { retryAtMs: now + 3_600_000 },
    });
  });

  test('a 402 is an empty account in both wordings, and without a body', async () => {
    for (const body of [
      { title: 'CreditsDepleted', type: 'https://api.twitter.com/2/problems/credits' },
      { title: 'Payment Required', type: 'https://api.x.com/2/problems/credits-depleted' },
      {},
    ]) {
      expect((await search({}, 402, body)).error).toMatchObject({ code: 'API_QUOTA_EXHAUSTED', retryable: false });
    }
  });

  test.each([
    ['the window', window('0', 900), 900],
    ['the day', { ...window('449'), ...day('app', '0', 7200) }, 7200],
  ])('of %s, used up by a good answer, holds the next call back without a request', async (_what, headers, seconds) => {
    server.answer({ headers: { date: new Date(now).toUTCString(), ...headers }, body: { meta: {} } });
    const client = new TwitterClient({ bearerToken: 'AAAAbearer', baseUrl: server.url });
    const coordinator = new AutomatedCoordinator();
    const search = () =>
      coordinator.coordinateApiCall(
        client.name,
        (context) => client.searchReviews({ movie: rrr, maxResults: 10 }, context),
        { deadlineMs: 60_000 },
      );
    expect(await search()).toMatchObject({ success: true });
    expect(coordinator.remainingQuota(client.name)).toMatchObject({ remaining: 0 });
    const refused = await search();
    expect(refused).toMatchObject({ success: false, attempts: 0, error: { code: 'API_RATE_LIMITED' } });
    const { retryAtMs } = (refused.success ? expect.unreachable() : refused.error).details;
    expect(retryAtMs).toBeGreaterThan(now + (seconds - 60) * 1000);
    expect(retryAtMs).toBeLessThanOrEqual(now + (seconds + 60) * 1000);
    expect(server.requests).toHaveLength(1);
  });
});
