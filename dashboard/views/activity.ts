import { since } from '../countdown.js';
import { element, part, show } from '../dom.js';
import { clock, milliseconds } from '../format.js';
import type { WireMoment } from '../wire.js';

export function showRuns({ status: { active_runs: runs }, performance }: WireMoment): void {
  if (runs.length === 0) {
    const said =
      performance.running > 0 ? `${performance.running} searches, started elsewhere` : 'No search is under way.';
    show(part('runs'), element('p', { class: 'soft' }, said));
    return;
  }
  const items = runs.map(({ movie_name, status, step, started_at }) =>
    element(
      'li',
      {},
      element('strong', {}, movie_name),
      ` · ${status === 'queued' ? 'waits for its turn' : (step ?? 'begins')} · `,
      since(Date.parse(started_at)),
    ),
  );
  show(part('runs'), element('ul', {}, ...items));
}

export function showTriggers({ recent_triggers: triggers, trigger_history: count }: WireMoment): void {
  if (triggers.length === 0) {
    show(part('triggers'), element('p', { class: 'soft' }, 'Nothing was triggered yet.'));
    return;
  }
  const rows = triggers
    .toReversed()
    .map(({ event, data, at, outcomes }) =>
      element(
        'tr',
        {},
        element('td', {}, clock(at)),
        element('th', { scope: 'row' }, event),
        element('td', {}, nameIn(data)),
        element(
          'td',
          {},
          outcomes.length === 0 ? element('span', { class: 'soft' }, 'under way') : outcomeList(outcomes),
        ),
      ),
    );
  const heads = ['Time', 'Event', 'Of', 'Callbacks'].map((name) => element('th', { scope: 'col' }, name));
  show(
    part('triggers'),
    element(
      'table',
      {},
      element('caption', {}, `The last ${triggers.length} of ${count}, newest first.`),
      element('thead', {}, element('tr', {}, ...heads)),
      element('tbody', {}, ...rows),
    ),
  );
}

type Outcomes = WireMoment['recent_triggers'][number]['outcomes'];

const outcomeList = (outcomes: Outcomes): HTMLElement =>
  element(
    'span',
    {},
    ...outcomes.flatMap(({ callback, success, duration_ms, error }, index) => [
      index === 0 ? null : ', ',
      element('span', { class: success ? 'right' : 'wrong' }, `${callback} ${success ? 'ok' : (error ?? 'failed')}`),
      ` in ${milliseconds(duration_ms)}`,
    ]),
  );

function nameIn(data: unknown): string {
  if (typeof data !== 'object' || data === null || !('movie_name' in data)) return '';
  return typeof data.movie_name === 'string' ? data.movie_name : '';
}
