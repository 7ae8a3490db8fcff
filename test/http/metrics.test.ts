import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { allMetrics } from '../../src/http/metrics/registry.js';
import { ReelflowError } from '../../src/index.js';
import { FakeMovieClient } from '../../src/testing/index.js';
import { skipFor } from '../support/requirements.js';
import { baahubali, rrr, up } from '../workflow/setup.js';
import { requestAndCheck } from './request-and-check.js';
import { base, type Serviced, serviced, withToken } from './setup.js';

const promtool = '/usr/bin/promtool';

async function scrape({ app }: Pick<Serviced, 'app'>): Promise<string> {
  const { status, text } = await requestAndCheck(app, `${base}/metrics`, withToken());
  expect(status).toBe(200);
  return text;
}

/** The value of a series as the text has it. */
function seriesValue(text: string, series: string): number | undefined {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

/** A service that has done a bit of everything. */
async function busy(): Promise<Serviced> {
  const movies = new FakeMovieClient({ movies: [rrr, baahubali, up] });
  const made = serviced(
    {},
    { movies, coordinator: { retryDelayMs: 1 }, budget: { usdPerDay: 5, postsPerMonth: 1000 } },
  );
  const { manager } = made;
  movies.onSearch({ error: new ReelflowError('API_UNAVAILABLE', 'busy') });
  manager.coordinator.configureApi('twitter', { limits: [{ calls: 15, windowMs: 60_000 }] });
  await manager.handleUserSearch('RRR');
  await manager.handleUserSearch('RRR');
  await manager.handleUserSearch('Nothing like that');
  await manager.coordinator.coordinateApiCall('broken', () => Promise.reject(new Error('no')));
  return made;
}

describe('the metrics for Prometheus', () => {
  test('are the statistics', async () => {
    const made = await busy();
    const text = await scrape(made);
    const { performance, coordinatorStats, storage } = made.manager.getAutomationStatistics();
    const { tmdb } = coordinatorStats.apiCalls.byApi;
    expect(seriesValue(text, 'reelflow_searches_total{outcome="completed"}')).toBe(performance.completed);
    expect(seriesValue(text, 'reelflow_searches_total{outcome="failed"}')).toBe(1);
    expect(seriesValue(text, 'reelflow_api_calls_total{api="tmdb",outcome="success"}')).toBe(tmdb?.successful);
    expect(seriesValue(text, 'reelflow_api_retries_total{api="tmdb"}')).toBe(1);
    expect(seriesValue(text, 'reelflow_api_errors_total{api="broken",code="UNEXPECTED"}')).toBe(1);
    expect(seriesValue(text, 'reelflow_api_quota_limit{api="twitter"}')).toBe(15);
    expect(seriesValue(text, 'reelflow_api_quota_limit{api="tmdb"}')).toBeUndefined();
    expect(seriesValue(text, 'reelflow_api_circuit_state{api="tmdb",state="closed"}')).toBe(1);
    expect(seriesValue(text, 'reelflow_spend_usd{period="day"}')).toBe(coordinatorStats.spend.usdToday);
    expect(seriesValue(text, 'reelflow_budget_usd{period="day"}')).toBe(5);
    expect(seriesValue(text, 'reelflow_budget_usd{period="month"}')).toBeUndefined();
    expect(seriesValue(text, 'reelflow_records_rejected_total')).toBe(storage.rejected);
    expect(seriesValue(text, 'reelflow_ready')).toBe(1);
  });

  test('have histograms whose buckets grow up to the exact count', async () => {
    const made = await busy();
    const text = await scrape(made);
    const buckets = [
      ...text.matchAll(/^reelflow_api_attempt_duration_seconds_bucket\{api="tmdb",le="([^"]+)"\} (\d+)$/gm),
    ];
    const counts = buckets.map(([, , count]) => Number(count));
    expect(counts).toEqual([...counts].sort((one, other) => one - other));
    expect(buckets.at(-1)?.[1]).toBe('+Inf');
    const { latency } = made.manager.getAutomationStatistics().coordinatorStats.apiCalls.byApi['tmdb'] ?? {};
    expect(counts.at(-1)).toBe(latency?.count);
    expect(seriesValue(text, 'reelflow_api_attempt_duration_seconds_count{api="tmdb"}')).toBe(latency?.count);
    expect(seriesValue(text, 'reelflow_search_duration_seconds_count')).toBe(3);
  });

  test('only grow where they are counters, scrape after scrape', async () => {
    const made = await busy();
    const counters = (text: string) =>
      new Map(
        [...text.matchAll(/^(reelflow_\w+_total(?:\{[^}]*\})?) (\S+)$/gm)].map(([, name = '', value]) => [
          name,
          Number(value),
        ]),
      );
    const before = counters(await scrape(made));
    await made.manager.handleUserSearch('Up');
    const after = counters(await scrape(made));
    expect(before.size).toBeGreaterThan(20);
    for (const [name, value] of before) expect(after.get(name), name).toBeGreaterThanOrEqual(value);
    expect(after.get('reelflow_triggers_total')).toBe((before.get('reelflow_triggers_total') ?? 0) + 1);
  });

  test('carry no title and no post', async () => {
    const made = await busy();
    expect(await scrape(made)).not.toMatch(/RRR|Baahubali|Nothing like|Brilliant/);
  });

  test('are asked for by several at once, and by a read-only token', async () => {
    const made = await busy();
    const [one, other] = await Promise.all([scrape(made), scrape(made)]);
    expect(one).toBe(other);
    expect((await requestAndCheck(made.app, `${base}/metrics`)).status).toBe(401);
  });

  test('are all described in the guide, and none that is not there', () => {
    const guide = readFileSync('docs/observability.md', 'utf8');
    const described = [...guide.matchAll(/^\| `(reelflow_\w+)` \|/gm)].map(([, name]) => name);
    expect(described).toEqual(allMetrics.map(({ name }) => name));
  });

  test('are those that the dashboard of Grafana and the alert rules ask for', () => {
    const asked = `${readFileSync('docs/grafana/reelflow.json', 'utf8')}${readFileSync('docs/grafana/alerts.yml', 'utf8')}`;
    const names = new Set([...asked.matchAll(/reelflow_\w+/g)].map(([name]) => name.replace(/_bucket$/, '')));
    const known = new Set(allMetrics.map(({ name }) => name));
    expect([...names].filter((name) => !known.has(name))).toEqual([]);
    expect(names.size).toBeGreaterThan(20);
  });
});

