import { describe, expect, test } from 'vitest';
import { TwitterClient } from '../../../src/adapters/twitter/index.js';
import { AutomatedCoordinator } from '../../../src/index.js';
import { collectPosts } from '../../../src/workflow/collect-posts.js';
import { RunCalls } from '../../../src/workflow/run-calls.js';
import { rrr } from '../../workflow/setup.js';
import { useAnswerServer } from '../use-answer-server.js';

const fromTheStart = { before: [], onPage: async () => undefined };

/** A page of posts with these ids, and the cursor of the next one. */
const page = (ids: readonly number[], next?: string) => ({
  body: {
    ...(ids.length === 0 ? {} : { data: ids.map((id) => ({ id: String(id), text: `post ${id}` })) }),
    meta: { result_count: ids.length, ...(next === undefined ? {} : { next_token: next }) },
  },
});
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe('pages of posts', () => {
  const server = useAnswerServer();
  const collect = async (count: number, sinceId?: string) => {
    const client = new TwitterClient({ bearerToken: 'AAAAbearer', baseUrl: server.url });
    const coordinator = new AutomatedCoordinator({ maxRetries: 0 });
    coordinator.configureApi(client.name, { limits: [] });
    const { signal } = new AbortController();
    const calls = new RunCalls({ coordinator, signal, priority: 'interactive', deadlineMs: 60_000 });
    const posts = await collectPosts({ client, movie: rrr, count, sinceId }, fromTheStart, calls, signal);
    const asked = server.requests.map(({ url }) => new URL(url ?? '', server.url).searchParams);
    return { ...posts, ids: posts.reviews.map(({ tweetId }) => Number(tweetId)), asked };
  };

  test('go on through short and empty ones while there is a next one', async () => {
    server.answer(page(range(0, 3), 'a'), page([], 'b'), page([], 'c'), page(range(3, 10), 'd'), page([10]));
    const { ids, asked, pages, costUsd, error } = await collect(100);
    expect(ids).toEqual(range(0, 11));
    expect(asked.map((sent) => sent.get('next_token'))).toEqual([null, 'a', 'b', 'c', 'd']);
    expect(asked.map((sent) => sent.get('max_results'))).toEqual(['100', '97', '97', '97', '90']);
    expect([pages, error]).toEqual([5, null]);
    expect(costUsd).toBeCloseTo(0.055, 9);
  });

  test('end when there are enough, without asking for more', async () => {
    server.answer(page(range(0, 100), 'a'), page(range(100, 110), 'b'));
    expect((await collect(105)).ids).toEqual(range(0, 105));
    expect(server.requests).toHaveLength(2);
  });

  test('more than a few are short: each new post is a step', async () => {
    server.answer(...range(0, 12).map((id) => page([id], `t${id}`)), page([]));
    expect((await collect(100)).ids).toEqual(range(0, 12));
  });

  test('a post at the border of two pages comes once', async () => {
    server.answer(page([1, 2, 3], 'a'), page([3, 4]));
    expect((await collect(100)).ids).toEqual([1, 2, 3, 4]);
  });

  test('a page that repeats ends it, although it names a next one', async () => {
    let asked = 0;
    server.answer((_request, response) => {
      asked += 1;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(page([1, 2], `t${asked}`).body));
    });
    expect((await collect(100)).ids).toEqual([1, 2]);
    expect(server.requests).toHaveLength(2);
  });

  test('a cursor that was there before ends it, directly and in a circle', async () => {
    server.answer(page([1], 'a'), page([2], 'a'), page([3], 'a'));
    expect((await collect(100)).ids).toEqual([1, 2]);
    server.requests.length = 0;
    server.answer(page([1], 'a'), page([], 'b'), page([2], 'a'), page([3], 'b'));
    expect((await collect(100)).ids).toEqual([1, 2]);
    expect(server.requests).toHaveLength(3);
  });

  test('empty pages without end are given up', async () => {
    let asked = 0;
    server.answer((_request, response) => {
      asked += 1;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(page([], `t${asked}`).body));
    });
    const { ids, error } = await collect(100);
    expect([ids, error]).toEqual([[], null]);
    expect(server.requests).toHaveLength(5);
  });

  test('a cursor that X has forgotten ends it with its error; what was bought is kept', async () => {
    server.answer(page([1, 2], 'old'), {
      status: 400,
      body: { title: 'Invalid Request', errors: [{ message: 'next_token is not valid', parameters: {} }] },
    });
    const { ids, error } = await collect(100);
    expect(ids).toEqual([1, 2]);
    expect(error).toMatchObject({ code: 'API_BAD_REQUEST', message: expect.stringContaining('next_token') });
  });

  test('a title that cannot be searched for costs nothing', async () => {
    const client = new TwitterClient({ bearerToken: 'AAAAbearer', baseUrl: server.url });
    const { signal } = new AbortController();
    const calls = new RunCalls({
      coordinator: new AutomatedCoordinator(),
      signal,
      priority: 'interactive',
      deadlineMs: 60_000,
    });
    const movie = { ...rrr, title: '???' };
    const posts = await collectPosts({ client, movie, count: 10, sinceId: undefined }, fromTheStart, calls, signal);
    expect(posts).toMatchObject({ reviews: [], costUsd: 0, pages: 0, error: { code: 'INVALID_INPUT' } });
    expect(server.requests).toEqual([]);
  });
});
