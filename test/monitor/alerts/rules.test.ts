import { describe, expect, test } from 'vitest';
import { type AlertRule, tryAlertRules } from '../../../src/index.js';
import { brief, lowSuccess, type Moment, minute, minutely, noon, sampleAt } from './samples.js';

const say = (rule: AlertRule, moments: readonly Moment[]) => brief(tryAlertRules([rule], minutely(moments)));
const tmdb = (ok: number, failed: number): Moment => ({ apis: { tmdb: { ok, failed } } });
const repeat = (moment: Moment, times: number): Moment[] => Array.from({ length: times }, () => moment);

describe('the success rate', () => {
  test('counts what happened in the time span alone: old failures leave it, and old successes do not hide new ones', () => {
    const bad = tmdb(1000, 20);
    // 20 failures in minute 1; ten calls that succeed in each minute after it
    const healing = Array.from({ length: 9 }, (_, index) => tmdb(1010 + index * 10, 20));
    expect(say({ ...lowSuccess, clearForMs: 0 }, [tmdb(1000, 0), bad, ...healing])).toEqual([
      'began api:tmdb at 1',
      'ended api:tmdb at 6',
    ]);
  });

  test('says nothing with too few calls, and leaves an alert as it is', () => {
    expect(say(lowSuccess, [tmdb(0, 0), tmdb(0, 9), tmdb(0, 9)])).toEqual([]);
    // ten failures, then silence for an hour: nobody knows that it is well again
    expect(say(lowSuccess, [tmdb(0, 0), tmdb(0, 10), ...repeat(tmdb(0, 10), 60)])).toEqual(['began api:tmdb at 1']);
  });

  test('between the two thresholds an alert neither begins nor ends', () => {
    const at92 = { ...lowSuccess, overMs: minute, clearForMs: 0 };
    const totals = [tmdb(0, 0), tmdb(92, 8), tmdb(172, 28), tmdb(264, 36), tmdb(359, 41)];
    // 92 %, 80 %, 92 %, 95 %
    expect(say(at92, totals)).toEqual(['began api:tmdb at 2', 'ended api:tmdb at 4']);
  });

  test.each([
    ['searches', { searches: { completed: 1, failed: 19 } }, 'searches'],
    ['apis', { apis: { tmdb: { ok: 5, failed: 3 }, x: { ok: 0, failed: 4 } } }, 'apis'],
    ['database', { operations: { find: { failed: 12 } } }, 'database'],
    ['each_operation', { operations: { find: { failed: 12 }, save_run: { ok: 12 } } }, 'operation:find'],
    ['api:x', { apis: { tmdb: { failed: 30 }, x: { failed: 30 } } }, 'api:x'],
  ] as const)('of %s', (of, moment, subject) => {
    const { apis, operations } = moment as Moment;
    const names = (targets: Moment['apis'] = {}) => Object.fromEntries(Object.keys(targets).map((name) => [name, {}]));
    const before: Moment = { apis: names(apis), operations: names(operations) };
    expect(say({ when: 'success_rate', below: 90, of }, [before, moment])).toEqual([`began ${subject} at 1`]);
  });

  test.each([
    ['each_api', { tmdb: { ok: 5, failed: 20, cancelled: 20 } }],
    ['apis', { tmdb: { ok: 5, failed: 20, cancelled: 20 }, x: { ok: 6 } }],
  ] as const)('of %s leaves out calls that their callers gave up', (of, apis) => {
    const rule: AlertRule = { when: 'success_rate', below: 90, of, minimumCalls: 5 };
    const before: Moment = { apis: { tmdb: {}, x: {} } };
    expect(say(rule, [before, { apis: { x: {}, ...apis } }])).toEqual([]);
    expect(say(rule, [before, { apis: { x: {}, ...apis, tmdb: { ok: 5, failed: 20, cancelled: 5 } } }])).toHaveLength(
      1,
    );
  });

  test('samples of a restarted process begin a new window', () => {
    const restarted = [tmdb(0, 0), tmdb(100, 0), tmdb(2, 0), tmdb(2, 20)];
    expect(say(lowSuccess, restarted)).toEqual(['began api:tmdb at 3']);
    const [notice] = tryAlertRules([lowSuccess], minutely(restarted));
    expect(notice).toMatchObject({ value: 0, message: 'api:tmdb: 0 % of 20 calls in 5 min succeeded, less than 90 %' });
  });
});

