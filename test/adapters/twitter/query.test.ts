import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TwitterClient, type TwitterClientOptions } from '../../../src/adapters/twitter/index.js';
import { buildQuery } from '../../../src/adapters/twitter/query.js';
import { rrr } from '../../workflow/setup.js';
import { failureOf, useAnswerServer } from '../use-answer-server.js';

/** What a title may be made of: any UTF-16 unit, half characters included, and all that means something in a query. */
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  fc.constantFrom('"', '""', '“', '”', '«', '＂', '„', "'", '’', '\\', '\\"', '\0', '\n', '\u2028', '\u00ad'),
  fc.constantFrom(' OR ', ' -', '-is:retweet', ' lang:en ', '(', ')', 'from:x', '#', '@', '*', '" OR lang:en "', ':'),
  fc.constantFrom('שלום', '\u202eسلام', '\u2067', 'రణం', 'می\u200cخواهم', '👩🏽‍🚀', '\ud83d', '\udc69', '🇮🇳'),
);
/** Long ones as well, with and without gaps to be cut at, around the length at which they must be. */
const long = fc.array(fc.constantFrom('a', '🎬', 'é', '1', '"'), { minLength: 280, maxLength: 560, size: 'max' });
const titles = fc
  .oneof(fc.array(piece, { maxLength: 200 }), fc.array(piece, { maxLength: 400, size: 'max' }), long)
  .map((pieces) => pieces.join(''));
const rules = fc.record({
  language: fc.constantFrom(undefined, 'te'),
  terms: fc.constantFrom('', '-has:links', '(movie OR film) -"behind the scenes"', 'y'.repeat(200)),
});
const searchable = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
const restOf = ({ language, terms }: { language: string | undefined; terms: string }) =>
  [...(language === undefined ? [] : [` lang:${language}`]), ...(terms === '' ? [] : [` ${terms}`])].join('');

/** Reads a query as X does: the phrase ends at the next quotation mark, and what follows are operators. */
const read = (query: string) => /^"(?<phrase>[^"]*)"(?<rest>.*)$/su.exec(query)?.groups ?? expect.unreachable(query);

const buildOrNull = (title: string, given: { language: string | undefined; terms: string }): string | null => {
  try {
    return buildQuery(title, given);
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_INPUT', retryable: false });
    return null;
  }
};

describe('the query', () => {
  const server = useAnswerServer();
  const search = (title: string, options: Partial<TwitterClientOptions> = {}) => {
    server.answer({ body: { meta: { result_count: 0 } } });
    const client = new TwitterClient({ bearerToken: 'token', baseUrl: server.url, ...options });
    return client.searchReviews(
      { movie: { ...rrr, title }, maxResults: 10 },
      { signal: new AbortController().signal, attempt: 1 },
    );
  };

  test('of any title is one phrase and the rest of the options, within 512 characters', () => {
    fc.assert(
      fc.property(titles, rules, (title, given) => {
        const query = buildOrNull(title, given);
        if (query === null) return;
        expect(query.length).toBeLessThanOrEqual(512);
        expect([...query].length).toBeLessThanOrEqual(512);
        expect(query.isWellFormed()).toBe(true);
        const { phrase = '', rest } = read(query);
        expect(rest).toBe(restOf(given)); // the title has put nothing outside its phrase
        expect((query.match(/"/g) ?? []).length % 2).toBe(0);
        expect(phrase).toMatch(searchable);
        expect(phrase).toBe(phrase.trim());
        expect(phrase).not.toMatch(/[\p{Cc}\\“”„«»＂\u2028\u202e\u2067]|\s\s/u);
      }),
      { numRuns: 2000, seed: 6 },
    );
  });

  test('is refused exactly for titles without a letter, a number and an emoji', () => {
    fc.assert(
      fc.property(titles, (title) => {
        fc.pre(title.length <= 300); // a longer one is cut, and may lose its only word
        const query = buildOrNull(title, { language: 'te', terms: '' });
        expect(query === null).toBe(!searchable.test(title.toWellFormed()));
      }),
      { numRuns: 1000, seed: 7 },
    );
  });

  test('of a short plain title holds it unchanged', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\p{L}\p{N}'&:!?-]{1,20}( [\p{L}\p{N}'.]{1,20}){0,5}$/u), (title) => {
        expect(buildOrNull(title, { language: undefined, terms: '' })).toBe(
          searchable.test(title) ? `"${title}"` : null,
        );
      }),
      { numRuns: 500, seed: 8 },
    );
  });

  test('comes to X as it was built, whatever the title', async () => {
    await fc.assert(
      fc.asyncProperty(titles, async (title) => {
        const query = buildOrNull(title, { language: 'te', terms: '-has:links' });
        fc.pre(query !== null);
        await search(title, { language: 'te', terms: ' -has:links ' });
        expect(server.sent().query).toBe(query);
      }),
      { numRuns: 100, seed: 9 },
    );
  });

  test.each([
    ['RRR', '"RRR"'],
    ['He Said "No" OR -is:retweet', '"He Said No OR -is:retweet"'],
    ['  Two\n spaces ', '"Two spaces"'],
    ["Ocean's Eleven", '"Ocean\'s Eleven"'],
    ['L’avventura', '"L’avventura"'],
    ['రౌద్రం రణం రుధిరం', '"రౌద్రం రణం రుధిరం"'],
    ['می\u200cخواهم زنده بمانم', '"می\u200cخواهم زنده بمانم"'],
    ['\u202bשלום\u202c', '"שלום"'],
    ['Dust and “Signals”', '"Dust and Signals"'],
    ['👩🏽‍🚀', '"👩🏽‍🚀"'],
    ['\ud83d 1917', '"\ufffd 1917"'],
    ['$9.99', '"$9.99"'],
  ])('%j becomes %j', async (title, query) => {
    await search(title);
    expect(server.sent().query).toBe(query);
  });

  test('of a title that is too long is cut at a word, or else between characters', async () => {
    for (const [title, phrase] of [
      ['long '.repeat(150), 'long '.repeat(102).trim()],
      ['x'.repeat(700), 'x'.repeat(510)],
      ['🎬'.repeat(300), '🎬'.repeat(255)],
      [`x${'🎬'.repeat(300)}`, `x${'🎬'.repeat(254)}`],
    ] as const) {
      await search(title);
      expect(server.sent().query).toBe(`"${phrase}"`);
    }
  });

  test.each([[''], ['   '], ['""'], ['“”'], ['\u0000\u0007'], ['\u200d'], ['!!!'], ['...?'], ['\ud83d']])(
    'the title %j is INVALID_INPUT, and nothing is asked',
    async (title) => {
      expect(await failureOf(search(title))).toMatchObject({ code: 'INVALID_INPUT', retryable: false });
      expect(server.requests).toEqual([]);
    },
  );

  test('leaves room for terms: a title is cut, they are not', async () => {
    const terms = `(${'ab OR '.repeat(32)}cd)`;
    await search('long '.repeat(150), { language: 'te', terms });
    const { query = '' } = server.sent();
    expect(query.length).toBeGreaterThan(500);
    expect(query.length).toBeLessThanOrEqual(512);
    expect(query.endsWith(`long" lang:te ${terms}`)).toBe(true);
  });
});
