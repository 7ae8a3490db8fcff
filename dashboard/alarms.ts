import { since, until } from './countdown.js';
import { clock, number, percent, plural, usd } from './format.js';
import type { Samples } from './samples.js';
import type { WireMoment } from './wire.js';

export interface Connection {
  readonly state: 'waiting' | 'live' | 'broken';
  /** Of the last sign of life, in epoch milliseconds. */
  readonly heardAtMs: number;
  readonly retryAtMs: number | null;
}

export interface Alarm {
  readonly kind: 'bad' | 'fair';
  /** Without what ticks: read to those who do not see it. */
  readonly name: string;
  readonly said: ReadonlyArray<string | HTMLElement>;
}

/** The service sends a sign of life each 15 s. */
const outOfDateMs = 20_000;
const recentMs = 10 * 60_000;

export const isOutOfDate = ({ state, heardAtMs }: Connection, nowMs: number): boolean =>
  state === 'broken' || (state === 'live' && nowMs - heardAtMs > outOfDateMs);

/** What a person should look at, the worst first. */
export function alarmsOf(moment: WireMoment | null, samples: Samples, connection: Connection): readonly Alarm[] {
  const alarms: Alarm[] = [];
  const add = (kind: Alarm['kind'], name: string, ...said: Alarm['said']) => alarms.push({ kind, name, said });
  if (isOutOfDate(connection, Date.now())) {
    const { heardAtMs, retryAtMs } = connection;
    const again = retryAtMs === null ? [] : ['; tried again in ', until(retryAtMs)];
    const name = 'This page is out of date';
    add(
      'bad',
      name,
      `${name}: nothing was heard from the service since ${clock(heardAtMs)} (`,
      since(heardAtMs),
      ')',
      ...again,
    );
  }
  if (moment === null) return alarms;
  addParts(moment, add);
  addMoney(moment, add);
  addQuota(moment, add);
  addRates(moment, samples, add);
  return alarms.sort((one, other) => Number(one.kind === 'fair') - Number(other.kind === 'fair'));
}

type Add = (kind: Alarm['kind'], name: string, ...said: Alarm['said']) => void;

function addParts({ status }: WireMoment, add: Add): void {
  if (!status.ready) add('bad', 'Nothing can be stored', 'Nothing can be stored: what is collected now may be lost');
  for (const { part, since: from, error } of status.down) {
    const [kind, name = kind] = part.split(':', 2);
    const what = kind === 'api' || kind === 'operation' ? `The breaker of ${name} is open` : `The ${kind} is down`;
    const why = error === null ? '' : `: ${error.code}, ${error.message}`;
    add('bad', what, `${what}, since ${clock(from)} (`, since(Date.parse(from)), `)${why}`);
  }
  const { spooled } = status.storage;
  if (spooled !== null && spooled > 0) {
    const name = `${plural(spooled, 'write waits', 'writes wait')} for the database`;
    add('fair', name, name);
  }
}

function addMoney({ coordinator_stats: { spend } }: WireMoment, add: Add): void {
  const budgets = [
    ["Today's budget", spend.usd_today, spend.limits.usd_per_day, usd],
    ["This month's budget", spend.usd_this_month, spend.limits.usd_per_month, usd],
    ["This month's posts", spend.posts_this_month, spend.limits.posts_per_month, number],
  ] as const;
  for (const [name, spent, limit, say] of budgets) {
    if (limit === null || spent < limit * 0.9) continue;
    const isUsedUp = spent >= limit;
    add(isUsedUp ? 'bad' : 'fair', name, `${name}: ${say(spent)} of ${say(limit)} ${isUsedUp ? 'used up' : 'used'}`);
  }
}

function addQuota({ coordinator_stats: { api_calls } }: WireMoment, add: Add): void {
  for (const [name, { quota, waiting }] of Object.entries(api_calls.by_api)) {
    if (quota.remaining !== 0) continue;
    const waits = waiting === 0 ? '' : `; ${plural(waiting, 'call waits', 'calls wait')}`;
    add(
      'fair',
      `No call of ${name} is left`,
      `No call of ${name} is left; the next in `,
      until(quota.reset_at_ms),
      waits,
    );
  }
}

function addRates(moment: WireMoment, samples: Samples, add: Add): void {
  for (const name of Object.keys(moment.coordinator_stats.api_calls.by_api)) {
    const { total, failed } = samples.recent(({ apis }) => apis[name], recentMs);
    if (total < 5 || failed / total < 0.2) continue;
    const text = `${name}: ${percent((failed / total) * 100)} of ${plural(total, 'call')} failed in the last 10 minutes`;
    add(failed / total >= 0.5 ? 'bad' : 'fair', `Many calls of ${name} fail`, text);
  }
  const degraded = samples.recent((sample) => ({ total: sample.workflows, failed: sample.degraded }), recentMs);
  if (degraded.total >= 5 && degraded.failed / degraded.total >= 0.2) {
    const share = percent((degraded.failed / degraded.total) * 100);
    add(
      'fair',
      'Many searches are degraded',
      `${share} of ${plural(degraded.total, 'search', 'searches')} in the last 10 minutes degraded`,
    );
  }
}