describe('the share of degraded searches', () => {
  const rule: AlertRule = { when: 'degraded_share', above: 20, overMs: minute, minimumSearches: 10, clearForMs: 0 };
  const searches = (completed: number, degraded: number): Moment => ({ searches: { completed, degraded } });

  test('begins above one share and ends at half of it', () => {
    // 30 %, 15 %, 10 %
    expect(say(rule, [searches(0, 0), searches(20, 6), searches(40, 9), searches(60, 11)])).toEqual([
      'began searches at 1',
      'ended searches at 3',
    ]);
  });
});

describe('what must last before it is told', () => {
  const open: Moment = { apis: { x: { circuit: 'open' } } };
  const probing: Moment = { apis: { x: { circuit: 'half_open' } } };
  const closed: Moment = { apis: { x: { circuit: 'closed' } } };

  test('a breaker: open for five minutes, trials counted in; well for one', () => {
    const rule: AlertRule = { when: 'circuit_open' };
    expect(say(rule, [...repeat(open, 3), probing, open, closed, ...repeat(open, 5)])).toEqual([]);
    expect(say(rule, [closed, ...repeat(open, 3), probing, open, open, closed, open, closed, closed])).toEqual([
      'began api:x at 6',
      'ended api:x at 10',
    ]);
    const notices = tryAlertRules([rule], minutely([closed, ...repeat(open, 6)]));
    expect(notices[0]).toMatchObject({
      since: new Date(noon + minute).toISOString(),
      value: null,
      rule: 'circuit_open',
    });
  });

  test('only the breaker that was asked for', () => {
    const both: Moment = {
      apis: { x: { circuit: 'open' }, tmdb: { circuit: 'open' } },
      operations: { x: { circuit: 'open' } },
    };
    expect(say({ when: 'circuit_open', of: 'operation:x', forMs: 0 }, [both])).toEqual(['began operation:x at 0']);
  });

  test('the spool: fifteen minutes; not known is neither full nor empty', () => {
    const rule: AlertRule = { when: 'spool_not_empty' };
    expect(say(rule, [...repeat({ spooled: 2 }, 14), { spooled: 0 }, ...repeat({ spooled: 2 }, 14)])).toEqual([]);
    expect(
      say(rule, [...repeat({ spooled: 2 }, 10), { spooled: null }, { status: null }, ...repeat({ spooled: 1 }, 4)]),
    ).toEqual(['began spool at 15']);
    const [notice] = tryAlertRules([rule], minutely(repeat({ spooled: 1 }, 16)));
    expect(notice).toMatchObject({ value: 1, message: 'spool: 1 write waits for the database' });
  });

  test('a part that is down, by the code of its error', () => {
    const down: Moment = {
      down: [
        {
          part: 'database',
          since: '',
          error: { code: 'DB_CONNECTION', message: 'postgres://user:secret@host refused' },
        },
        { part: 'api:x', since: '', error: null },
      ],
    };
    const notices = tryAlertRules([{ when: 'part_down' }], minutely([...repeat(down, 6), {}, {}]));
    expect(brief(notices)).toEqual(['began database at 5', 'ended database at 7']);
    expect(notices.map(({ message }) => message)).toEqual([
      'database: it is down with DB_CONNECTION',
      'database: well again after 7 min',
    ]);
  });

  test('a manager that can store nothing is critical', () => {
    const notices = tryAlertRules(
      [{ when: 'not_ready' }],
      minutely([{ ready: false }, { ready: false }, { status: null }]),
    );
    expect(notices).toMatchObject([{ severity: 'critical', subject: 'manager', state: 'began' }]);
  });

  test('a clock that is set back makes it last anew, and ends nothing', () => {
    const rule: AlertRule = { when: 'circuit_open', forMs: 2 * minute };
    const samples = [sampleAt(60 * minute, open), sampleAt(61 * minute, open), ...minutely(repeat(open, 3))];
    expect(brief(tryAlertRules([rule], samples))).toEqual(['began api:x at 2']);
  });
});

