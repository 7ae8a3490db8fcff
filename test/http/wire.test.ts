import { describe, expect, onTestFinished, test } from 'vitest';
import { createOrchestratorApp } from '../../src/http/index.js';
import { StatisticsRecorder } from '../../src/index.js';
import { FakeReviewClient } from '../../src/testing/index.js';
import { posts, rrr, setup } from '../workflow/setup.js';
import { requestAndCheck } from './request-and-check.js';
import { base, fullToken, sending, serviced, withToken } from './setup.js';

// biome-ignore lint/suspicious/noExplicitAny: it walks over any JSON
const keys = (value: any): string[] => Object.keys(value);

const post = { method: 'POST', ...withToken() };

describe('POST /auto-search', () => {
  test('answers in these names and in this order', async () => {
    const { app } = serviced();
    const { status, json } = await requestAndCheck(app, `${base}/auto-search?movie_name=RRR&max_reviews=10`, post);
    expect(status).toBe(200);
    expect(keys(json)).toEqual(['success', 'workflow_result', 'automation_stats']);
    const result = json.workflow_result;
    expect(keys(result)).toEqual([
      'success',
      'workflow_id',
      'movie',
      'analysis',
      'recommendations',
      'degraded',
      'sources',
      'data_age',
      'steps',
      'errors',
      'cost',
      'coalesced',
      'started_at',
      'finished_at',
      'duration_ms',
    ]);
    expect(keys(result.movie)).toEqual([
      'id',
      'tmdb_id',
      'name',
      'release_date',
      'genres',
      'rating',
      'poster_url',
      'reviews_analyzed',
      'match_confidence',
    ]);
    expect(keys(result.analysis)).toEqual([
      'reviews_analyzed',
      'unscored',
      'average_sentiment',
      'confidence_interval',
      'distribution',
    ]);
    expect(keys(result.analysis.distribution)).toEqual([
      'positive',
      'neutral',
      'negative',
      'positive_percentage',
      'neutral_percentage',
      'negative_percentage',
    ]);
    expect(keys(result.recommendations[0])).toEqual([
      'tmdb_id',
      'title',
      'release_date',
      'rating',
      'poster_url',
      'score',
      'sentiment',
      'reasons',
      'explanation',
    ]);
    expect(keys(result.recommendations[0].reasons[0])).toEqual(['kind', 'share', 'values']);
    expect(keys(result.sources)).toEqual(['movie', 'reviews']);
    expect(keys(result.data_age)).toEqual(['movie_ms', 'reviews_ms']);
    expect(keys(result.steps[0])).toEqual(['name', 'status', 'attempts', 'duration_ms']);
    expect(keys(result.cost)).toEqual(['api_calls', 'estimated_usd']);
    expect(result).toMatchObject({
      success: true,
      movie: { name: 'RRR', tmdb_id: 579_974, reviews_analyzed: 10 },
      analysis: { reviews_analyzed: 10 },
      cost: { api_calls: { tmdb: 2, twitter: 1 }, estimated_usd: 0.05 },
      coalesced: false,
    });
    expect(json.automation_stats.coordinator_stats.api_calls.total).toBe(3);
  });

  test.each([
    ['the query', `${base}/auto-search?movie_name=RRR&max_reviews=3&collect_new_data=true`, post],
    ['a JSON body', `${base}/auto-search`, sending({ movie_name: 'RRR', max_reviews: 3, collect_new_data: true })],
    ['both', `${base}/auto-search?movie_name=RRR`, sending({ max_reviews: 3, collect_new_data: true })],
    [
      'both saying the same',
      `${base}/auto-search?movie_name=RRR&max_reviews=3`,
      sending({ movie_name: 'RRR', max_reviews: 3 }),
    ],
  ])('takes what is asked by %s', async (_by, path, init) => {
    const { app } = serviced();
    const { status, json } = await requestAndCheck(app, path, init);
    expect(status).toBe(200);
    expect(json.workflow_result.analysis.reviews_analyzed).toBe(3);
  });

  test('asks no API when collect_new_data is false', async () => {
    const { app, movies } = serviced();
    const { status, json } = await requestAndCheck(
      app,
      `${base}/auto-search?movie_name=RRR&collect_new_data=false`,
      post,
    );
    expect([status, json.code]).toEqual([404, 'MOVIE_NOT_FOUND']);
    expect(movies.calls).toEqual([]);
  });

  test('says 404 with the result when there is no such film', async () => {
    const { app } = serviced();
    const { status, json } = await requestAndCheck(app, `${base}/auto-search?movie_name=No+such+film`, post);
    expect(status).toBe(404);
    expect(json).toMatchObject({ code: 'MOVIE_NOT_FOUND', workflow_result: { success: false, movie: null } });
  });

  test('answers 200 with success false for a search that failed otherwise', async () => {
    const { app, movies } = serviced({}, { coordinator: { maxRetries: 0 } });
    movies.onSearch({ error: new TypeError('fetch failed') });
    const { status, json } = await requestAndCheck(app, `${base}/auto-search?movie_name=RRR`, post);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      success: false,
      workflow_result: { success: false, degraded: true, errors: [{ code: 'API_NETWORK', step: 'identify' }] },
    });
  });
});

