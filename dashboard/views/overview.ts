import { element, part, show } from '../dom.js';
import { milliseconds, number, percent, plural, usd } from '../format.js';
import type { WireMoment } from '../wire.js';

const tile = (name: string, value: string, note = '', state = ''): HTMLElement =>
  element(
    'div',
    {},
    element('dt', {}, name),
    element('dd', { class: state }, value, note === '' ? null : element('small', {}, note)),
  );

/** The figures that are looked at first. */
export function showOverview({ performance, coordinator_stats: stats, cache, status }: WireMoment): void {
  const { api_calls: apis, database_operations: database, spend } = stats;
  const asked = cache.hits + cache.stale + cache.misses;
  const { spooled, quarantined } = status.storage;
  const budget = spend.limits.usd_per_day;
  show(
    part('overview'),
    tile(
      'Searches',
      number(performance.workflows),
      `${number(performance.failed)} failed, ${number(performance.degraded)} degraded`,
    ),
    tile('Under way', number(performance.running), plural(performance.queued, 'waits for a turn', 'wait for a turn')),
    tile(
      'Mean time',
      milliseconds(performance.average_duration_ms),
      `longest ${milliseconds(performance.max_duration_ms)}`,
    ),
    tile('API calls', apis.total === 0 ? '–' : percent(apis.success_rate), `of ${number(apis.total)} succeeded`),
    tile(
      'Database',
      database.total === 0 ? '–' : percent(database.success_rate),
      `of ${number(database.total)} succeeded`,
    ),
    tile('Spent today', usd(spend.usd_today), budget === null ? 'no budget set' : `of ${usd(budget)}`),
    tile(
      'Cache',
      asked === 0 ? '–' : percent(((cache.hits + cache.stale) / asked) * 100),
      `of ${number(asked)} from it`,
    ),
    tile(
      'Spool',
      spooled === null ? '–' : number(spooled),
      status.storage.diverting ? 'writes go there' : 'writes wait',
      (spooled ?? 0) > 0 ? 'fair' : '',
    ),
    tile('Quarantine', quarantined === null ? '–' : number(quarantined), 'records set aside'),
  );
}
