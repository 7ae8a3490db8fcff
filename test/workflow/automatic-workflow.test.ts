import { describe, expect, test, vi } from 'vitest';
import { AutomatedWorkflowManager, MemoryRepository, type SearchWorkflow } from '../../src/index.js';
import { FakeMovieClient, FakeReviewClient } from '../../src/testing/index.js';
import { expectSoundResult } from './result-rules.js';
import { baahubali, film, posts, rrr, setup } from './setup.js';

describe('automatic workflow triggering', () => {
  test('a search finds, collects, stores, scores and recommends, and says so', async () => {
    const { manager, repository } = setup();
    const result = await manager.handleUserSearch('rrr', { maxReviews: 20 });
    expect(result).toMatchObject({
      success: true,
      degraded: false,
      coalesced: false,
      sources: { movie: 'live', reviews: 'live' },
      errors: [],
      cost: { apiCalls: { tmdb: 2, twitter: 1 }, estimatedUsd: 0.1 },
      movie: {
        tmdbId: rrr.tmdbId,
        name: 'RRR',
        matchConfidence: 1,
        posterUrl: 'https://image.tmdb.org/t/p/w500/poster.jpg',
        reviewsAnalyzed: 20,
      },
    });
    expect(result.workflowId).toMatch(/^workflow_[0-9a-z]+$/);
    expect(result.steps.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'identify ok',
      'collect ok',
      'validate ok',
      'store ok',
      'analyse ok',
      'recommend ok',
    ]);
    expect(result.analysis?.distribution.positive).toBe(20);
    expect(result.recommendations[0]).toMatchObject({ tmdbId: baahubali.tmdbId });
    expect(result.recommendations[0]?.explanation).toMatch(/same director S\. S\. Rajamouli/i);
    expect(await repository.findReviews(rrr.tmdbId, { limit: 100 })).toHaveLength(20);
    expect((await repository.findMovie({ tmdbId: rrr.tmdbId }))?.id).toBe(result.movie?.id);
  });

  test('the events of a search come in order, and each search is one entry of the history', async () => {
    const { manager } = setup();
    const heard: string[] = [];
    manager.trigger.registerTrigger('*', (data, { event }) => {
      heard.push('step' in Object(data) ? `${event} ${Reflect.get(Object(data), 'step')}` : event);
    });
    const result = await manager.handleUserSearch('RRR');
    expect(heard).toEqual([
      'user_search',
      'workflow_started',
      ...['identify', 'collect', 'validate'].flatMap((step) => [`step_started ${step}`, `step_finished ${step}`]),
      'data_collected',
      'step_started store',
      'data_stored',
      'step_finished store',
      'step_started analyse',
      'analysis_completed',
      'step_finished analyse',
      'step_started recommend',
      'recommendation_generated',
      'step_finished recommend',
      'workflow_completed',
    ]);
    expect(manager.trigger.totalFired).toBe(1);
    expect(manager.trigger.history[0]).toMatchObject({ event: 'user_search', data: { movieName: 'RRR' } });
    expect(manager.getAutomationStatistics()).toMatchObject({
      triggerHistory: 1,
      performance: { workflows: 1, completed: 1 },
    });
    expect(result.success).toBe(true);
  });

  test('a callback that hangs or throws neither slows nor breaks a search', async () => {
    const { manager } = setup();
    manager.trigger.registerTrigger('workflow_started', () => new Promise(() => undefined), { timeoutMs: 60_000 });
    manager.trigger.registerTrigger('data_stored', () => {
      throw new Error('mine');
    });
    manager.trigger.registerTrigger('user_search', () => new Promise(() => undefined), { timeoutMs: 60_000 });
    await expect(manager.handleUserSearch('RRR')).resolves.toMatchObject({ success: true });
    await manager.close({ graceMs: 0 });
  });

  test('a host may trigger user_search itself; the default workflow is the callback named workflow', async () => {
    const { manager } = setup();
    const outcomes = await manager.trigger.triggerEvent('user_search', {
      movieName: 'RRR',
      options: {},
      at: new Date().toISOString(),
    });
    expect(outcomes).toMatchObject([
      { callback: 'workflow', success: true, result: { success: true, movie: { name: 'RRR' } } },
    ]);
  });

  test('the option workflow replaces the steps', async () => {
    const { manager: original } = setup();
    const given = await original.handleUserSearch('RRR');
    const workflow = vi.fn(async () => ({ ...given, workflowId: 'mine' }));
    const { manager, movies } = setup({ workflow });
    await expect(manager.handleUserSearch('Anything')).resolves.toMatchObject({ workflowId: 'mine' });
    expect(workflow).toHaveBeenCalledOnce();
    expect(movies.calls).toEqual([]);
  });

  test.each([
    ['gives nothing', () => undefined, /must return a WorkflowResult/],
    ['throws', () => Promise.reject(new Error('boom')), /^boom$/],
    ['throws before its first promise', () => void JSON.parse('{'), /JSON/],
  ])('one that %s fails with a code', async (_, workflow, message) => {
    const { manager } = setup({ workflow: workflow as unknown as SearchWorkflow });
    await expect(manager.handleUserSearch('RRR')).rejects.toMatchObject({
      code: 'UNEXPECTED',
      message: expect.stringMatching(message),
    });
  });

  test('one that hangs ends with its caller, and with close()', async () => {
    const signals: AbortSignal[] = [];
    const workflow: SearchWorkflow = (_, { signal }) => {
      signals.push(signal);
      return new Promise(() => undefined);
    };
    const { manager } = setup({ workflow });
    const left = manager.handleUserSearch('RRR', { signal: AbortSignal.timeout(5) });
    const cut = manager.handleUserSearch('RRR');
    await expect(left).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false]);
    await Promise.all([manager.close({ graceMs: 5 }), expect(cut).rejects.toMatchObject({ code: 'CLOSED' })]);
    expect(signals[1]?.reason).toMatchObject({ code: 'CLOSED' });
  });

  test('a second search of it asks nobody, also by another name that led to it, until the data is stale', async () => {
    const { manager, movies, reviews } = setup({ freshness: { movieMs: 60_000, reviewsMs: 60_000 } });
    await manager.handleUserSearch('Baahubali');
    const asked = movies.calls.length + reviews.calls.length;
    const again = await manager.handleUserSearch('baahubali!');
    expect(movies.calls.length + reviews.calls.length).toBe(asked);
    expect(again).toMatchObject({
      success: true,
      degraded: false,
      sources: { movie: 'stored' },
      cost: { apiCalls: {}, estimatedUsd: 0 },
      movie: { name: baahubali.title },
    });
  });

  test('only what is stale or too little is fetched again, newer posts only where enough are known', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const { manager, movies, reviews } = setup();
      await manager.handleUserSearch('RRR', { maxReviews: 10 });
      await manager.handleUserSearch('RRR', { maxReviews: 50 });
      expect(reviews.calls.map(({ maxResults, sinceId }) => ({ maxResults, sinceId }))).toEqual([
        { maxResults: 10, sinceId: undefined },
        { maxResults: 50, sinceId: undefined },
      ]);
      expect(movies.calls).toHaveLength(2);
      vi.setSystemTime(Date.now() + 7 * 3_600_000); // posts are stale after six hours, films after a day
      await manager.handleUserSearch('RRR', { maxReviews: 50 });
      expect(reviews.calls[2]?.sinceId).toMatch(/^\d{19}$/);
      expect(movies.calls).toHaveLength(2);
      vi.setSystemTime(Date.now() + 25 * 3_600_000);
      await manager.handleUserSearch('RRR', { maxReviews: 50 });
      expect(movies.calls.at(-1)).toEqual({ method: 'getMovie', tmdbId: rrr.tmdbId });
      expect(movies.calls).toHaveLength(3); // the film is known: no second search
    } finally {
      vi.useRealTimers();
    }
  });

  test('collectNewData true asks although everything is fresh; false asks nobody at all', async () => {
    const { manager, movies, reviews } = setup();
    await manager.handleUserSearch('RRR');
    await manager.handleUserSearch('RRR', { collectNewData: true });
    expect(movies.calls).toHaveLength(4);
    expect(reviews.calls).toHaveLength(2);
    const stored = await manager.handleUserSearch('RRR', { collectNewData: false, maxReviews: 500 });
    expect(stored.success).toBe(true);
    const unknown = await manager.handleUserSearch('Up', { collectNewData: false });
    expect(movies.calls).toHaveLength(4);
    expect(unknown).toMatchObject({ success: true, sources: { movie: 'stored' } }); // known from the list beside RRR
    const never = await manager.handleUserSearch('Nobody Knows This', { collectNewData: false });
    expect(never).toMatchObject({
      success: false,
      movie: null,
      errors: [{ code: 'MOVIE_NOT_FOUND', step: 'identify' }],
    });
  });

  test('maxReviews takes one page for each hundred, and 0 takes none', async () => {
    const { manager, reviews } = setup();
    await manager.handleUserSearch('RRR', { maxReviews: 0 });
    expect(reviews.calls).toEqual([]);
    await manager.handleUserSearch('RRR', { maxReviews: 201 });
    expect(reviews.calls.map(({ maxResults, cursor }) => [maxResults, cursor])).toEqual([
      [100, undefined],
      [100, '100'],
      [1, '200'],
    ]);
  });

  test('several sources share what is wanted', async () => {
    const forum = new FakeReviewClient({ name: 'forum', reviews: posts(50, rrr, 'From the forum') });
    const twitter = new FakeReviewClient({ reviews: posts(50) });
    const both = new AutomatedWorkflowManager({
      movies: new FakeMovieClient({ movies: [rrr] }),
      reviews: [twitter, forum],
      repository: new MemoryRepository(),
    });
    await both.handleUserSearch('RRR', { maxReviews: 11 });
    expect([twitter.calls[0]?.maxResults, forum.calls[0]?.maxResults]).toEqual([6, 5]);
  });

  test('when every post is set aside, the result says why there are none', async () => {
    const bad = posts(3).map((post) => ({ ...post, createdAt: 'yesterday' }));
    const { manager } = setup({ reviews: new FakeReviewClient({ reviews: bad }) });
    const result = await manager.handleUserSearch('RRR', { maxReviews: 3 });
    expectSoundResult(result);
    expect(result).toMatchObject({
      success: true,
      degraded: true,
      analysis: null,
      errors: [{ code: 'DATA_INVALID_FORMAT', step: 'validate' }],
    });
  });

  test('a callback, or another caller, that cuts a list in place has no part in the result, in what is stored, and in later ones', async () => {
    const { manager, repository } = setup();
    const empty = (list: readonly unknown[]) => void (list as unknown[]).splice(0);
    manager.trigger.registerTrigger('data_collected', ({ reviews }) => empty(reviews));
    manager.trigger.registerTrigger('recommendation_generated', ({ recommendations }) => empty(recommendations));
    manager.trigger.registerTrigger('workflow_completed', ({ result }) => empty(result.recommendations));
    const searches = [manager.handleUserSearch('RRR'), manager.handleUserSearch('RRR')];
    const first = await searches[0];
    const count = first?.recommendations.length;
    expect(count).toBeGreaterThan(0);
    empty(first?.recommendations ?? []);
    expect(await searches[1]).toMatchObject({ coalesced: true, recommendations: { length: count } });
    expect(await repository.findReviews(rrr.tmdbId, { limit: 100 })).toHaveLength(10);
    expect(await manager.handleUserSearch('RRR')).toMatchObject({ recommendations: { length: count } });
  });

  test('a bad record is set aside with its reason, and the rest goes on', async () => {
    const [good, bad] = posts(2);
    const reviews = new FakeReviewClient().onSearch({
      answer: {
        reviews: [good, { ...bad, text: '' }].flatMap((post) => (post === undefined ? [] : [post as never])),
        rejected: [],
        nextCursor: null,
        costUsd: 0,
      },
    });
    const { manager } = setup({ reviews });
    const rejected = vi.fn();
    manager.trigger.registerTrigger('record_rejected', rejected);
    const result = await manager.handleUserSearch('RRR');
    expect(result).toMatchObject({ success: true, degraded: false, movie: { reviewsAnalyzed: 1 } });
    expect(rejected.mock.calls[0]?.[0]).toMatchObject({
      kind: 'review',
      field: 'text',
      reason: { code: 'DATA_MISSING_FIELD' },
    });
    const [record] = await manager.listQuarantine();
    expect(record).toMatchObject({ kind: 'review', field: 'text', workflowId: result.workflowId });
    await expect(manager.retryQuarantined(record?.id ?? '')).resolves.toMatchObject({
      accepted: false,
      error: { code: 'DATA_MISSING_FIELD' },
    });
    await expect(manager.retryQuarantined('nope')).resolves.toMatchObject({ accepted: false });
  });

  test('the record of a run shows its steps and its result', async () => {
    const { manager } = setup();
    const result = await manager.handleUserSearch('RRR', { maxReviews: 5 });
    const run = await manager.findRun(result.workflowId);
    expect(run).toMatchObject({
      status: 'completed',
      movieName: 'RRR',
      options: { maxReviews: 5, priority: 'interactive' },
      result: { success: true },
    });
    expect(run?.steps).toHaveLength(6);
    expect(await manager.findRun('workflow_none')).toBeNull();
  });

  test('a run that another process left behind is finished, without buying what was stored', async () => {
    const { manager, repository, reviews } = setup();
    await manager.handleUserSearch('RRR', { collectNewData: true });
    const bought = reviews.calls.length;
    await repository.createRun({
      workflowId: 'workflow_left',
      status: 'running',
      movieName: 'RRR',
      options: { maxReviews: 10, collectNewData: true },
      steps: [{ name: 'store', status: 'ok', attempts: 1, durationMs: 1 }],
      result: null,
      startedAt: new Date().toISOString(),
      finishedAt: null,
    });
    const resumed = await manager.resumePending();
    expect(resumed).toMatchObject([{ workflowId: 'workflow_left', status: 'completed', result: { success: true } }]);
    expect(reviews.calls).toHaveLength(bought);
    expect(await manager.resumePending()).toEqual([]);
  });

  test('a film stored by hand is used without asking', async () => {
    const { manager, movies } = setup();
    const mine = film(9_000_001, 'The Lighthouse Ledger');
    await manager.coordinateDatabaseOperations({ movie: mine, reviews: [] });
    await manager.handleUserSearch('The Lighthouse Ledger', { maxReviews: 0 });
    expect(movies.calls).toEqual([]);
  });
});