test('GET /automation-stats answers in these names and in this order', async () => {
  const { app } = serviced();
  await requestAndCheck(app, `${base}/auto-search?movie_name=RRR`, post);
  const { status, json } = await requestAndCheck(app, `${base}/automation-stats`, withToken());
  expect(status).toBe(200);
  expect(keys(json)).toEqual([
    'coordinator_stats',
    'trigger_history',
    'recent_triggers',
    'performance',
    'cache',
    'storage',
  ]);
  const stats = json.coordinator_stats;
  expect(keys(stats)).toEqual(['api_calls', 'database_operations', 'error_counts', 'spend']);
  expect(keys(stats.api_calls)).toEqual(['total', 'successful', 'failed', 'success_rate', 'by_api']);
  expect(keys(stats.database_operations)).toEqual(['total', 'successful', 'failed', 'success_rate', 'by_operation']);
  expect(keys(stats.api_calls.by_api)).toEqual(['tmdb', 'twitter']);
  const target = [
    'total',
    'successful',
    'failed',
    'success_rate',
    'attempts',
    'retries',
    'waits',
    'waited_ms',
    'latency',
    'error_counts',
    'circuit',
    'circuit_changed_at',
  ];
  expect(keys(stats.api_calls.by_api.tmdb)).toEqual([...target, 'quota', 'waiting', 'active']);
  expect(keys(stats.database_operations.by_operation.save_run)).toEqual(target);
  expect(keys(stats.api_calls.by_api.tmdb.latency)).toEqual([
    'count',
    'mean_ms',
    'p50_ms',
    'p95_ms',
    'p99_ms',
    'max_ms',
  ]);
  expect(keys(stats.api_calls.by_api.tmdb.quota)).toEqual(['remaining', 'limit', 'reset_at_ms']);
  expect(keys(stats.spend)).toEqual(['usd_today', 'usd_this_month', 'posts_this_month', 'limits']);
  expect(keys(stats.spend.limits)).toEqual(['usd_per_day', 'usd_per_month', 'posts_per_month']);
  expect(keys(json.performance)).toEqual([
    'workflows',
    'completed',
    'failed',
    'cancelled',
    'degraded',
    'coalesced',
    'running',
    'queued',
    'average_duration_ms',
    'max_duration_ms',
  ]);
  expect(keys(json.cache)).toEqual(['hits', 'misses', 'stale', 'failures']);
  expect(keys(json.storage)).toEqual(['diverted', 'recovered', 'rejected']);
  expect(json.recent_triggers).toMatchObject([
    {
      event: 'user_search',
      data: { movie_name: 'RRR', options: { max_reviews: 10 } },
      outcomes: [
        { callback: 'http', success: true },
        { callback: 'workflow', success: true },
      ],
    },
  ]);
  expect(json.trigger_history).toBe(1);
  expect(stats.api_calls).toMatchObject({ total: 3, successful: 3, failed: 0, success_rate: 100 });
});

