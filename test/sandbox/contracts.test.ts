import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import films from '../../src/sandbox/data/films.json' with { type: 'json' };
import { type Sandbox, type SandboxFault, startSandbox } from '../../src/sandbox/index.js';
import { describeWithShared } from '../support/requirements.js';
import { AnswerSchemas } from './answer-schemas.js';

const bearer = { authorization: 'Bearer sandbox' };
const chosen = films.filter((_, index) => index % 6 === 0 || [579_974, 690_957].includes(films[index]?.tmdb_id ?? 0));
const rrr = 579_974;

describeWithShared('contracts/tmdb-openapi.json', 'the answers of the sandbox pass the OpenAPI files', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    const many = { calls: 100_000, windowMs: 1000 };
    sandbox = await startSandbox({ retweets: true, limits: { tmdb: many, x: many } });
  });
  afterAll(() => sandbox.close());

  const tmdb = [
    new AnswerSchemas('tmdb-openapi.json'),
    new AnswerSchemas('tmdb-openapi.json', { closed: true }),
  ] as const;
  const x = {
    tweet: [new AnswerSchemas('x-openapi.json'), new AnswerSchemas('x-openapi.json', { closed: true })],
    post: [
      new AnswerSchemas('x-openapi.post-names.json'),
      new AnswerSchemas('x-openapi.post-names.json', { closed: true }),
    ],
  } as const;

  /** Asks, and checks the answer by the schema of its operation and status. */
  const ask = async (
    [open, closed]: readonly [AnswerSchemas, AnswerSchemas],
    operation: string,
    url: string,
    status = 200,
    headers: Record<string, string> = bearer,
  ) => {
    const response = await fetch(url, { headers });
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    const body: unknown = type === 'text/html' ? await response.text() : await response.json();
    expect(response.status, url).toBe(status);
    expect(open.check(operation, status, type, body)).toBeNull();
    if (status === 200) expect(closed.check(operation, status, type, body)).toBeNull();
    return body;
  };
  const askTmdb = (operation: string, path: string, status?: number, headers?: Record<string, string>) =>
    ask(tmdb, operation, `${sandbox.tmdbUrl}${path}`, status, headers);
  const askX = (
    vocabulary: 'tweet' | 'post',
    operation: string,
    path: string,
    status?: number,
    headers?: Record<string, string>,
  ) => ask(x[vocabulary], operation, `${sandbox.xUrl}${path}`, status, headers);
  const withFault = async (fault: SandboxFault, work: () => Promise<unknown>) => {
    sandbox.setFaults([fault]);
    await work().finally(() => sandbox.setFaults([]));
  };

  const movie = '/3/movie/{movie_id}';
  const recent = '/2/tweets/search/recent';
  const counts = '/2/tweets/counts/recent';
  const byId = '/2/tweets/{id}';

  test('TMDB: credential, configuration, genres, searches with pages', async () => {
    for (const path of ['/3/authentication', '/3/configuration', '/3/genre/movie/list']) await askTmdb(path, path);
    const texts = ['the', 'a', 'rrr', 'nothing at all', ...chosen.map(({ title }) => title)];
    for (const text of texts) {
      for (const page of [1, 2, 7]) {
        const path = `/3/search/movie?query=${encodeURIComponent(text)}&page=${page}&language=te-IN&region=IN`;
        await askTmdb('/3/search/movie', path);
      }
    }
  });

  test('TMDB: films with everything appended, and each part by itself', async () => {
    for (const { tmdb_id: id } of chosen) {
      await askTmdb(movie, `/3/movie/${id}`);
      await askTmdb(movie, `/3/movie/${id}?append_to_response=credits,keywords,recommendations,similar,reviews`);
      for (const part of ['credits', 'keywords', 'recommendations', 'similar', 'reviews']) {
        for (const page of [1, 2]) await askTmdb(`${movie}/${part}`, `/3/movie/${id}/${part}?page=${page}`);
      }
    }
  });

  test('TMDB: what it refuses', async () => {
    await askTmdb('/3/search/movie', '/3/search/movie?query=a&page=501', 400);
    await askTmdb(movie, `/3/movie/${rrr}?append_to_response=${Array(21).fill('credits').join(',')}`, 400);
    await askTmdb('/3/search/movie', '/3/search/movie?query=a&language=english', 422);
    await askTmdb(movie, `/3/movie/1`, 404);
    await askTmdb(movie, `/3/movie/x`, 404);
    await askTmdb('/3/configuration', '/3/configuration', 401, {});
  });

  const operations = ['/3/search/movie', movie, '/3/configuration', `${movie}/recommendations`];
  test.each([
    ...[3, 7, 10, 14, 17, 31, 32, 35, 36].map((code) => [401, code]),
    ...[4, 42].map((code) => [405, code]),
    ...[5, 20].map((code) => [422, code]),
    ...[6, 34].map((code) => [404, code]),
    ...[18, 22, 23, 27, 28, 47].map((code) => [400, code]),
    ...[11, 15, 44].map((code) => [500, code]),
    ...[9, 46].map((code) => [503, code]),
    [403, 45],
    [429, 25],
    [501, 2],
    [502, 43],
    [504, 24],
  ] as Array<[number, number]>)('TMDB: %i with the code %i', async (status, code) => {
    await withFault({ kind: 'status', service: 'tmdb', status, code }, async () => {
      for (const operation of operations) {
        const body = await askTmdb(operation, operation.replace('{movie_id}', String(rrr)), status);
        expect(body).toMatchObject({ status_code: code, success: false });
      }
    });
  });

  describe.each(['tweet', 'post'] as const)('X in the names of %s', (vocabulary) => {
    const fields = {
      tweet:
        'tweet.fields=author_id,conversation_id,created_at,edit_controls,edit_history_tweet_ids,entities,in_reply_to_user_id,lang,note_tweet,possibly_sensitive,public_metrics,referenced_tweets,reply_settings',
      post: 'post.fields=conversation_id,created_at,edit_controls,entities,lang,note_post,possibly_sensitive,public_metrics,reply_settings',
    }[vocabulary];
    const expansions = {
      tweet: 'author_id,edit_history_tweet_ids,in_reply_to_user_id,referenced_tweets.id,referenced_tweets.id.author_id',
      post: 'author_id,edit_history_post_ids,in_reply_to_user_id,referenced_posts',
    }[vocabulary];
    const users = 'user.fields=created_at,description,protected,public_metrics,verified,verified_type';
    const all = `${fields}&expansions=${expansions}&${users}`;
    const name = (text: string) => encodeURIComponent(`"${text}"`);

    test('all posts about many films, with everything asked for', async () => {
      for (const { title } of chosen) {
        let next = '';
        do {
          const body = await askX(vocabulary, recent, `${recent}?query=${name(title)}&max_results=100&${all}${next}`);
          const { next_token } = (body as { meta: { next_token?: string } }).meta;
          next = next_token === undefined ? '' : `&next_token=${next_token}`;
        } while (next !== '');
      }
    });

    test('queries of all kinds, counts, and posts by id', async () => {
      for (const query of [
        'RRR lang:te',
        '"RRR" -is:retweet -is:reply -is:quote -has:links',
        '("RRR" OR Pushpa) (masterpiece OR boring)',
        'RRR is:retweet',
        'RRR is:reply',
        'RRR is:quote',
        '"No Such Film"',
      ]) {
        const asked = `query=${encodeURIComponent(query)}`;
        const body = (await askX(vocabulary, recent, `${recent}?${asked}&sort_order=relevancy&${all}`)) as {
          data?: Array<{ id: string }>;
        };
        for (const { id } of body.data ?? []) await askX(vocabulary, byId, `/2/tweets/${id}?${all}`);
        const counted = vocabulary === 'tweet' ? 'tweet_count' : 'post_count';
        for (const granularity of ['minute', 'hour', 'day']) {
          const path = `${counts}?${asked}&granularity=${granularity}&search_count.fields=${counted},start,end`;
          await askX(vocabulary, counts, path);
        }
      }
      expect(await askX(vocabulary, byId, `/2/tweets/1?${fields}`)).not.toHaveProperty('data');
    });

    test('pages that are empty, short or repeat themselves are good answers', async () => {
      for (const kind of ['empty-page', 'short-page', 'repeated-page'] as const) {
        await withFault({ kind }, () => askX(vocabulary, recent, `${recent}?query=RRR&${all}`));
      }
    });

    test('what it refuses', async () => {
      for (const asked of ['query=lang:te', 'query=RRR&max_results=9', 'query=RRR&since_id=1', 'query=(RRR']) {
        await askX(vocabulary, recent, `${recent}?${asked}&${fields}`, 400);
      }
      await askX(vocabulary, byId, `/2/tweets/x?${fields}`, 400);
      await askX(vocabulary, recent, `${recent}?query=RRR&${fields}`, 401, {});
      const wrong = vocabulary === 'tweet' ? 'tweet.fields=note_post' : 'post.fields=note_tweet';
      await askX(vocabulary, recent, `${recent}?query=RRR&${wrong}`, 400);
    });

    test.each<SandboxFault>([
      ...[400, 401, 402, 403, 404, 429, 500, 502, 503, 504].map((status) => ({ kind: 'status', status }) as const),
      { kind: 'status', status: 400, problem: 'invalid-request' },
      { kind: 'status', status: 403, problem: 'client-not-enrolled' },
      { kind: 'status', status: 403, problem: 'unsupported-authentication' },
      { kind: 'status', status: 429, problem: 'rate-limit-exceeded', resetInSec: 60 },
      { kind: 'status', status: 429, code: 88 },
      { kind: 'status', status: 503, code: 130 },
      { kind: 'credits' },
      { kind: 'credits', wording: 'credits-depleted' },
      { kind: 'usage-cap' },
      { kind: 'usage-cap', period: 'Daily' },
      { kind: 'html', status: 503 },
    ])('the fault %j', async (fault) => {
      const usual = { credits: 402, 'usage-cap': 429 } as Record<string, number>;
      const status = 'status' in fault ? (fault.status ?? 0) : (usual[fault.kind] ?? 0);
      await withFault(fault, async () => {
        await askX(vocabulary, recent, `${recent}?query=RRR`, status);
        await askX(vocabulary, counts, `${counts}?query=RRR`, status);
        await askX(vocabulary, byId, '/2/tweets/1', status);
      });
    });
  });

  test('an edge page of TMDB', async () => {
    await withFault({ kind: 'html' }, () => askTmdb(movie, `/3/movie/${rrr}`, 502));
  });

  test('the schemas do refuse: wrong types, and the names of the other vocabulary', async () => {
    const complaint = async (schemas: AnswerSchemas, operation: string, url: string) =>
      schemas.check(operation, 200, 'application/json', await (await fetch(url, { headers: bearer })).json());
    const search = `${sandbox.xUrl}${recent}?query=RRR&post.fields=public_metrics`;
    expect(await complaint(x.tweet[0], recent, search)).toMatch(/retweet_count/);
    expect(tmdb[1].check(movie, 200, 'application/json', { id: 1, rating: 5 })).toMatch(/unevaluated/);
    expect(x.post[1].check(recent, 200, 'application/json', { data: [{ note_tweet: {} }] })).toMatch(/unevaluated/);
    await withFault({ kind: 'wrong-type' }, async () => {
      expect(await complaint(x.post[0], recent, search)).toMatch(/id must be string/);
      expect(await complaint(tmdb[0], movie, `${sandbox.tmdbUrl}/3/movie/${rrr}`)).toMatch(/id must be integer/);
    });
    await withFault({ kind: 'invalid-record' }, async () => {
      expect(await complaint(x.post[0], recent, search)).not.toBeNull();
      expect(await complaint(tmdb[0], '/3/search/movie', `${sandbox.tmdbUrl}/3/search/movie?query=rrr`)).not.toBeNull();
    });
  });
});
