import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { TmdbClient } from '../../src/adapters/tmdb/index.js';
import { TwitterClient } from '../../src/adapters/twitter/index.js';
import { TypeOrmRepository } from '../../src/adapters/typeorm/index.js';
import { AutomatedWorkflowManager, type Logger, type ManagerOptions } from '../../src/index.js';
import films from '../../src/sandbox/data/films.json' with { type: 'json' };
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';

describe('automatic workflow triggering: over real sockets into a real database', () => {
  let folder: string;
  let sandbox: Sandbox;
  const open: AutomatedWorkflowManager[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reelflow-search-'));
    sandbox = await startSandbox();
  });
  afterEach(async () => {
    for (const manager of open.splice(0)) await manager.close();
    await sandbox.close();
    await rm(folder, { recursive: true });
  });
  const build = async (options: Partial<ManagerOptions> = {}) => {
    const repository = await TypeOrmRepository.open({ type: 'sqlite', database: join(folder, 'films.db') });
    const manager = new AutomatedWorkflowManager({
      movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
      reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
      repository,
      ...options,
    });
    open.push(manager);
    return { manager, repository };
  };

  test('a cold search takes two calls to TMDB and one to X; a second one none, also in another process', async () => {
    const { manager, repository } = await build();
    const cold = await manager.handleUserSearch('RRR', { maxReviews: 60 });
    expect(cold).toMatchObject({
      success: true,
      degraded: false,
      cost: { apiCalls: { tmdb: 2, twitter: 1 }, estimatedUsd: 0.3 },
      movie: { tmdbId: 579_974 },
    });
    expect(sandbox.requests.map(({ service }) => service).sort()).toEqual(['tmdb', 'tmdb', 'x']);
    expect(await repository.findReviews(579_974, { limit: 1000 })).toHaveLength(60);
    const again = await manager.handleUserSearch('rrr', { maxReviews: 60 });
    await manager.close();
    const { manager: other } = await build();
    const later = await other.handleUserSearch('RRR');
    expect(sandbox.requests).toHaveLength(3);
    for (const warm of [again, later]) {
      expect(warm).toMatchObject({
        success: true,
        degraded: false,
        sources: { movie: 'stored', reviews: 'stored' },
        movie: cold.movie,
        analysis: cold.analysis,
      });
    }
    expect(later.recommendations.map(({ tmdbId }) => tmdbId)).toEqual(
      again.recommendations.map(({ tmdbId }) => tmdbId),
    );
  });

  test('100 searches of 20 films at once: each film fetched once, all answered, no double row', async () => {
    const names = films.filter(({ vote_count }) => vote_count > 15_000).map(({ title }) => title);
    const chosen = [...new Set(names)]
      .filter((title) => names.filter((other) => other.startsWith(title)).length === 1)
      .slice(0, 20);
    expect(chosen).toHaveLength(20);
    const { manager, repository } = await build({ coordinator: { maxCallsPerWindow: 100 } });
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, index) => manager.handleUserSearch(chosen[index % 20] ?? '')),
    );
    expect(results.filter(({ success }) => success)).toHaveLength(100);
    expect(results.flatMap(({ errors }) => errors)).toEqual([]);
    const details = sandbox.requests.filter(({ path }) => path.startsWith('/3/movie/')).map(({ path }) => path);
    expect(new Set(details).size).toBe(details.length);
    expect(details).toHaveLength(20);
    const seen = new Set<number>();
    for await (const { tmdbId } of repository.catalogue()) {
      expect(seen.has(tmdbId)).toBe(false);
      seen.add(tmdbId);
    }
    expect(seen.size).toBeGreaterThan(20);
  });

  test('a year that is off by one is found by the title alone, with one call more; a wrong film is not', async () => {
    const { manager } = await build();
    const off = await manager.handleUserSearch('RRR (2021)', { maxReviews: 0 });
    expect(off).toMatchObject({ success: true, movie: { tmdbId: 579_974 }, cost: { apiCalls: { tmdb: 3 } } });
    expect(off.movie?.matchConfidence).toBeLessThan(1);
    expect(await manager.handleUserSearch('RRR (1990)')).toMatchObject({
      success: false,
      errors: [{ code: 'MOVIE_NOT_FOUND' }],
    });
    const right = await manager.handleUserSearch('RRR (2022)', { maxReviews: 0 });
    expect(right).toMatchObject({ movie: { tmdbId: 579_974, matchConfidence: 1 } });
    const again = await manager.handleUserSearch('RRR (2021)', { maxReviews: 0 });
    expect(again.cost.apiCalls).toEqual({});
  });

  test('a server error and a push-back are overcome, and every failed attempt is one line', async () => {
    const lines: string[] = [];
    const write = (_fields: unknown, message: string) => void lines.push(message);
    const logger: Logger = { debug: write, info: write, warn: write, error: write };
    sandbox.setFaults([
      { service: 'tmdb', kind: 'html', times: 1 },
      { service: 'x', kind: 'status', status: 503, times: 1 },
    ]);
    const { manager } = await build({ logger, coordinator: { retryDelayMs: 5 } });
    const result = await manager.handleUserSearch('Pushpa');
    expect(result).toMatchObject({ success: true, degraded: false, cost: { apiCalls: { tmdb: 3, twitter: 2 } } });
    expect(lines).toEqual([
      '[tmdb] attempt 1 of 4 failed: API_UNAVAILABLE; next in 5 ms',
      '[twitter] attempt 1 of 4 failed: API_UNAVAILABLE; next in 5 ms',
      "search 'Pushpa' ended",
    ]);
  });

  test('out of credit: film, recommendations and no second try', async () => {
    sandbox.setFaults([{ service: 'x', kind: 'credits' }]);
    const { manager } = await build();
    const result = await manager.handleUserSearch('RRR');
    expect(result).toMatchObject({
      success: true,
      degraded: true,
      sources: { movie: 'live', reviews: 'none' },
      errors: [{ code: 'API_QUOTA_EXHAUSTED', api: 'twitter' }],
    });
    expect(sandbox.requests.filter(({ service }) => service === 'x')).toHaveLength(1);
  });

  test('a wrong token is said with the option to fix, and never shown', async () => {
    const { manager } = await build({
      movies: new TmdbClient({ accessToken: 'wrong-token', baseUrl: sandbox.tmdbUrl }),
    });
    const result = await manager.handleUserSearch('RRR');
    expect(result).toMatchObject({
      success: false,
      errors: [{ code: 'API_UNAUTHORIZED', message: expect.stringContaining('accessToken') }],
    });
    expect(
      JSON.stringify([result, manager.getAutomationStatistics(), await manager.findRun(result.workflowId)]),
    ).not.toContain('wrong-token');
  });
});
