// Writes docs/grafana/reelflow.json: the dashboard for Grafana, whose panels differ by little.
import { writeFileSync } from 'node:fs';

// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana's
const datasource = { type: 'prometheus', uid: '${datasource}' };
const select = 'job=~"$job",instance=~"$instance"';
let id = 0;
let y = 0;

const target = ([expr, legendFormat], index) => ({
  datasource,
  expr: expr.replaceAll('SELECT', select),
  legendFormat,
  refId: String.fromCharCode(65 + index),
});

function panel(
  { title, description, type = 'timeseries', unit = 'short', width = 8, height = 7, max, thresholds, queries },
  x,
) {
  id += 1;
  const steps = thresholds ?? [{ color: 'green', value: null }];
  return {
    id,
    title,
    description,
    type,
    datasource,
    gridPos: { x, y, w: width, h: height },
    fieldConfig: {
      defaults: { unit, min: 0, ...(max === undefined ? {} : { max }), thresholds: { mode: 'absolute', steps } },
      overrides: [],
    },
    options:
      type === 'stat'
        ? { reduceOptions: { calcs: ['lastNotNull'] }, colorMode: 'background', graphMode: 'none' }
        : { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
    targets: queries.map(target),
  };
}

function row(title, panels) {
  id += 1;
  const made = [{ id, title, type: 'row', collapsed: false, gridPos: { x: 0, y, w: 24, h: 1 }, panels: [] }];
  y += 1;
  let x = 0;
  let tallest = 0;
  for (const one of panels) {
    made.push(panel(one, x));
    x += one.width ?? 8;
    tallest = Math.max(tallest, one.height ?? 7);
  }
  y += tallest;
  return made;
}

const red = (from) => [
  { color: 'green', value: null },
  { color: 'red', value: from },
];
const stat = (title, description, expr, thresholds, unit = 'short') => ({
  title,
  description,
  type: 'stat',
  unit,
  width: 4,
  height: 4,
  thresholds,
  queries: [[expr, '']],
});
const quantiles = (metric, by) =>
  [0.5, 0.95, 0.99].map((share) => [
    `histogram_quantile(${share}, sum by (le${by === '' ? '' : `, ${by}`}) (rate(${metric}_bucket{SELECT}[$__rate_interval])))`,
    `${by === '' ? '' : `{{${by}}} `}p${share * 100}`,
  ]);

const panels = [
  ...row('What is wrong', [
    stat(
      'Parts down',
      'Databases, spools, caches and breakers that do not work now.',
      'count(reelflow_part_down_since_timestamp_seconds{SELECT}) or vector(0)',
      red(1),
    ),
    stat(
      'Not ready',
      'Processes that can neither store nor put aside.',
      'count(reelflow_ready{SELECT} == 0) or vector(0)',
      red(1),
    ),
    stat(
      'Open breakers',
      'APIs whose breaker is open.',
      'sum(reelflow_api_circuit_state{SELECT,state="open"}) or vector(0)',
      red(1),
    ),
    stat('Writes that wait', 'Entries of the spool.', 'sum(reelflow_spool_entries{SELECT}) or vector(0)', red(1)),
    stat(
      'Degraded',
      'Share of the searches of the last five minutes.',
      'sum(rate(reelflow_searches_degraded_total{SELECT}[5m])) / (sum(rate(reelflow_searches_total{SELECT,outcome="completed"}[5m])) > 0) or vector(0)',
      red(0.2),
      'percentunit',
    ),
    stat(
      'Budget used today',
      'The fullest budget of the day.',
      'max(reelflow_spend_usd{SELECT,period="day"} / reelflow_budget_usd{SELECT,period="day"}) or vector(0)',
      red(0.9),
      'percentunit',
    ),
  ]),
  ...row('Searches', [
    {
      title: 'Searches',
      description: 'That ended, by outcome.',
      unit: 'reqps',
      queries: [
        ['sum by (outcome) (rate(reelflow_searches_total{SELECT}[$__rate_interval]))', '{{outcome}}'],
        ['sum(rate(reelflow_searches_degraded_total{SELECT}[$__rate_interval]))', 'degraded'],
        ['sum(rate(reelflow_searches_coalesced_total{SELECT}[$__rate_interval]))', 'joined another'],
      ],
    },
    {
      title: 'Duration',
      description: 'Waits included.',
      unit: 's',
      queries: quantiles('reelflow_search_duration_seconds', ''),
    },
    {
      title: 'Under way',
      description: 'Running, and waiting for their turn.',
      queries: [
        ['sum(reelflow_searches_running{SELECT})', 'running'],
        ['sum(reelflow_searches_queued{SELECT})', 'queued'],
      ],
    },
  ]),
  ...row(
    'APIs',
    [
      {
        title: 'Calls that succeeded',
        description: 'A call counts once, however many attempts it took.',
        unit: 'percentunit',
        max: 1,
        queries: [
          [
            'sum by (api) (rate(reelflow_api_calls_total{SELECT,outcome="success"}[$__rate_interval])) / sum by (api) (rate(reelflow_api_calls_total{SELECT}[$__rate_interval]))',
            '{{api}}',
          ],
        ],
      },
      {
        title: 'Latency of attempts',
        description: 'Waits left out.',
        unit: 's',
        queries: quantiles('reelflow_api_attempt_duration_seconds', 'api'),
      },
      {
        title: 'Errors by code',
        description: 'Calls that failed for good.',
        unit: 'reqps',
        queries: [
          ['sum by (api, code) (rate(reelflow_api_errors_total{SELECT}[$__rate_interval]))', '{{api}} {{code}}'],
        ],
      },
      {
        title: 'Quota left',
        description: 'Of the tightest limit.',
        queries: [
          ['min by (api) (reelflow_api_quota_remaining{SELECT})', '{{api}}'],
          ['min by (api) (reelflow_api_quota_limit{SELECT})', '{{api}} limit'],
        ],
      },
      {
        title: 'Waits',
        description: 'Seconds that calls wait for a free place, a second.',
        unit: 's',
        queries: [
          ['sum by (api) (rate(reelflow_api_wait_seconds_total{SELECT}[$__rate_interval]))', '{{api}}'],
          ['sum by (api) (reelflow_api_waiting{SELECT})', '{{api}} waiting now'],
        ],
      },
      {
        title: 'Attempts and retries',
        description: 'All attempts, and those after the first.',
        unit: 'reqps',
        queries: [
          ['sum by (api) (rate(reelflow_api_attempts_total{SELECT}[$__rate_interval]))', '{{api}}'],
          ['sum by (api) (rate(reelflow_api_retries_total{SELECT}[$__rate_interval]))', '{{api}} retries'],
        ],
      },
    ].map((one) => ({ ...one, width: 4 })),
  ),
  ...row(
    'Database and storage',
    [
      {
        title: 'Operations that succeeded',
        description: 'Of all operations.',
        unit: 'percentunit',
        max: 1,
        queries: [
          [
            'sum(rate(reelflow_database_operations_total{SELECT,outcome="success"}[$__rate_interval])) / sum(rate(reelflow_database_operations_total{SELECT}[$__rate_interval]))',
            'operations',
          ],
        ],
      },
      {
        title: 'Latency of operations',
        description: 'Of single attempts.',
        unit: 's',
        queries: [
          [
            'histogram_quantile(0.95, sum by (le, operation) (rate(reelflow_database_attempt_duration_seconds_bucket{SELECT}[$__rate_interval])))',
            '{{operation}} p95',
          ],
        ],
      },
      {
        title: 'Errors by code',
        description: 'Operations that failed for good.',
        unit: 'reqps',
        queries: [
          [
            'sum by (operation, code) (rate(reelflow_database_errors_total{SELECT}[$__rate_interval]))',
            '{{operation}} {{code}}',
          ],
        ],
      },
      {
        title: 'Spool',
        description: 'Writes put aside, stored since, and waiting.',
        queries: [
          ['sum(rate(reelflow_writes_diverted_total{SELECT}[$__rate_interval]))', 'put aside, a second'],
          ['sum(rate(reelflow_writes_recovered_total{SELECT}[$__rate_interval]))', 'stored since, a second'],
          ['sum(reelflow_spool_entries{SELECT})', 'waiting'],
        ],
      },
      {
        title: 'Quarantine',
        description: 'Records set aside.',
        queries: [
          ['sum(reelflow_quarantine_records{SELECT})', 'records'],
          ['sum(rate(reelflow_records_rejected_total{SELECT}[$__rate_interval]))', 'rejected, a second'],
        ],
      },
      {
        title: 'Cache',
        description: 'Share of the questions about films that the cache answered.',
        unit: 'percentunit',
        max: 1,
        queries: [
          [
            'sum(rate(reelflow_cache_answers_total{SELECT,result=~"hit|stale"}[$__rate_interval])) / sum(rate(reelflow_cache_answers_total{SELECT}[$__rate_interval]))',
            'answered',
          ],
          ['sum(rate(reelflow_cache_failures_total{SELECT}[$__rate_interval]))', 'failures, a second'],
        ],
      },
    ].map((one) => ({ ...one, width: 4 })),
  ),
  ...row('Money', [
    {
      title: 'Dollars',
      description: 'Spent in the day and month (UTC), beside the budget. Each process keeps its own sum.',
      unit: 'currencyUSD',
      width: 12,
      queries: [
        ['sum by (period) (reelflow_spend_usd{SELECT})', '{{period}}'],
        ['sum by (period) (reelflow_budget_usd{SELECT})', 'budget of the {{period}}'],
      ],
    },
    {
      title: 'Posts',
      description: 'Bought in the month (UTC).',
      width: 12,
      queries: [
        ['sum(reelflow_spend_posts{SELECT})', 'posts'],
        ['sum(reelflow_budget_posts{SELECT})', 'budget'],
      ],
    },
  ]),
];

const variable = (name, query) => ({
  name,
  type: 'query',
  datasource,
  query,
  definition: query,
  refresh: 2,
  includeAll: true,
  allValue: '.*',
  multi: true,
  current: { text: 'All', value: '$__all' },
});

const dashboard = {
  title: 'reelflow',
  uid: 'reelflow',
  tags: ['reelflow'],
  schemaVersion: 39,
  editable: true,
  refresh: '30s',
  time: { from: 'now-6h', to: 'now' },
  templating: {
    list: [
      { name: 'datasource', type: 'datasource', query: 'prometheus', current: {} },
      variable('job', 'label_values(reelflow_build_info, job)'),
      variable('instance', 'label_values(reelflow_build_info{job=~"$job"}, instance)'),
    ],
  },
  panels,
};
writeFileSync('docs/grafana/reelflow.json', `${JSON.stringify(dashboard, null, 2)}\n`);
