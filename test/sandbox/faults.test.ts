import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { TmdbClient } from '../../src/adapters/tmdb/index.js';
import { TwitterClient } from '../../src/adapters/twitter/index.js';
import { type Sandbox, type SandboxFault, startSandbox } from '../../src/sandbox/index.js';
import { rrr } from '../workflow/setup.js';

const headers = { authorization: 'Bearer sandbox' };
const search = '/2/tweets/search/recent?query=%22RRR%22&tweet.fields=author_id';

interface XPage {
  readonly data?: ReadonlyArray<{ readonly id: unknown; readonly text?: unknown }>;
  readonly meta: { readonly result_count: number; readonly next_token?: string; readonly newest_id?: string };
}
interface TmdbPage {
  readonly page: number;
  readonly total_pages: number;
  readonly results: ReadonlyArray<{ readonly id: unknown }>;
}

describe('faults of the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ limits: { tmdb: { calls: 1000, windowMs: 1000 } } });
  });
  afterAll(() => sandbox.close());
  afterEach(() => {
    sandbox.requests.length = 0;
    sandbox.setFaults([]);
  });
  const tmdb = (path: string) => fetch(`${sandbox.tmdbUrl}${path}`, { headers });
  const x = (path = search) => fetch(`${sandbox.xUrl}${path}`, { headers });
  const xPage = async (more = '') => (await (await x(`${search}${more}`)).json()) as XPage;
  const tmdbPage = async (page: number) =>
    (await (await tmdb(`/3/search/movie?query=the&page=${page}`)).json()) as TmdbPage;

  describe('errors in the words of X', () => {
    test.each<[SandboxFault, number, object]>([
      [{ kind: 'status', status: 400 }, 400, { title: 'Invalid Request', errors: [{}] }],
      [{ kind: 'status', status: 401 }, 401, { title: 'Unauthorized', type: 'about:blank', status: 401 }],
      [{ kind: 'status', status: 403 }, 403, { reason: 'client-not-enrolled' }],
      [
        { kind: 'status', status: 403, problem: 'unsupported-authentication' },
        403,
        { type: expect.stringMatching(/\/unsupported-authentication$/) },
      ],
      [{ kind: 'status', status: 404 }, 404, { title: 'Not Found' }],
      [{ kind: 'status', status: 429 }, 429, { title: 'Too Many Requests', type: 'about:blank' }],
      [
        { kind: 'status', status: 429, problem: 'rate-limit-exceeded' },
        429,
        { type: expect.stringMatching(/\/rate-limit-exceeded$/) },
      ],
      [{ kind: 'status', status: 429, code: 88 }, 429, { errors: [{ code: 88, message: expect.any(String) }] }],
      [{ kind: 'status', status: 503, code: 130 }, 503, { errors: [{ code: 130, message: expect.any(String) }] }],
      [{ kind: 'status', status: 504 }, 504, { title: 'Gateway Timeout', status: 504 }],
      [{ kind: 'status', status: 418 }, 418, { status: 418 }],
      [{ kind: 'status', status: 402 }, 402, { title: 'CreditsDepleted' }],
      [{ kind: 'credits' }, 402, { title: 'CreditsDepleted', type: expect.stringMatching(/\/credits$/) }],
      [
        { kind: 'credits', wording: 'credits-depleted' },
        402,
        { title: 'Payment Required', type: expect.stringMatching(/\/credits-depleted$/) },
      ],
      [{ kind: 'usage-cap' }, 429, { period: 'Monthly', type: expect.stringMatching(/\/usage-capped$/) }],
      [{ kind: 'usage-cap', period: 'Daily' }, 429, { period: 'Daily' }],
    ])('%j', async (fault, status, body) => {
      sandbox.setFaults([fault]);
      const response = await x();
      expect([response.status, await response.json()]).toMatchObject([status, body]);
      expect(response.headers.get('content-type')).toMatch(/json/);
      expect(response.headers.get('x-rate-limit-reset')).toBeNull();
    });

    test('the daily cap has headers of its own', async () => {
      sandbox.setFaults([{ kind: 'usage-cap', period: 'Daily' }]);
      expect((await x()).headers.get('x-app-limit-24hour-remaining')).toBe('0');
    });

    test('what only X has never hits TMDB', async () => {
      for (const fault of [
        { kind: 'credits' },
        { kind: 'usage-cap' },
        { kind: 'status', status: 403, problem: 'client-not-enrolled' },
      ] as const) {
        sandbox.setFaults([fault]);
        expect((await tmdb('/3/configuration')).status).toBe(200);
      }
    });
  });

  test('a code is meant for the service that has it; the other answers in its usual way', async () => {
    sandbox.setFaults([{ kind: 'status', status: 429, code: 88 }]);
    expect(await (await tmdb('/3/configuration')).json()).toMatchObject({ status_code: 25 });
    sandbox.setFaults([{ kind: 'status', status: 503, code: 46 }]);
    expect(await (await x()).json()).toMatchObject({ title: 'Service Unavailable' });
    expect(await (await tmdb('/3/configuration')).json()).toMatchObject({ status_code: 46 });
    sandbox.setFaults([{ kind: 'status', status: 418 }]);
    const teapot = await tmdb('/3/configuration');
    expect([teapot.status, await teapot.json()]).toMatchObject([418, { status_code: 11 }]);
  });

  test('a push-back with and without its times, further headers, an empty body', async () => {
    sandbox.setFaults([{ kind: 'status', status: 429, retryAfterSec: 7, resetInSec: 60, headers: { 'x-edge': 'a' } }]);
    const both = await x();
    expect(['retry-after', 'x-rate-limit-remaining', 'x-edge'].map((name) => both.headers.get(name))).toEqual([
      '7',
      '0',
      'a',
    ]);
    expect(Number(both.headers.get('x-rate-limit-reset')) * 1000).toBeGreaterThan(Date.now());
    expect((await tmdb('/3/configuration')).headers.get('x-rate-limit-reset')).toBeNull();
    sandbox.setFaults([{ kind: 'status', status: 404, isEmpty: true }]);
    const empty = await x();
    expect([empty.status, await empty.text(), empty.headers.get('content-type')]).toEqual([404, '', null]);
  });

  test('a page of the edge, also with status 200', async () => {
    for (const [fault, status] of [
      [{ kind: 'html' }, 502],
      [{ kind: 'html', status: 200 }, 200],
    ] as const) {
      sandbox.setFaults([fault]);
      const response = await x();
      expect([response.status, response.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
      expect(await response.text()).toContain('<html>');
    }
  });

  test('headers can be missing', async () => {
    sandbox.setFaults([{ kind: 'no-headers' }]);
    const [one, other] = [await x(), await tmdb('/3/configuration')];
    expect([one.status, one.headers.get('x-rate-limit-limit')]).toEqual([200, null]);
    expect([other.status, other.headers.get('etag'), other.headers.get('cache-control')]).toEqual([200, null, null]);
  });

  describe('wrong data', () => {
    test('a wrong type in the first record, or in the film itself', async () => {
      const good = await xPage();
      sandbox.setFaults([{ kind: 'wrong-type' }]);
      const { data = [] } = await xPage();
      expect(data[0]?.id).toBe(Number(good.data?.[0]?.id)); // above 2^53: the last digits are lost, as they would be
      expect(data.slice(1)).toEqual(good.data?.slice(1));
      expect((await tmdbPage(1)).results[0]?.id).toMatch(/^\d+$/);
      expect(await (await tmdb('/3/movie/579974')).json()).toMatchObject({ id: '579974' });
      const one = (await (await x(`/2/tweets/${good.data?.[1]?.id}`)).json()) as { data: { id: unknown } };
      expect(one.data.id).toBe(Number(good.data?.[1]?.id));
      sandbox.setFaults([{ kind: 'wrong-type', field: 'text' }]);
      expect((await xPage()).data?.[0]?.text).toBe(12_345);
      sandbox.setFaults([{ kind: 'wrong-type', field: 'runtime' }]);
      expect(await (await tmdb('/3/movie/579974')).json()).toMatchObject({
        id: 579_974,
        runtime: expect.stringMatching(/^\d+$/),
      });
    });

    test('a record that cannot be used among good ones: the clients keep the good ones', async () => {
      const context = { signal: new AbortController().signal, attempt: 1 };
      const clients = {
        reviews: new TwitterClient({ bearerToken: 'sandbox', baseUrl: sandbox.xUrl }),
        movies: new TmdbClient({ accessToken: 'sandbox', baseUrl: sandbox.tmdbUrl }),
      };
      const good = await clients.movies.searchMovies({ text: 'the' }, context);
      sandbox.setFaults([{ kind: 'invalid-record' }]);
      const page = await clients.reviews.searchReviews({ movie: rrr, maxResults: 10 }, context);
      expect([page.reviews.length, page.rejected?.length]).toEqual([10, 1]);
      const found = await clients.movies.searchMovies({ text: 'the' }, context);
      expect(found.map(({ tmdbId }) => tmdbId)).toEqual(good.map(({ tmdbId }) => tmdbId));
    });

    test('answers without records stay as they are, and errors too', async () => {
      sandbox.setFaults([{ kind: 'wrong-type' }]);
      expect(await (await tmdb('/3/configuration')).json()).not.toHaveProperty('id');
      expect(await (await x('/2/tweets/1')).json()).toEqual({ errors: [expect.anything()] });
      sandbox.setFaults([]);
      for (const kind of ['invalid-record', 'empty-page', 'short-page', 'repeated-page'] as const) {
        const plain = await (await x('/2/tweets/counts/recent?query=RRR&granularity=day')).json();
        sandbox.setFaults([{ kind }]);
        expect(await (await tmdb('/3/configuration')).json()).toHaveProperty('images');
        expect(
          Object.keys((await (await x('/2/tweets/counts/recent?query=RRR&granularity=day')).json()) as object),
        ).toEqual(Object.keys(plain as object));
        expect((await x('/2/tweets/search/recent?query=')).status).toBe(400);
        sandbox.setFaults([]);
      }
    });
  });

  describe('odd pages', () => {
    test('the same page and token for ever', async () => {
      const first = await xPage();
      sandbox.setFaults([{ kind: 'repeated-page' }]);
      let token = first.meta.next_token;
      for (const _ of [1, 2, 3]) {
        const again = await xPage(`&next_token=${token}`);
        expect(again.data).toEqual(first.data);
        token = again.meta.next_token;
        expect(token).toBeDefined();
      }
      const [one, five] = [await tmdbPage(1), await tmdbPage(5)];
      expect(five.results).toEqual(one.results);
      expect(five.page).toBe(5);
      expect(five.total_pages).toBeGreaterThan(5);
    });

    test('an empty page and a short one lead to the rest', async () => {
      const all = await xPage('&max_results=20');
      sandbox.setFaults([
        { kind: 'empty-page', times: 1 },
        { kind: 'short-page', count: 3, times: 1 },
      ]);
      const empty = await xPage('&max_results=20');
      expect(empty).toEqual({ meta: { result_count: 0, next_token: expect.any(String) } });
      const short = await xPage(`&max_results=20&next_token=${empty.meta.next_token}`);
      expect([short.data?.length, short.meta.result_count, short.meta.newest_id]).toEqual([3, 3, all.meta.newest_id]);
      const rest = await xPage(`&max_results=20&next_token=${short.meta.next_token}`);
      expect([...(short.data ?? []), ...(rest.data ?? [])].slice(0, 20)).toEqual(all.data);
      sandbox.setFaults([{ kind: 'empty-page', times: 1 }, { kind: 'short-page' }]);
      expect((await tmdbPage(1)).results).toEqual([]);
      expect((await tmdbPage(1)).results).toHaveLength(1);
    });
  });

  test('faults begin and end as told, on their path and service, the first that fits', async () => {
    sandbox.setFaults([
      { service: 'tmdb', path: /search/, kind: 'status', status: 500, after: 1, times: 1 },
      { path: '/3/genre', kind: 'status', status: 503 },
      { service: 'x', kind: 'status', status: 401 },
    ]);
    const statuses = [];
    for (const path of [
      '/3/search/movie?query=a',
      '/3/configuration',
      '/3/search/movie?query=a',
      '/3/search/movie?query=a',
      '/3/genre/movie/list',
    ])
      statuses.push((await tmdb(path)).status);
    expect(statuses).toEqual([200, 200, 500, 200, 503]);
    expect((await x()).status).toBe(401);
  });

  test.each<[unknown, string]>([
    [{ kind: 'timeout' }, 'setFaults: faults must be an array'],
    [[null], 'faults[0].kind must be one of status, html'],
    [[{ kind: 'timeout' }, { kind: 'explode' }], 'faults[1].kind must be one of'],
    [[{ kind: 'constructor' }], 'faults[0].kind must be one of'],
    [[{ kind: 'slow' }], 'faults[0].ms must be from 0 to 600000 milliseconds'],
    [[{ kind: 'slow-body', ms: 600_001 }], 'faults[0].ms must be from 0'],
    [[{ kind: 'slow', ms: Number.NaN }], 'faults[0].ms must be'],
    [
      [{ kind: 'timeout', ms: 5 }],
      "faults[0].ms is no option of the kind 'timeout', which takes service, path, after, times",
    ],
    [[{ kind: 'status' }], 'faults[0].status must be a whole number from 300 to 599'],
    [[{ kind: 'status', status: 200 }], 'faults[0].status must be'],
    [[{ kind: 'html', status: 99 }], 'faults[0].status must be'],
    [[{ kind: 'status', status: 401, code: 25 }], 'faults[0].status must be 429 for the code 25'],
    [[{ kind: 'status', status: 401, code: 999 }], "faults[0].code must be one of TMDB's status codes, or 88 or 130"],
    [[{ kind: 'status', status: 429, code: 25, service: 'x' }], 'faults[0].code must be one of'],
    [[{ kind: 'status', status: 429, code: 88, service: 'tmdb' }], 'faults[0].code must be one of'],
    [[{ kind: 'status', status: 401, problem: 'credits' }], "faults[0].status must be 402 for the problem 'credits'"],
    [[{ kind: 'status', status: 402, problem: 'money' }], "faults[0].problem must be 'invalid-request' or 'credits'"],
    [
      [{ kind: 'status', status: 429, problem: 'usage-capped', code: 88 }],
      'faults[0] must have code or problem, not both',
    ],
    [[{ kind: 'status', status: 429, service: 'tmdb', resetInSec: 5 }], 'faults[0].resetInSec must be left out'],
    [[{ kind: 'status', status: 429, headers: { a: 1 } }], 'faults[0].headers must be'],
    [[{ kind: 'status', status: 404, isEmpty: 'yes' }], 'faults[0].isEmpty must be true or false'],
    [[{ kind: 'credits', service: 'tmdb' }], "faults[0].service must be 'x'"],
    [[{ kind: 'credits', wording: 'poor' }], "faults[0].wording must be 'credits' or 'credits-depleted'"],
    [[{ kind: 'usage-cap', period: 'Yearly' }], "faults[0].period must be 'Monthly' or 'Daily'"],
    [[{ kind: 'reset', service: 'twitter' }], "faults[0].service must be 'tmdb' or 'x'"],
    [[{ kind: 'reset', times: 0 }], 'faults[0].times must be a whole number from 1 up'],
    [[{ kind: 'reset', after: -1 }], 'faults[0].after must be a whole number from 0 up'],
    [[{ kind: 'reset', path: 5 }], 'faults[0].path must be a part of the path'],
    [[{ kind: 'wrong-type', field: '' }], 'faults[0].field must be a text'],
    [[{ kind: 'short-page', count: 0 }], 'faults[0].count must be a whole number from 1 to 100'],
  ])('%j is refused and changes nothing', async (faults, message) => {
    sandbox.setFaults([{ kind: 'status', status: 404 }]);
    expect(() => sandbox.setFaults(faults as never)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(message) }),
    );
    expect((await x()).status).toBe(404);
  });

  test('an explicit undefined is as good as nothing', async () => {
    sandbox.setFaults([{ kind: 'html', status: undefined, service: undefined, times: undefined, after: undefined }]);
    expect((await x()).status).toBe(502);
  });
});
