import type { TargetStatistics } from '../../coordinator/coordinator-statistics.js';
import type { Labels, Metric } from './metric.js';
import type { MetricsSnapshot } from './snapshot.js';

interface Side {
  /** Part of the names: 'api' or 'database'. */
  readonly part: string;
  readonly label: string;
  readonly things: string;
  readonly calls: string;
  readonly targets: (snapshot: MetricsSnapshot) => Readonly<Record<string, TargetStatistics>>;
}

const apis: Side = {
  part: 'api',
  label: 'api',
  things: 'API',
  calls: 'calls',
  targets: ({ statistics }) => statistics.coordinatorStats.apiCalls.byApi,
};
const database: Side = {
  part: 'database',
  label: 'operation',
  things: 'operation of the database',
  calls: 'operations',
  targets: ({ statistics }) => statistics.coordinatorStats.databaseOperations.byOperation,
};

type Each = (target: TargetStatistics) => ReadonlyArray<readonly [labels: Labels, value: number]>;

const each =
  ({ label, targets }: Side, values: Each) =>
  (snapshot: MetricsSnapshot) =>
    Object.entries(targets(snapshot)).flatMap(([name, target]) =>
      values(target).map(([labels, value]) => [{ [label]: name, ...labels }, value] as const),
    );

function sideMetrics(side: Side): readonly Metric[] {
  const { part, label, things, calls } = side;
  const counter = (name: string, help: string, labels: readonly string[], values: Each): Metric => ({
    kind: 'counter',
    name: `reelflow_${part}_${name}_total`,
    help,
    labels: [label, ...labels],
    read: each(side, values),
  });
  return [
    counter(
      calls,
      `Calls of each ${things} by outcome; a call counts once however many attempts it took.`,
      ['outcome'],
      ({ successful, failed }) => [
        [{ outcome: 'success' }, successful],
        [{ outcome: 'failure' }, failed],
      ],
    ),
    counter('attempts', `Attempts at each ${things}.`, [], ({ attempts }) => [[{}, attempts]]),
    counter('retries', `Attempts after the first at each ${things}.`, [], ({ retries }) => [[{}, retries]]),
    counter('errors', `Calls of each ${things} that failed, by code.`, ['code'], ({ errorCounts }) =>
      Object.entries(errorCounts).map(([code, count]) => [{ code }, count]),
    ),
    {
      kind: 'histogram',
      name: `reelflow_${part}_attempt_duration_seconds`,
      help: `Duration of single attempts at each ${things}, waits left out.`,
      labels: [label],
      read: ({ attempts }) =>
        Object.entries(part === 'api' ? attempts.byApi : attempts.byOperation).map(([name, durations]) => [
          { [label]: name },
          durations,
        ]),
    },
    {
      kind: 'gauge',
      name: `reelflow_${part}_circuit_state`,
      help: `Breaker of each ${things}: 1 for the state that it is in.`,
      labels: [label, 'state'],
      read: each(side, ({ circuit }) =>
        (['closed', 'half_open', 'open', 'off'] as const).map((state) => [{ state }, state === circuit ? 1 : 0]),
      ),
    },
  ];
}

const apiOnly: readonly Metric[] = [
  {
    kind: 'counter',
    name: 'reelflow_api_waits_total',
    help: 'Waits of calls for a free place.',
    labels: ['api'],
    read: each(apis, ({ waits }) => [[{}, waits]]),
  },
  {
    kind: 'counter',
    name: 'reelflow_api_wait_seconds_total',
    help: 'Time that calls have waited for a free place.',
    labels: ['api'],
    read: each(apis, ({ waitedMs }) => [[{}, waitedMs / 1000]]),
  },
  ...(['waiting', 'active'] as const).map(
    (name): Metric => ({
      kind: 'gauge',
      name: `reelflow_api_${name}`,
      help: name === 'waiting' ? 'Calls that wait for a free place.' : 'Attempts under way.',
      labels: ['api'],
      read: ({ statistics }) =>
        Object.entries(statistics.coordinatorStats.apiCalls.byApi).map(([api, target]) => [{ api }, target[name]]),
    }),
  ),
  ...(['remaining', 'limit'] as const).map(
    (name): Metric => ({
      kind: 'gauge',
      name: `reelflow_api_quota_${name}`,
      help: `${name === 'remaining' ? 'Calls that may start now under the' : 'Calls in the window of the'} tightest limit; absent where there is none.`,
      labels: ['api'],
      read: ({ statistics }) =>
        Object.entries(statistics.coordinatorStats.apiCalls.byApi)
          .filter(([, { quota }]) => Number.isFinite(quota.limit))
          .map(([api, { quota }]) => [{ api }, quota[name]]),
    }),
  ),
  {
    kind: 'gauge',
    name: 'reelflow_api_quota_reset_timestamp_seconds',
    help: 'When the next used place is free again, in Unix time.',
    labels: ['api'],
    read: ({ statistics }) =>
      Object.entries(statistics.coordinatorStats.apiCalls.byApi)
        .filter(([, { quota }]) => Number.isFinite(quota.limit))
        .map(([api, { quota }]) => [{ api }, quota.resetAtMs / 1000]),
  },
];

export const callMetrics: readonly Metric[] = [...sideMetrics(apis), ...apiOnly, ...sideMetrics(database)];
