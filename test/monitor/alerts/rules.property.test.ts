import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AlertRule, type StatisticsSample, tryAlertRules } from '../../../src/index.js';
import { CountedWindow } from '../../../src/monitor/alerts/counted-window.js';
import { type Moment, minute, sampleAt } from './samples.js';

const rules: readonly AlertRule[] = [
  { when: 'success_rate', below: 80, overMs: 3 * minute, minimumCalls: 5, forMs: minute },
  { when: 'success_rate', of: 'searches', below: 80, endsAt: 80, overMs: minute, minimumCalls: 1, clearForMs: 0 },
  { when: 'circuit_open', forMs: 2 * minute },
  { when: 'quota_low', below: 30, clearForMs: 2 * minute },
  { when: 'spool_not_empty', forMs: 0 },
  { when: 'part_down', forMs: minute },
];

const step = fc.record({
  afterMs: fc.oneof(fc.integer({ min: 100, max: 4 * minute }), fc.constantFrom(0, -minute)),
  ok: fc.nat(10),
  failed: fc.nat(10),
  circuit: fc.constantFrom('closed' as const, 'open' as const, 'half_open' as const),
  remaining: fc.nat(10),
  spooled: fc.option(fc.nat(2)),
  down: fc.boolean(),
  isKnown: fc.boolean(),
});

const pasts = fc.array(step, { maxLength: 60 }).map((steps) => {
  let atMs = 0;
  let ok = 0;
  let failed = 0;
  return steps.map((given): StatisticsSample => {
    atMs += given.afterMs;
    ok += given.ok;
    failed += given.failed;
    const moment: Moment = {
      apis: { x: { ok, failed, circuit: given.circuit, quota: [given.remaining, 10] } },
      searches: { completed: ok, failed },
      spooled: given.spooled,
      down: given.down ? [{ part: 'database', since: '', error: null }] : [],
      ...(given.isKnown ? {} : { status: null }),
    };
    return sampleAt(atMs, moment);
  });
});

test('whatever happens, each alert begins once and ends once before it begins again', () => {
  fc.assert(
    fc.property(pasts, (samples) => {
      const open = new Map<string, string>();
      for (const { state, rule, subject, alertId } of tryAlertRules(rules, samples)) {
        const key = `${rule} ${subject}`;
        expect(open.get(key)).toBe(state === 'began' ? undefined : alertId);
        if (state === 'began') open.set(key, alertId);
        else open.delete(key);
      }
    }),
    { numRuns: 500 },
  );
});

test('a past that was kept as JSON is judged as it was when it happened', () => {
  fc.assert(
    fc.property(pasts, (samples) => {
      const kept: StatisticsSample[] = JSON.parse(JSON.stringify(samples));
      expect(tryAlertRules(rules, kept)).toEqual(tryAlertRules(rules, samples));
    }),
    { numRuns: 200 },
  );
});

test('a window adds up what was counted within it, to a 300th of its span', () => {
  const looks = fc.array(fc.record({ afterMs: fc.integer({ min: 1, max: 30_000 }), add: fc.nat(5) }), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(looks, fc.integer({ min: 1000, max: 100_000 }), (steps, spanMs) => {
      const window = new CountedWindow(spanMs);
      const totals: { atMs: number; all: number }[] = [];
      const first = { atMs: steps[0]?.afterMs ?? 0, all: steps[0]?.add ?? 0 };
      let atMs = 0;
      let all = 0;
      for (const { afterMs, add } of steps) {
        atMs += afterMs;
        all += add;
        totals.push({ atMs, all });
        const counted = window.add(atMs, new Map([['x', { all, some: 0 }]])).get('x')?.all ?? 0;
        const upTo = (limitMs: number) => totals.findLast((total) => total.atMs <= limitMs) ?? first;
        const exact = upTo(atMs - spanMs);
        const least = all - exact.all;
        const most = all - upTo(exact.atMs - spanMs / 300).all;
        expect(counted).toBeGreaterThanOrEqual(least);
        expect(counted).toBeLessThanOrEqual(most);
      }
    }),
    { numRuns: 300 },
  );
});
