import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TmdbClient } from '../../src/adapters/tmdb/index.js';
import { TwitterClient } from '../../src/adapters/twitter/index.js';
import { parseCandidate, parseMovie, parseReview } from '../../src/domain/schemas.js';
import { isReelflowError } from '../../src/index.js';
import { describeWithShared, sharedPath } from '../support/requirements.js';
import { rrr } from '../workflow/setup.js';
import { type AnswerServer, startAnswerServer } from './answer-server.js';

interface Example {
  readonly file: string;
  readonly operation: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** What each answer that is no success must become; the rest must give objects that pass the domain's schemas. */
const codes: Readonly<Record<string, string>> = {
  'tmdb-error-401': 'API_UNAUTHORIZED',
  'tmdb-error-404': 'API_NOT_FOUND',
  'tmdb-error-4': 'API_BAD_REQUEST',
  'tmdb-error-429': 'API_RATE_LIMITED',
  'tmdb-error-5': 'API_UNAVAILABLE',
  'x-error-400': 'API_BAD_REQUEST',
  'x-error-401': 'API_UNAUTHORIZED',
  'x-error-402': 'API_QUOTA_EXHAUSTED',
  'x-error-403': 'API_FORBIDDEN',
  'x-error-404': 'API_NOT_FOUND',
  'x-error-429': 'API_RATE_LIMITED',
  'x-error-429-usage-cap': 'API_QUOTA_EXHAUSTED',
  'x-error-5': 'API_UNAVAILABLE',
  'invalid-tmdb-error-no-code': 'API_UNAUTHORIZED',
  'invalid-tmdb-200-html': 'API_INVALID_RESPONSE',
  'invalid-tmdb-truncated': 'API_INVALID_RESPONSE',
  'invalid-tmdb-search-results-object': 'API_INVALID_RESPONSE',
  'invalid-x-search-data': 'API_INVALID_RESPONSE',
  'invalid-x-truncated': 'API_INVALID_RESPONSE',
};
const codeOf = (file: string): string | undefined =>
  Object.entries(codes)
    .filter(([start]) => file.startsWith(start))
    .sort(([one], [other]) => other.length - one.length)[0]?.[1];

const used = ['any', 'GET /3/search/movie', 'GET /3/movie/{movie_id}', 'GET /2/tweets/search/recent'];

describeWithShared('contracts/examples/index.json', 'the recorded answers of both providers', () => {
  let server: AnswerServer;
  beforeAll(async () => {
    server = await startAnswerServer();
  });
  afterAll(() => server.close());
  const context = () => ({ signal: new AbortController().signal, attempt: 1 });
  const examples: readonly Example[] = JSON.parse(readFileSync(sharedPath('contracts/examples/index.json'), 'utf8'));

  test.each(examples.filter(({ operation }) => used.includes(operation)))(
    '$file',
    async ({ file, operation, status, headers }) => {
      const body = readFileSync(sharedPath(`contracts/examples/${file}`));
      server.answer((_request, response) => {
        response.writeHead(status, headers);
        response.end(body);
      });
      const ask = async () => {
        if (file.includes('x-')) {
          const { reviews } = await new TwitterClient({ bearerToken: 't', baseUrl: server.url }).searchReviews(
            { movie: rrr, maxResults: 100 },
            context(),
          );
          return reviews.map(parseReview);
        }
        const client = new TmdbClient({ accessToken: 't', baseUrl: server.url });
        if (operation !== 'GET /3/movie/{movie_id}')
          return (await client.searchMovies({ text: 'x' }, context())).map(parseCandidate);
        const { movie, related } = await client.getMovie(1, context());
        return [movie, ...related].map(parseMovie);
      };
      const outcome = await ask().catch((error: unknown) => error);
      const code = codeOf(file);
      if (code === undefined) {
        expect(outcome).toBeInstanceOf(Array);
        for (const parsed of outcome as Array<{ ok: boolean }>) expect(parsed).toMatchObject({ ok: true });
      } else {
        expect(isReelflowError(outcome), String(outcome)).toBe(true);
        expect(outcome).toMatchObject({ code });
      }
    },
  );
});
