import type { Alarm } from '../alarms.js';
import { element, part, show } from '../dom.js';

/** What is wrong, at the top. Those who listen hear its names when they change, not its clocks. */
export function showHealth(alarms: readonly Alarm[], isKnown: boolean): void {
  const where = part('health-banner');
  where.dataset['state'] = alarms.some(({ kind }) => kind === 'bad') ? 'bad' : alarms.length > 0 ? 'fair' : 'good';
  if (alarms.length === 0) show(where, isKnown ? 'All is well.' : 'Waiting for the first figures.');
  else show(where, element('ul', {}, ...alarms.map(({ kind, said }) => element('li', { 'data-kind': kind }, ...said))));
  show(
    part('health'),
    alarms.length === 0 ? (isKnown ? 'All is well' : '') : alarms.map(({ name }) => name).join('. '),
  );
}
