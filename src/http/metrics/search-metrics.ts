import type { Metric } from './metric.js';

export const searchMetrics: readonly Metric[] = [
  {
    kind: 'counter',
    name: 'reelflow_searches_total',
    help: 'Searches that ended, by outcome; those that joined a running one are counted apart.',
    labels: ['outcome'],
    read: ({ statistics: { performance } }) => [
      [{ outcome: 'completed' }, performance.completed],
      [{ outcome: 'failed' }, performance.failed],
      [{ outcome: 'cancelled' }, performance.cancelled],
    ],
  },
  {
    kind: 'counter',
    name: 'reelflow_searches_degraded_total',
    help: 'Searches that completed with something missing or old.',
    labels: [],
    read: ({ statistics }) => [[{}, statistics.performance.degraded]],
  },
  {
    kind: 'counter',
    name: 'reelflow_searches_coalesced_total',
    help: 'Searches that joined a running one.',
    labels: [],
    read: ({ statistics }) => [[{}, statistics.performance.coalesced]],
  },
  {
    kind: 'gauge',
    name: 'reelflow_searches_running',
    help: 'Searches under way.',
    labels: [],
    read: ({ statistics }) => [[{}, statistics.performance.running]],
  },
  {
    kind: 'gauge',
    name: 'reelflow_searches_queued',
    help: 'Searches that wait for their turn.',
    labels: [],
    read: ({ statistics }) => [[{}, statistics.performance.queued]],
  },
  {
    kind: 'histogram',
    name: 'reelflow_search_duration_seconds',
    help: 'Duration of searches that completed or failed, waits included.',
    labels: [],
    read: ({ searches }) => [[{}, searches]],
  },
  {
    kind: 'counter',
    name: 'reelflow_triggers_total',
    help: 'Events that were triggered: each search, and what the host triggers itself.',
    labels: [],
    read: ({ statistics }) => [[{}, statistics.triggerHistory]],
  },
];
