import { element, part, show } from '../dom.js';
import { number, percent, usd } from '../format.js';
import type { WireMoment } from '../wire.js';

const facts = (...pairs: ReadonlyArray<readonly [name: string, value: string]>): HTMLElement =>
  element(
    'dl',
    { class: 'facts' },
    ...pairs.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
  );

export function showErrors({ coordinator_stats: { error_counts } }: WireMoment): void {
  const counts = Object.entries(error_counts).sort(([, one], [, other]) => other - one);
  if (counts.length === 0) show(part('errors'), element('p', { class: 'soft' }, 'No call has failed.'));
  else show(part('errors'), facts(...counts.map(([code, count]) => [code, number(count)] as const)));
}

export function showMoney({ coordinator_stats: { spend } }: WireMoment): void {
  const { limits } = spend;
  const budget = limits.usd_per_day;
  const of = (limit: number | null, say: (value: number) => string) => (limit === null ? '' : ` of ${say(limit)}`);
  show(
    part('money'),
    facts(
      ['today', usd(spend.usd_today) + of(budget, usd)],
      ['this month', usd(spend.usd_this_month) + of(limits.usd_per_month, usd)],
      ['posts this month', number(spend.posts_this_month) + of(limits.posts_per_month, number)],
    ),
    budget === null
      ? element('p', { class: 'note' }, 'No budget is set: nothing stops the spending.')
      : element('meter', {
          min: 0,
          max: budget,
          value: spend.usd_today,
          high: budget * 0.9,
          optimum: 0,
          'aria-label': `${percent((spend.usd_today / budget) * 100)} of today's budget`,
        }),
  );
}

export function showStores({ cache, storage, status }: WireMoment): void {
  const { spooled, quarantined } = status.storage;
  show(
    part('stores'),
    facts(
      ['cache: fresh answers', number(cache.hits)],
      ['cache: old answers given', number(cache.stale)],
      ['cache: asked anew', number(cache.misses)],
      ['cache: failures', number(cache.failures)],
      ['writes put aside', number(storage.diverted)],
      ['of them stored since', number(storage.recovered)],
      ['writes that wait', spooled === null ? 'not known' : number(spooled)],
      ['records rejected', number(storage.rejected)],
      ['in quarantine', quarantined === null ? 'not known' : number(quarantined)],
    ),
  );
}
