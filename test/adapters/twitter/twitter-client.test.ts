import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { TwitterClient } from '../../../src/adapters/twitter/index.js';
import type { ReviewQuery } from '../../../src/index.js';
import { rrr } from '../../workflow/setup.js';
import { type AnswerServer, everythingOf, startAnswerServer } from '../answer-server.js';

const token = 'AAAAsecret%3Dbearer';
const context = (more: object = {}) => ({ signal: new AbortController().signal, attempt: 1, ...more });
const post = (id: string, more: object = {}) => ({
  id,
  text: `post ${id}`,
  created_at: '2026-11-20T10:00:00.000Z',
  ...more,
});
const recentId = () => String((BigInt(Date.now() - 3_600_000) - 1_288_834_974_657n) << 22n);

describe('TwitterClient', () => {
  let server: AnswerServer;
  let client: TwitterClient;
  beforeAll(async () => {
    server = await startAnswerServer();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    client = new TwitterClient({ bearerToken: token, baseUrl: server.url });
  });
  afterEach(() => {
    server.requests.length = 0;
  });
  const sent = () => Object.fromEntries(new URL(server.requests.at(-1)?.url ?? '', server.url).searchParams);
  const search = (more: Partial<ReviewQuery> = {}, given = context()) =>
    client.searchReviews({ movie: rrr, maxResults: 10, ...more }, given);
  const failure = async (work: Promise<unknown>) =>
    work.then(
      () => expect.unreachable('it should fail'),
      (error: unknown) => error,
    );

  test('asks for a phrase, at least ten and at most a hundred posts, and buys no users', async () => {
    server.answer({ body: { meta: { result_count: 0 } } });
    await search({ maxResults: 3 });
    expect(sent()).toEqual({
      query: '"RRR"',
      max_results: '10',
      'tweet.fields': 'author_id,created_at,lang,note_tweet,public_metrics',
    });
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${token}`);
    await search({ maxResults: 500, cursor: 'abc', sinceId: recentId() });
    expect(sent()).toMatchObject({ max_results: '100', next_token: 'abc', since_id: expect.stringMatching(/^\d+$/) });
  });

  test('an id to begin after is left out when X would refuse it: from before its seven days, or none of its ids', async () => {
    const now = Date.parse('2026-11-24T10:00:00Z');
    const madeBefore = (ms: number) => String((BigInt(now - ms) - 1_288_834_974_657n) << 22n);
    const reachMs = 7 * 86_400_000 - 3_600_000;
    server.answer({ body: { meta: { result_count: 0 } } });
    vi.useFakeTimers({ toFake: ['Date'], now });
    try {
      await search({ sinceId: madeBefore(reachMs - 1) });
      expect(sent()).toMatchObject({ since_id: madeBefore(reachMs - 1) });
      for (const sinceId of [madeBefore(reachMs), '1500000000000000000', '17', 'x']) {
        await search({ sinceId });
        expect(sent()).not.toHaveProperty('since_id');
      }
    } finally {
      vi.useRealTimers();
    }
  });

  test('sends the other vocabulary, a language and further terms by option', async () => {
    server.answer({ body: { meta: { result_count: 0 } } });
    client = new TwitterClient({
      bearerToken: token,
      baseUrl: server.url,
      vocabulary: 'post',
      language: 'te',
      terms: '-has:links',
    });
    await search();
    expect(sent()).toEqual({
      query: '"RRR" lang:te -has:links',
      max_results: '10',
      'post.fields': 'created_at,lang,note_post,public_metrics',
    });
    expect(server.requests[0]?.url).toMatch(/^\/2\/tweets\/search\/recent\?/);
  });

  test('reads posts of both vocabularies, long ones whole, entities decoded once, ids as text', async () => {
    server.answer({
      body: {
        data: [
          post('2107169995879350273', {
            text: 'cut…',
            note_tweet: { text: 'Long &amp; whole &lt;3 &amp;lt;' },
            author_id: '44199001',
            lang: 'en',
            edit_history_tweet_ids: ['2107166594298806280', '2107169995879350273'],
            public_metrics: { like_count: 3, retweet_count: 2, reply_count: 1 },
          }),
          post('2107169995879350274', {
            note_post: { text: 'neu' },
            public_metrics: { like_count: 1, repost_count: 5 },
          }),
          post('2107166594298806280', { edit_history_post_ids: ['2107166594298806280'] }),
        ],
        meta: { result_count: 3, next_token: 'next' },
        errors: [{ title: 'Not Found Error' }],
      },
    });
    const page = await search({ maxResults: 100 });
    expect(page.nextCursor).toBe('next');
    expect(page.costUsd).toBe(0.015);
    expect(page.reviews).toEqual([
      {
        tweetId: '2107166594298806280',
        tmdbId: rrr.tmdbId,
        text: 'Long & whole <3 &lt;',
        authorId: '44199001',
        createdAt: '2026-11-20T10:00:00.000Z',
        language: 'en',
        likeCount: 3,
        repostCount: 2,
        replyCount: 1,
        source: 'twitter',
      },
      expect.objectContaining({
        tweetId: '2107169995879350274',
        text: 'neu',
        repostCount: 5,
        authorId: null,
        language: null,
      }),
    ]);
  });

  test('a post without its date takes it from its id', async () => {
    server.answer({ body: { data: [{ id: '2107169995879350273', text: 'x' }] } });
    expect((await search()).reviews[0]?.createdAt).toMatch(/^2026-10-05T/);
  });

  test('a bad post is set aside with its field; the others stay', async () => {
    server.answer({
      body: { data: [post('1'), { id: 2, text: 'number' }, { id: '3' }, post('4', { text: '' }), null, post('5')] },
    });
    const { reviews, rejected } = await search();
    expect(reviews.map(({ tweetId }) => tweetId)).toEqual(['1', '5']);
    expect(rejected.map(({ reason, field }) => [reason.code, field])).toEqual([
      ['DATA_INVALID_FORMAT', 'id'],
      ['DATA_INVALID_FORMAT', 'text'],
      ['DATA_MISSING_FIELD', 'text'],
      ['DATA_INVALID_FORMAT', null],
    ]);
  });

  test('brings no more than were wanted, and says what the page cost', async () => {
    server.answer({ body: { data: Array.from({ length: 10 }, (_, index) => post(String(index + 1))) } });
    const reportSpend = vi.fn();
    const page = await search({ maxResults: 3 }, context({ reportSpend }));
    expect(page.reviews).toHaveLength(3);
    expect(page.costUsd).toBe(0.05);
    expect(reportSpend).toHaveBeenCalledWith({ usd: 0.05, posts: 10 });
    expect(client.estimateSpend({ movie: rrr, maxResults: 3 })).toEqual({ usd: 0.05, posts: 10 });
    expect(client.estimateSpend({ movie: rrr, maxResults: 1000 })).toEqual({ usd: 0.5, posts: 100 });
  });

  test('an empty page has no data, and may have a next one', async () => {
    server.answer({ body: { meta: { result_count: 0, next_token: 'more' } } }, { body: { meta: { result_count: 0 } } });
    expect(await search()).toEqual({ reviews: [], rejected: [], nextCursor: 'more', costUsd: 0 });
    expect(await search()).toMatchObject({ nextCursor: null });
  });

  const problem = (kind: string, title = 'Problem', host = 'api.twitter.com') => ({
    title,
    detail: 'sorry',
    type: kind === '' ? 'about:blank' : `https://${host}/2/problems/${kind}`,
  });
  test.each([
    [400, problem('invalid-request'), 'API_BAD_REQUEST', false],
    [401, problem(''), 'API_UNAUTHORIZED', false],
    [402, problem('credits', 'CreditsDepleted'), 'API_QUOTA_EXHAUSTED', false],
    [402, problem('credits-depleted', 'Payment Required', 'api.x.com'), 'API_QUOTA_EXHAUSTED', false],
    [403, problem('client-forbidden'), 'API_FORBIDDEN', false],
    [404, '', 'API_NOT_FOUND', false],
    [429, problem(''), 'API_RATE_LIMITED', true],
    [429, { errors: [{ code: 88, message: 'Rate limit exceeded' }] }, 'API_RATE_LIMITED', true],
    [429, problem('usage-capped', 'UsageCapExceeded', 'api.x.com'), 'API_QUOTA_EXHAUSTED', false],
    [500, problem(''), 'API_UNAVAILABLE', true],
    [503, '<html>over capacity</html>', 'API_UNAVAILABLE', true],
    [503, { errors: [{ code: 130, message: 'Over capacity' }] }, 'API_UNAVAILABLE', true],
  ])('status %i with %j is %s', async (status, body, code, retryable) => {
    server.answer({ status, body });
    expect(await failure(search())).toMatchObject({ code, retryable });
  });

  test('a refusal says what was wrong: the message that names the parameter, else the detail, else the title', async () => {
    const body = { ...problem('invalid-request'), errors: [{ message: 'max_results is too small', parameters: {} }] };
    server.answer({ status: 400, body });
    expect(await failure(search())).toMatchObject({ message: 'twitter answered 400: max_results is too small' });
    server.answer({ status: 400, body: problem('invalid-request') });
    expect(await failure(search())).toMatchObject({ message: 'twitter answered 400: sorry' });
    server.answer({ status: 503, body: { title: 'Over capacity', type: 7, errors: 'odd' } });
    expect(await failure(search())).toMatchObject({ message: 'twitter answered 503: Over capacity' });
  });

  test.each([
    [{ data: null, meta: {} }],
    [{ data: {} }],
    ['<html>'],
    [[]],
    [{}],
    [{ errors: [{ title: 'Not Found Error', detail: 'gone' }] }],
  ])('a page like %j is API_INVALID_RESPONSE', async (body) => {
    server.answer({ body });
    expect(await failure(search())).toMatchObject({ code: 'API_INVALID_RESPONSE' });
  });

  test('no error shows the token', async () => {
    for (const given of [
      { status: 401, body: { detail: `Bearer ${token} is wrong (${token})` } },
      { status: 500, body: `token=${token}` },
      (request: { socket: { destroy(): unknown } }) => void request.socket.destroy(),
    ]) {
      server.answer(given as never);
      expect(everythingOf(await failure(search()))).not.toContain(token);
    }
  });

  test.each([
    [{}, 'bearerToken'],
    [{ bearerToken: 'x', vocabulary: 'toot' }, 'vocabulary'],
    [{ bearerToken: 'x', language: 'telugu' }, 'language'],
    [{ bearerToken: 'x', terms: 'y'.repeat(201) }, 'terms'],
    [{ bearerToken: 'x', terms: 7 }, 'terms'],
    [{ bearerToken: 'x\ny' }, 'bearerToken'],
    [{ bearerToken: 'x', baseURL: 'http://localhost' }, 'baseURL is no option of TwitterClient; there are bearerToken'],
  ])('the options %j are INVALID_OPTIONS and named', (options, name) => {
    expect(() => new TwitterClient(options as never)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(name) }),
    );
  });
});
