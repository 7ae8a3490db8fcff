import { since, until } from '../countdown.js';
import { element, part, show } from '../dom.js';
import { milliseconds, number, percent, plural, words } from '../format.js';
import type { WireMoment } from '../wire.js';

type Api = WireMoment['coordinator_stats']['api_calls']['by_api'][string];
type Operation = WireMoment['coordinator_stats']['database_operations']['by_operation'][string];

const heads = ['Calls', 'Succeeded', 'Retries', 'p50', 'p95', 'p99', 'Breaker'];

export function showApis({ coordinator_stats: { api_calls, database_operations } }: WireMoment): void {
  const apis = Object.entries(api_calls.by_api);
  const rows = apis.map(([name, api]) => row(name, api, quotaCell(api)));
  show(
    part('apis'),
    table('Since the start. Latencies are of single attempts, waits left out.', [...heads, 'Quota left'], rows),
  );
  const operations = Object.entries(database_operations.by_operation).sort(
    ([, one], [, other]) => other.failed - one.failed || other.total - one.total,
  );
  const operationRows = operations.map(([name, operation]) => row(words(name), operation));
  show(part('operations'), table('Operations that failed come first.', heads, operationRows));
}

function table(caption: string, columns: readonly string[], rows: readonly HTMLElement[]): HTMLElement {
  if (rows.length === 0) return element('p', { class: 'soft' }, 'Nothing yet.');
  const head = ['Name', ...columns].map((name, index) =>
    element(
      'th',
      { scope: 'col', class: index > 0 && name !== 'Breaker' && name !== 'Quota left' ? 'num' : null },
      name,
    ),
  );
  return element(
    'table',
    {},
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows),
  );
}

function row(name: string, target: Operation, ...more: readonly HTMLElement[]): HTMLElement {
  const { total, failed, success_rate: rate, retries, latency } = target;
  const numeric = (text: string, state = '') => element('td', { class: `num ${state}` }, text);
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, name),
    numeric(number(total)),
    numeric(total === 0 ? '–' : percent(rate), failed > 0 ? 'wrong' : ''),
    numeric(number(retries)),
    numeric(milliseconds(latency.p50_ms)),
    numeric(milliseconds(latency.p95_ms)),
    numeric(milliseconds(latency.p99_ms)),
    element('td', {}, breaker(target)),
    ...more,
  );
}

function breaker({ circuit, circuit_changed_at: changedAt }: Operation): HTMLElement {
  if (circuit === 'closed') return element('span', { class: 'right' }, 'closed');
  if (circuit === 'off') return element('span', { class: 'soft' }, 'off');
  const said = circuit === 'open' ? 'open' : 'half open: one trial';
  const age = changedAt === null ? [] : [' for ', since(Date.parse(changedAt))];
  return element('span', { class: circuit === 'open' ? 'wrong' : 'fair' }, said, ...age);
}

function quotaCell({ quota, waiting, active }: Api): HTMLElement {
  const { remaining, limit, reset_at_ms: resetAtMs } = quota;
  if (remaining === null || limit === null) return element('td', { class: 'soft' }, 'no limit');
  const used = remaining < limit ? [', next in ', until(resetAtMs)] : [];
  const busy = [
    ...(active > 0 ? [`${number(active)} under way`] : []),
    ...(waiting > 0 ? [plural(waiting, 'waits', 'wait')] : []),
  ].join(', ');
  return element(
    'td',
    {},
    element('meter', {
      min: 0,
      max: limit,
      value: remaining,
      low: limit * 0.1,
      'aria-label': `${remaining} of ${limit} left`,
    }),
    element('span', {}, `${number(remaining)} of ${number(limit)}`, ...used),
    busy === '' ? null : element('span', { class: 'soft' }, ` · ${busy}`),
  );
}