describe('what is left', () => {
  const quota = (remaining: number): Moment => ({ apis: { x: { quota: [remaining, 20] }, free: {} } });

  test('of a quota: begins under 10 %, ends at 19 %', () => {
    const moments = [quota(20), quota(2), quota(1), quota(3), quota(4), quota(4)];
    expect(say({ when: 'quota_low', below: 10 }, moments)).toEqual(['began api:x at 2', 'ended api:x at 5']);
    expect(say({ when: 'quota_low', below: 10, of: 'api:free' }, moments)).toEqual([]);
  });

  test('of a quota that is lifted meanwhile', () => {
    const lifted: Moment = { apis: { x: {} } };
    expect(say({ when: 'quota_low', below: 10, clearForMs: 0 }, [quota(1), lifted])).toEqual([
      'began api:x at 0',
      'ended api:x at 1',
    ]);
  });

  test('of a budget, each by itself', () => {
    const spent = { spend: { usd: 4.6, posts: 990 }, budget: { day: 5, month: 100, posts: 1000 } };
    const notices = tryAlertRules([{ when: 'budget_low', below: 10 }], minutely([spent]));
    expect(notices.map(({ message }) => message)).toEqual([
      'budget:day: 4.6 of 5 USD are spent, less than 10 % is left',
      'budget:posts: 990 of 1000 posts are spent, less than 10 % is left',
    ]);
    expect(say({ when: 'budget_low', below: 10, of: 'month' }, [spent])).toEqual([]);
    expect(say({ when: 'budget_low', below: 10 }, [{ spend: { usd: 100, posts: 9 } }])).toEqual([]);
  });
});

describe('rules that are none', () => {
  test.each([
    [[], 'rules must be an array of 1 to 1000 rules'],
    [[null], 'rules[0] must be an object'],
    [[{ when: 'too_late' }], 'rules[0].when must be one of success_rate'],
    [[{ when: 'success_rate' }], 'rules[0].below is missing'],
    [[{ when: 'success_rate', below: 0 }], 'rules[0].below must be above 0 and up to 100, got 0'],
    [[{ when: 'success_rate', below: 90, endsAt: 80 }], 'rules[0].endsAt must be a number from 90 to 100, got 80'],
    [[{ when: 'success_rate', below: 90, overMs: 10 }], 'rules[0].overMs must be a number from 1000'],
    [[{ when: 'success_rate', below: 90, of: 'tmdb' }], 'rules[0].of must be one of searches, apis, database'],
    [[{ when: 'spool_not_empty', of: 'api:x' }], 'rules[0].of has no meaning for spool_not_empty'],
    [[{ when: 'circuit_open', forMs: -1 }], 'rules[0].forMs must be a number from 0'],
    [[{ when: 'degraded_share', above: 100 }], 'rules[0].above must be a number from 0 to 99.999, got 100'],
    [[{ when: 'not_ready', severity: 'loud' }], "rules[0].severity must be 'warning' or 'critical', got 'loud'"],
    [[{ when: 'not_ready', name: '' }], 'rules[0].name must be a text'],
    [
      [{ when: 'not_ready' }, { when: 'not_ready' }],
      "must have different names: give one of those called 'not_ready' a name",
    ],
  ])('%j', (rules, message) => {
    const tried = () => tryAlertRules(rules as AlertRule[], []);
    expect(tried).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(message) }),
    );
  });
});
