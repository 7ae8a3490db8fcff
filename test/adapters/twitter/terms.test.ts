import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TwitterClient } from '../../../src/adapters/twitter/index.js';
import { faultOfTerms } from '../../../src/adapters/twitter/terms.js';
import { isReelflowError } from '../../../src/index.js';
import { rrr } from '../../workflow/setup.js';
import { useAnswerServer } from '../use-answer-server.js';

describe('the further terms of a query', () => {
  const server = useAnswerServer();
  const sentWith = async (terms: string) => {
    server.answer({ body: { meta: { result_count: 0 } } });
    const client = new TwitterClient({ bearerToken: 'token', baseUrl: server.url, terms });
    await client.searchReviews({ movie: rrr, maxResults: 10 }, { signal: new AbortController().signal, attempt: 1 });
    return server.sent().query;
  };

  test.each([
    ['', '"RRR"'],
    ['  ', '"RRR"'],
    ['-has:links -is:reply', '"RRR" -has:links -is:reply'],
    ['(movie OR film)', '"RRR" (movie OR film)'],
    ['((movie OR "the film") -trailer) lang:en', '"RRR" ((movie OR "the film") -trailer) lang:en'],
    ['entity:"S. S. Rajamouli" -"box office"', '"RRR" entity:"S. S. Rajamouli" -"box office"'],
    ['min_likes:5\n  has:media', '"RRR" min_likes:5 has:media'],
    ['co-star or ORacle', '"RRR" co-star or ORacle'],
    ['"a OR (b"', '"RRR" "a OR (b"'],
  ])('%j are sent as %j', async (terms, query) => {
    expect(await sentWith(terms)).toBe(query);
  });

  test.each([
    ['"open', 'quote'],
    ['entity:"open', 'quote'],
    ['(movie OR film', 'bracket open'],
    ['movie)', 'not opened'],
    [')(', 'not opened'],
    ['movie OR film', 'in brackets'],
    ['OR film', 'in brackets'],
    ['(OR film)', 'nothing before OR'],
    ['(movie OR)', 'nothing before )'],
    ['(movie OR OR film)', 'nothing before OR'],
    ['()', 'nothing before )'],
    ['-(movie film)', 'negate'],
    ['""', 'empty'],
    ['" "', 'empty'],
    ['movie -', 'empty'],
    ['--movie', 'empty'],
  ])('%j are INVALID_OPTIONS', (terms, why) => {
    expect(() => new TwitterClient({ bearerToken: 'token', terms })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTIONS', message: expect.stringContaining(why) }),
    );
  });

  const word = fc.constantFrom('movie', '-trailer', 'has:media', 'min_likes:3', '"the film"', '-"box office"');
  const { terms: valid } = fc.letrec<{ terms: string; term: string }>((tie) => ({
    terms: fc.array(tie('term'), { minLength: 1, maxLength: 3 }).map((terms) => terms.join(' ')),
    term: fc.oneof(
      { weight: 3, arbitrary: word },
      fc.array(tie('terms'), { minLength: 1, maxLength: 3 }).map((terms) => `(${terms.join(' OR ')})`),
    ),
  }));

  test('of any valid shape are taken', () => {
    fc.assert(
      fc.property(valid, (terms) => {
        expect(faultOfTerms(terms)).toBeNull();
      }),
      { numRuns: 500, seed: 11 },
    );
  });

  test('of any text are balanced, on one line and without alternatives of their own, or refused', async () => {
    const piece = fc.constantFrom('"', '(', ')', ' OR ', '-', 'a', ' ', 'lang:', '\n', '\ud83d', '“', 'é');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
        const query = await sentWith(pieces.join('')).catch((error: unknown) => {
          expect(isReelflowError(error) && error.code).toBe('INVALID_OPTIONS');
          return '"RRR"';
        });
        const outside = (query ?? '').replace(/"[^"]*"/g, ' phrase ');
        expect(outside).not.toMatch(/["\n]/);
        let flat = outside;
        for (let inner = ''; inner !== flat; ) {
          inner = flat;
          flat = flat.replace(/\([^()]*\)/g, ' group ');
        }
        expect(flat).not.toMatch(/[()]|(^|\s)OR(\s|$)/);
      }),
      { numRuns: 300, seed: 12 },
    );
  });
});