if (existsSync(promtool)) {
  describe("Prometheus's own parser", () => {
    const run = (args: string[], input?: string) =>
      execFileSync(promtool, args, { encoding: 'utf8', stdio: 'pipe', ...(input === undefined ? {} : { input }) });

    test('reads the metrics without a complaint', async () => {
      const text = await scrape(await busy());
      expect(run(['check', 'metrics'], text)).toBe('');
    });

    test('reads names of APIs as odd as a host may choose', async () => {
      const made = serviced();
      const odd = ['quote " and \\ backslash', 'line\nbreak', 'తెలుగు', '{label="x"} 1', 'x'.repeat(100)];
      for (const name of odd) await made.manager.coordinator.coordinateApiCall(name, () => 1);
      const text = await scrape(made);
      expect(run(['check', 'metrics'], text)).toBe('');
      expect(text).toContain('reelflow_api_calls_total{api="line\\nbreak",outcome="success"} 1');
      expect(text).toContain('api="quote \\" and \\\\ backslash"');
    });

    test('reads the alert rules', () => {
      expect(run(['check', 'rules', 'docs/grafana/alerts.yml'])).toContain('SUCCESS');
    });

    test('reads every expression of the dashboard of Grafana', async () => {
      const { panels } = JSON.parse(readFileSync('docs/grafana/reelflow.json', 'utf8')) as {
        panels: ReadonlyArray<{ targets?: ReadonlyArray<{ expr: string }> }>;
      };
      const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
      const rules = expressions.map((expr, index) => ({
        record: `r${index}`,
        expr: expr.replaceAll('$__rate_interval', '5m'),
      }));
      const folder = await mkdtemp(join(tmpdir(), 'reelflow-rules-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      await writeFile(join(folder, 'rules.yml'), JSON.stringify({ groups: [{ name: 'all', rules }] }));
      expect(run(['check', 'rules', join(folder, 'rules.yml')])).toContain(`SUCCESS: ${rules.length} rules found`);
      expect(rules.length).toBeGreaterThan(30);
    });
  });
} else skipFor(`${promtool} is not on this machine`, "Prometheus's own parser");
