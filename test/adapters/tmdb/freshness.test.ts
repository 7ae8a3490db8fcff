import { describe, expect, test } from 'vitest';
import { TmdbClient } from '../../../src/adapters/tmdb/index.js';
import type { MovieDetails } from '../../../src/index.js';
import type { CallContext, FreshnessSeen } from '../../../src/ports/call-context.js';
import { rrr } from '../../workflow/setup.js';
import { failureOf, useAnswerServer } from '../use-answer-server.js';

const film = { id: 5, title: 'Five' };
const etag = 'W/"5f0a"';
const known = { etag, value: { movie: rrr, related: [] } };

describe('how long an answer of TMDB stays good', () => {
  const server = useAnswerServer();
  const ask = async (more: Partial<CallContext<MovieDetails>> = {}) => {
    const seen: FreshnessSeen[] = [];
    const client = new TmdbClient({ accessToken: 'token', baseUrl: server.url });
    const details = await client.getMovie(5, {
      signal: new AbortController().signal,
      attempt: 1,
      reportFreshness: (freshness) => void seen.push(freshness),
      ...more,
    });
    return { details, seen, sentTag: server.requests.at(-1)?.headers['if-none-match'] };
  };

  const told: ReadonlyArray<readonly [Record<string, string>, FreshnessSeen]> = [
    [
      { etag, 'cache-control': 'public, max-age=6991' },
      { etag, maxAgeMs: 6_991_000 },
    ],
    [
      { etag: '"strong"', 'cache-control': 'max-age=100', age: '40' },
      { etag: '"strong"', maxAgeMs: 60_000 },
    ],
    [{ 'cache-control': 'max-age=100', age: '400' }, { maxAgeMs: 0 }],
    [
      { etag, 'cache-control': 'no-cache' },
      { etag, maxAgeMs: 0 },
    ],
    [{ etag, 'cache-control': 'public, s-maxage=5' }, { etag }],
    [{ etag }, { etag }],
    [{ etag: 'not quoted', 'cache-control': 'max-age=1' }, { maxAgeMs: 1000 }],
  ];
  test.each(told)('the headers %j are reported as %j', async (given, freshness) => {
    server.answer({ headers: given, body: film });
    expect((await ask()).seen).toEqual([freshness]);
  });

  test('an answer that may not be kept, or that says nothing, is not reported', async () => {
    server.answer({ headers: { etag, 'cache-control': 'no-store, max-age=10' }, body: film }, { body: film });
    expect((await ask()).seen).toEqual([]);
    expect((await ask()).seen).toEqual([]);
  });

  test('a known value is asked about, and returned when it still holds', async () => {
    server.answer((_request, response) => response.writeHead(304, { 'cache-control': 'public, max-age=60' }).end());
    const { details, seen, sentTag } = await ask({ known });
    expect(sentTag).toBe(etag);
    expect(details).toBe(known.value);
    expect(seen).toEqual([{ etag, maxAgeMs: 60_000, unchanged: true }]);
  });

  test('a known value that has changed is read anew', async () => {
    server.answer({ headers: { etag: '"new"' }, body: film });
    const { details, seen } = await ask({ known });
    expect(details.movie).toMatchObject({ tmdbId: 5, title: 'Five' });
    expect(seen).toEqual([{ etag: '"new"' }]);
  });

  test('a search is asked about in the same way', async () => {
    server.answer((_request, response) => response.writeHead(304, { etag: '"other"' }).end());
    const client = new TmdbClient({ accessToken: 'token', baseUrl: server.url });
    const seen: FreshnessSeen[] = [];
    const found = await client.searchMovies(
      { text: 'RRR' },
      {
        signal: new AbortController().signal,
        attempt: 1,
        known: { etag, value: [rrr] },
        reportFreshness: (freshness) => void seen.push(freshness),
      },
    );
    expect(found).toEqual([rrr]);
    expect(seen).toEqual([{ etag: '"other"', unchanged: true }]);
  });

  test('what could not stand in a header is not sent', async () => {
    server.answer({ body: film });
    const { details, sentTag } = await ask({ known: { ...known, etag: '"a"\r\nx: y' } });
    expect(sentTag).toBeUndefined();
    expect(details.movie.title).toBe('Five');
  });

  test('an answer that fails says nothing of freshness', async () => {
    const seen: FreshnessSeen[] = [];
    const reportFreshness = (freshness: FreshnessSeen) => void seen.push(freshness);
    for (const given of [
      { status: 404, headers: { etag } },
      { headers: { etag }, body: '<html>' },
    ]) {
      server.answer(given);
      await failureOf(ask({ reportFreshness }));
    }
    expect(seen).toEqual([]);
  });
});
