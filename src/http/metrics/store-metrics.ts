import type { Labels, Metric } from './metric.js';

/** A value that may not be known is left out, never 0. */
const known = (labels: Labels, value: number | null | undefined): ReadonlyArray<readonly [Labels, number]> =>
  value === null || value === undefined ? [] : [[labels, value]];

export const storeMetrics: readonly Metric[] = [
  {
    kind: 'counter',
    name: 'reelflow_cache_answers_total',
    help: 'Questions about films: answered by the cache, by an old answer of it, or by the provider.',
    labels: ['result'],
    read: ({ statistics: { cache } }) => [
      [{ result: 'hit' }, cache.hits],
      [{ result: 'stale' }, cache.stale],
      [{ result: 'miss' }, cache.misses],
    ],
  },
  {
    kind: 'counter',
    name: 'reelflow_cache_failures_total',
    help: 'Times that the cache stopped working, and later trials that failed.',
    labels: [],
    read: ({ statistics }) => [[{}, statistics.cache.failures]],
  },
  {
    kind: 'gauge',
    name: 'reelflow_spool_entries',
    help: 'Writes that wait for the database; absent without a spool.',
    labels: [],
    read: ({ status }) => known({}, status?.storage.spooled),
  },
  {
    kind: 'counter',
    name: 'reelflow_writes_diverted_total',
    help: 'Writes that were put aside because the database could not take them.',
    labels: [],
    read: ({ statistics }) => [[{}, statistics.storage.diverted]],
  },
  {
    kind: 'counter',
    name: 'reelflow_writes_recovered_total',
    help: 'Writes of the spool that were stored since.',
    labels: [],
    read: ({ statistics }) => [[{}, statistics.storage.recovered]],
  },
  {
    kind: 'gauge',
    name: 'reelflow_quarantine_records',
    help: 'Records in quarantine; absent where the repository does not tell.',
    labels: [],
    read: ({ status }) => known({}, status?.storage.quarantined),
  },
  {
    kind: 'counter',
    name: 'reelflow_records_rejected_total',
    help: 'Records of searches that were skipped and went to quarantine.',
    labels: [],
    read: ({ statistics }) => [[{}, statistics.storage.rejected]],
  },
  {
    kind: 'gauge',
    name: 'reelflow_spend_usd',
    help: 'US dollars spent in the day and the month (UTC), as far as this process knows.',
    labels: ['period'],
    read: ({ statistics: { coordinatorStats } }) => [
      [{ period: 'day' }, coordinatorStats.spend.usdToday],
      [{ period: 'month' }, coordinatorStats.spend.usdThisMonth],
    ],
  },
  {
    kind: 'gauge',
    name: 'reelflow_budget_usd',
    help: 'The budget of the period; absent where there is none.',
    labels: ['period'],
    read: ({ statistics: { coordinatorStats } }) => [
      ...known({ period: 'day' }, coordinatorStats.spend.limits.usdPerDay),
      ...known({ period: 'month' }, coordinatorStats.spend.limits.usdPerMonth),
    ],
  },
  {
    kind: 'gauge',
    name: 'reelflow_spend_posts',
    help: 'Posts bought in the month (UTC).',
    labels: [],
    read: ({ statistics }) => [[{}, statistics.coordinatorStats.spend.postsThisMonth]],
  },
  {
    kind: 'gauge',
    name: 'reelflow_budget_posts',
    help: 'Posts that may be bought in a month; absent where there is no such budget.',
    labels: [],
    read: ({ statistics }) => known({}, statistics.coordinatorStats.spend.limits.postsPerMonth),
  },
  {
    kind: 'gauge',
    name: 'reelflow_ready',
    help: '1 while what is collected can be stored or put aside.',
    labels: [],
    read: ({ status }) => [[{}, status?.ready === true ? 1 : 0]],
  },
  {
    kind: 'gauge',
    name: 'reelflow_part_down_since_timestamp_seconds',
    help: 'Since when a part is down, in Unix time; absent while it works.',
    labels: ['part'],
    read: ({ status }) => (status?.down ?? []).map(({ part, since }) => [{ part }, Date.parse(since) / 1000]),
  },
  {
    kind: 'gauge',
    name: 'reelflow_build_info',
    help: 'Always 1; the label says which version runs.',
    labels: ['version'],
    read: ({ version }) => [[{ version }, 1]],
  },
];
