import { describe, expect, test } from 'vitest';
import { TmdbClient } from '../../src/adapters/tmdb/index.js';
import { TwitterClient } from '../../src/adapters/twitter/index.js';
import { rrr } from '../workflow/setup.js';
import { startAnswerServer } from './answer-server.js';
import { failureOf, useAnswerServer } from './use-answer-server.js';

interface Place {
  readonly baseUrl?: string;
  readonly fetch?: typeof globalThis.fetch;
}
const context = () => ({ signal: new AbortController().signal, attempt: 1 });
const clients = [
  {
    name: 'tmdb',
    home: 'https://api.themoviedb.org/3/movie/1',
    good: { id: 1, title: 'One' },
    ask: (place: Place) => new TmdbClient({ accessToken: 'secret-word', ...place }).getMovie(1, context()),
  },
  {
    name: 'twitter',
    home: 'https://api.x.com/2/tweets/search/recent',
    good: { meta: { result_count: 0 } },
    ask: (place: Place) =>
      new TwitterClient({ bearerToken: 'secret-word', ...place }).searchReviews(
        { movie: rrr, maxResults: 10 },
        context(),
      ),
  },
];
const coded = (code: string, message = '') => Object.assign(new Error(message), { code });

describe.each(clients)('the connection of $name', ({ name, home, good, ask }) => {
  const server = useAnswerServer();

  test('goes to the provider over https by default', async () => {
    const urls: string[] = [];
    const fetch = async (input: string | URL | Request) => {
      urls.push(input instanceof Request ? input.url : String(input));
      return Response.json(good);
    };
    await ask({ fetch });
    expect(urls.map((url) => url.split('?')[0])).toEqual([home]);
  });

  test('is kept for the next requests', async () => {
    server.answer({ body: good });
    for (let asked = 0; asked < 10; asked += 1) await ask({ baseUrl: server.url });
    expect(new Set(server.requests.map(({ socket }) => socket)).size).toBeLessThan(5);
  });

  test('reset or refused is API_NETWORK and names the reason', async () => {
    server.answer((request) => request.socket.resetAndDestroy());
    expect(await failureOf(ask({ baseUrl: server.url }))).toMatchObject({ code: 'API_NETWORK', retryable: true });
    server.answer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"id":1,', () => response.destroy()); // after the headers: the body is cut
    });
    expect(await failureOf(ask({ baseUrl: server.url }))).toMatchObject({ code: 'API_NETWORK', retryable: true });
    // 'localhost' may be two addresses, which Node tries side by side
    const closed = await startAnswerServer();
    await closed.close();
    expect(await failureOf(ask({ baseUrl: closed.url.replace('127.0.0.1', 'localhost') }))).toMatchObject({
      code: 'API_NETWORK',
      details: { reason: 'ECONNREFUSED' },
    });
  });

  test.each([
    ['no address answered in time', Object.assign(new AggregateError([coded('ETIMEDOUT')]), { code: 'ETIMEDOUT' })],
    ['connecting took too long', coded('UND_ERR_CONNECT_TIMEOUT')],
    ['no headers came', coded('UND_ERR_HEADERS_TIMEOUT')],
  ])('%s: API_TIMEOUT', async (_what, cause) => {
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
    expect(await failureOf(ask({ fetch }))).toMatchObject({ code: 'API_TIMEOUT', retryable: true });
  });

  test.each([
    ['a name that is not known', coded('ENOTFOUND', 'getaddrinfo ENOTFOUND'), 'ENOTFOUND'],
    ['a name server that is busy', coded('EAI_AGAIN'), undefined],
    ['a certificate that is out of date', coded('CERT_HAS_EXPIRED'), 'CERT_HAS_EXPIRED'],
    ['a cause without a code', new Error(`cannot reach https://x/?api_key=secret-word`), undefined],
  ])('%s: API_NETWORK', async (_what, cause, reason) => {
    const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
    const error = await failureOf(ask({ fetch }));
    expect(error).toMatchObject({ code: 'API_NETWORK', retryable: true });
    if (reason !== undefined) expect(error).toMatchObject({ details: { reason } });
    expect((error as Error).message).not.toContain('secret-word');
    expect((error as Error).message).toContain(`${name} could not be reached`);
  });
});
