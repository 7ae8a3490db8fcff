import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TmdbClient } from '../../../src/adapters/tmdb/index.js';
import { type AnswerServer, everythingOf, startAnswerServer } from '../answer-server.js';

const token = 'eyJhbGciOi.secret-token.value';
const key = '0123456789abcdef0123456789abcdef';
const context = (signal = new AbortController().signal) => ({ signal, attempt: 1 });
const listed = (id: number, title: string, more: object = {}) => ({
  id,
  title,
  vote_average: 7,
  vote_count: 10,
  popularity: 1,
  ...more,
});

describe('TmdbClient', () => {
  let server: AnswerServer;
  let client: TmdbClient;
  beforeAll(async () => {
    server = await startAnswerServer();
  });
  afterAll(() => server.close());
  beforeEach(() => {
    client = new TmdbClient({ accessToken: token, baseUrl: `${server.url}/base/`, language: 'te-IN', region: 'IN' });
  });
  afterEach(() => {
    server.requests.length = 0;
  });
  const failure = async (work: Promise<unknown>) =>
    work.then(
      () => expect.unreachable('it should fail'),
      (error: unknown) => error,
    );

  test('sends the token in the header, the language, the region and the year', async () => {
    server.answer({ body: { results: [] } });
    expect(await client.searchMovies({ text: 'పుష్ప & co', year: 2021 }, context())).toEqual([]);
    const [request] = server.requests;
    const url = new URL(request?.url ?? '', server.url);
    expect(url.pathname).toBe('/base/3/search/movie');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      query: 'పుష్ప & co',
      include_adult: 'false',
      page: '1',
      year: '2021',
      language: 'te-IN',
      region: 'IN',
    });
    expect(request?.headers.authorization).toBe(`Bearer ${token}`);
  });

  test('a v3 key is known by its shape and goes into the query, not the header', async () => {
    server.answer({ body: { results: [] } });
    await new TmdbClient({ accessToken: key, baseUrl: server.url }).searchMovies({ text: 'x' }, context());
    expect(server.requests[0]?.headers.authorization).toBeUndefined();
    expect(new URL(server.requests[0]?.url ?? '', server.url).searchParams.get('api_key')).toBe(key);
  });

  test('candidates: doubles, adult films and items without id or title are left out; empty texts are null', async () => {
    const results = [
      listed(1, 'One', { release_date: '', poster_path: null, original_title: 'Un', original_language: 'fr' }),
      listed(1, 'One'),
      listed(2, 'Two', { adult: true }),
      listed(3, ''),
      { title: 'no id' },
      listed(4, 'Four', { vote_average: 'odd', overview: null }),
    ];
    server.answer({ body: { page: 1, results, total_pages: 38_020 } });
    expect(await client.searchMovies({ text: 'x' }, context())).toEqual([
      {
        tmdbId: 1,
        title: 'One',
        originalTitle: 'Un',
        originalLanguage: 'fr',
        releaseDate: null,
        overview: '',
        rating: 7,
        voteCount: 10,
        popularity: 1,
        posterPath: null,
      },
      {
        tmdbId: 4,
        title: 'Four',
        originalTitle: '',
        originalLanguage: null,
        releaseDate: null,
        overview: '',
        rating: 0,
        voteCount: 10,
        popularity: 1,
        posterPath: null,
      },
    ]);
  });

  test('details in one request: people by order, keywords, recommended before similar, without doubles and itself', async () => {
    server.answer({
      body: {
        ...listed(5, 'Five', { release_date: '2020-02-03', runtime: 0 }),
        genres: [
          { id: 18, name: 'Drama' },
          { id: 1, name: null },
        ],
        keywords: {
          keywords: [
            { id: 1, name: 'rain' },
            { id: 2, name: 'rain' },
          ],
        },
        credits: {
          cast: [{ name: 'Second', order: 1 }, { name: 'First', order: 0 }, { order: 3 }],
          crew: [
            { name: 'Her', job: 'Director' },
            { name: 'Him', job: 'Writer' },
            { name: 'Her', job: 'Director' },
          ],
        },
        recommendations: { results: [listed(6, 'Six', { genre_ids: [28, 99_999] }), listed(5, 'Five')] },
        similar: { results: [listed(6, 'Six'), listed(7, 'Seven')] },
      },
    });
    const { movie, related } = await client.getMovie(5, context());
    expect(movie).toMatchObject({
      genres: ['Drama'],
      keywords: ['rain'],
      cast: ['First', 'Second'],
      directors: ['Her'],
      runtimeMinutes: null,
      releaseDate: '2020-02-03',
    });
    expect(related.map(({ tmdbId, genres }) => [tmdbId, genres])).toEqual([
      [6, ['Action']],
      [7, []],
    ]);
    expect(server.requests).toHaveLength(1);
    expect(new URL(server.requests[0]?.url ?? '', server.url).searchParams.get('append_to_response')).toBe(
      'credits,keywords,recommendations,similar',
    );
  });

  test('genres of details have the names of lists, whatever language was asked for', async () => {
    const genres = [{ id: 28, name: 'Aktion' }, { id: 18, name: null }, { id: 99_999, name: 'Neu' }, { id: 3 }];
    server.answer({
      body: { ...listed(5, 'Five'), genres, similar: { results: [listed(6, 'Six', { genre_ids: [28] })] } },
    });
    const { movie, related } = await client.getMovie(5, context());
    expect(movie.genres).toEqual(['Action', 'Drama', 'Neu']);
    expect(related[0]?.genres).toEqual(['Action']);
  });

  test.each([
    ['HTML with 200', { body: '<html>hello</html>' }],
    ['no list', { body: { results: 'x' } }],
    ['a number', { body: 7 }],
    ['an empty body', { body: '' }],
    ['a list of which nothing can be read', { body: { results: [{ id: '1', title: 'id as text' }, { id: 2 }] } }],
  ])('%s is API_INVALID_RESPONSE', async (_name, given) => {
    server.answer(given);
    expect(await failure(client.searchMovies({ text: 'x' }, context()))).toMatchObject({
      code: 'API_INVALID_RESPONSE',
      retryable: true,
    });
  });

  test('HTML in a 502 is API_UNAVAILABLE, a cut answer API_INVALID_RESPONSE, a cut connection API_NETWORK', async () => {
    server.answer({ status: 502, body: '<html>bad gateway</html>' });
    expect(await failure(client.getMovie(1, context()))).toMatchObject({ code: 'API_UNAVAILABLE' });
    server.answer((_request, response) => response.end('{"results": ['));
    expect(await failure(client.searchMovies({ text: 'x' }, context()))).toMatchObject({
      code: 'API_INVALID_RESPONSE',
    });
    server.answer((request) => request.socket.destroy());
    expect(await failure(client.getMovie(1, context()))).toMatchObject({ code: 'API_NETWORK', retryable: true });
    const gone = new TmdbClient({ accessToken: token, baseUrl: 'http://127.0.0.1:59999' });
    expect(await failure(gone.getMovie(1, context()))).toMatchObject({
      code: 'API_NETWORK',
      message: 'tmdb could not be reached: ECONNREFUSED',
    });
  });

  test('an abort reaches the socket, and its reason decides the code', async () => {
    const { promise: arrived, resolve } = Promise.withResolvers<void>();
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    server.answer((request) => {
      request.socket.once('close', () => close());
      resolve();
    });
    const controller = new AbortController();
    const failed = failure(client.getMovie(1, context(controller.signal)));
    await arrived;
    controller.abort();
    expect(await failed).toMatchObject({ code: 'CANCELLED' });
    await closed;
  });

  test('a redirect is refused: the credential must not follow it', async () => {
    server.answer({ status: 302, headers: { location: 'http://127.0.0.1:9/elsewhere' } });
    expect(await failure(client.getMovie(1, context()))).toMatchObject({ code: 'API_NETWORK' });
  });

  test('an answer without end is cut off', async () => {
    server.answer((_request, response) => {
      const chunk = Buffer.alloc(1024 * 1024, 'x');
      const more = () => {
        while (!response.destroyed && response.write(chunk));
        response.once('drain', more);
      };
      more();
    });
    expect(await failure(client.getMovie(1, context()))).toMatchObject({
      code: 'API_INVALID_RESPONSE',
      message: expect.stringContaining('16 MB'),
    });
  });

  test('no error shows a credential', async () => {
    const seen: string[] = [];
    for (const accessToken of [token, key]) {
      const leaky = new TmdbClient({ accessToken, baseUrl: server.url });
      for (const given of [
        {
          status: 401,
          body: { status_code: 7, status_message: `the key ${accessToken} is wrong, api_key=${accessToken}` },
        },
        { status: 500, body: `<a href="?api_key=${accessToken}">x</a>` },
        { body: '<html>' },
        (request: { socket: { destroy(): unknown } }) => void request.socket.destroy(),
      ]) {
        server.answer(given as never);
        seen.push(everythingOf(await failure(leaky.searchMovies({ text: 'x' }, context()))));
      }
      const gone = new TmdbClient({ accessToken, baseUrl: 'http://127.0.0.1:59999' });
      seen.push(everythingOf(await failure(gone.getMovie(1, context()))));
    }
    expect(seen).toHaveLength(10);
    for (const text of seen) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(key);
    }
  });

  test.each([
    [{}, 'accessToken'],
    [{ accessToken: ' ' }, 'accessToken'],
    [{ accessToken: 'two words' }, 'accessToken'],
    [{ accessToken: 'x', baseUrl: 'ftp://x' }, 'baseUrl'],
    [{ accessToken: 'x', baseUrl: 'nonsense' }, 'baseUrl'],
    [{ accessToken: 'x', baseUrl: 'http://u:p@x' }, 'baseUrl'],
    [{ accessToken: 'x', baseUrl: 'http://x?y=1' }, 'baseUrl'],
    [{ accessToken: 'x', language: 'english' }, 'language'],
    [{ accessToken: 'x', region: 'in' }, 'region'],
    [{ accessToken: 'x', fetch: 'no' }, 'fetch'],
    [{ accessToken: 'x', name: '' }, 'name'],
    [{ accessToken: 'x', baseURL: 'http://localhost' }, 'baseURL is no option of TmdbClient; there are accessToken'],
  ])('the options %j are INVALID_OPTIONS and named', (options, name) => {
    expect(() => new TmdbClient(options as never)).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(name) }),
    );
  });

  test('its own limits stay below what TMDB bears: about 40 requests a second and 20 connections', () => {
    const { limits, concurrency } = client.defaultPolicy;
    expect(limits?.every(({ calls, windowMs }) => (calls * 1000) / windowMs <= 40)).toBe(true);
    expect(concurrency).toBeLessThanOrEqual(20);
  });

  test('asks for the first page alone, whatever the number of pages, and a number of pages of none is no film', async () => {
    server.answer({ body: { page: 1, results: [listed(1, 'One')], total_pages: 38_020 } });
    expect(await client.searchMovies({ text: 'x' }, context())).toHaveLength(1);
    for (const total_pages of [0, 1]) {
      server.answer({ body: { page: 1, results: [], total_pages } });
      expect(await client.searchMovies({ text: 'x' }, context())).toEqual([]);
    }
    expect(server.requests.map(({ url }) => new URL(url ?? '', server.url).searchParams.get('page'))).toEqual(
      Array(3).fill('1'),
    );
  });

  test('language by default en-US, no region', async () => {
    server.answer({ body: { results: [] } });
    await new TmdbClient({ accessToken: token, baseUrl: server.url }).searchMovies({ text: 'x' }, context());
    const { searchParams } = new URL(server.requests[0]?.url ?? '', server.url);
    expect(searchParams.get('language')).toBe('en-US');
    expect(searchParams.has('region')).toBe(false);
  });

  test('an id that is none is refused without a request', async () => {
    for (const id of [0.5, 0, -1, Number.NaN, 1e21])
      expect(await failure(client.getMovie(id, context()))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(server.requests).toEqual([]);
  });
});