test('rates are 0 where there was no call', async () => {
  const { app } = serviced();
  const { json } = await requestAndCheck(app, `${base}/automation-stats`, withToken());
  expect(json.coordinator_stats.api_calls).toMatchObject({
    total: 0,
    success_rate: 0,
    by_api: { tmdb: { total: 0, success_rate: 0 } },
  });
});

test.each([
  [
    'a cycle',
    () => {
      const data: Record<string, unknown> = {};
      data['self'] = data;
      return data;
    },
  ],
  ['a BigInt', () => ({ id: 1n })],
  ['a very long text', () => ({ text: 'x'.repeat(10_000) })],
  ['a function', () => () => 1],
])("a host's own trigger with %s as its data does not spoil the statistics", async (_what, data) => {
  const { app, manager } = serviced();
  const trigger: { triggerEvent(event: string, data: unknown): Promise<unknown> } = Object.create(manager.trigger, {
    triggerEvent: { value: manager.trigger.triggerEvent.bind(manager.trigger) },
  });
  await trigger.triggerEvent('my_event', data());
  const { json } = await requestAndCheck(app, `${base}/automation-stats`, withToken());
  expect(json.recent_triggers).toMatchObject([{ event: 'my_event', data: null }]);
});

test('GET /openapi.json is a document in which every reference leads somewhere', async () => {
  const { app } = serviced();
  const { json, text } = await requestAndCheck(app, `${base}/openapi.json`);
  expect(json).toMatchObject({ openapi: '3.1.0', servers: [{ url: base }] });
  for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g))
    expect(Object.keys(json.components.schemas)).toContain(name);
  expect(text).not.toMatch(/"\$ref":"(?!#\/components\/schemas\/\w+")/);
  expect(json.paths['/health/live'].get.security).toEqual([]);
  expect(json.paths['/auto-search'].post.security).toEqual([{ token: [] }]);
});

test('the history counts no call that a client gave up', async () => {
  const { manager, movies } = setup();
  onTestFinished(() => manager.close({ graceMs: 0 }));
  const recorder = new StatisticsRecorder(manager);
  const app = createOrchestratorApp(manager, { auth: 'none', recorder });
  movies.onSearch({ hang: true });
  const controller = new AbortController();
  const path = `http://localhost${base}/auto-search?movie_name=RRR`;
  const asked = app.request(new Request(path, { method: 'POST', signal: controller.signal }));
  await expect.poll(() => movies.calls.length).toBe(1);
  controller.abort();
  await asked;
  await recorder.sample();
  const [tmdb] = [manager.getAutomationStatistics().coordinatorStats.apiCalls.byApi['tmdb']];
  expect(tmdb).toMatchObject({ total: 1, failed: 1, errorCounts: { CANCELLED: 1 } });
  const { json } = await requestAndCheck(app, `${base}/automation-stats/history`);
  expect(json.samples.at(-1).apis.tmdb).toMatchObject({ total: 0, failed: 0 });
});

test.each([
  ['none', 'none' as const, ''],
  ['tokens', { bearer: [fullToken] }, 'Nobody may see'],
])('with %s the quarantine gives the raw text of posts as postTexts says', async (_what, auth, expected) => {
  const [post] = posts(1, rrr, 'Nobody may see');
  if (post === undefined) throw new Error('there is no post');
  const reviews = new FakeReviewClient({ reviews: [{ ...post, createdAt: 'yesterday' }] });
  const { app, manager } = serviced({ auth }, { reviews });
  await manager.handleUserSearch('RRR');
  const { json } = await requestAndCheck(app, `${base}/quarantine`, withToken());
  expect(json.records).toMatchObject([{ kind: 'review', raw: expect.stringContaining(expected) }]);
  expect(json.records[0].raw === '').toBe(auth === 'none');
});
