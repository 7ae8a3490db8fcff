import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TwitterClient } from '../../../src/adapters/twitter/index.js';
import { rrr } from '../../workflow/setup.js';
import { useAnswerServer } from '../use-answer-server.js';

/** As X writes a text on the wire. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

describe('the texts of posts', () => {
  const server = useAnswerServer();
  const textsOf = async (posts: readonly object[]) => {
    server.answer({ body: { data: posts.map((post, index) => ({ id: `${index + 1}`, text: 'cut…', ...post })) } });
    const client = new TwitterClient({ bearerToken: 'token', baseUrl: server.url });
    const { reviews } = await client.searchReviews(
      { movie: rrr, maxResults: 100 },
      { signal: new AbortController().signal, attempt: 1 },
    );
    return reviews.map(({ text }) => text);
  };

  const piece = fc.oneof(
    fc.constantFrom('&', '<', '>', '&amp;', '&lt;', '&amp;lt;', '&quot;', '&#39;', 'amp;', ';', '&&', '"', "'"),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
  );
  const text = fc
    .array(piece, { minLength: 1, maxLength: 20 })
    .map((pieces) => pieces.join('').toWellFormed())
    .filter((joined) => joined.trim() !== '');

  test('are decoded exactly once, whatever was written, in the text and in the whole text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 50 }), async (written) => {
        expect(await textsOf(written.map((one) => ({ text: escaped(one) })))).toEqual(written);
        for (const name of ['note_tweet', 'note_post']) {
          expect(await textsOf(written.map((one) => ({ [name]: { text: escaped(one) } })))).toEqual(written);
        }
      }),
      { numRuns: 60, seed: 10 },
    );
  });

  test.each([
    ['&amp;lt;3', '&lt;3'],
    ['&amp;amp;', '&amp;'],
    ['&lt;b&gt; &quot;x&quot; &#39;y&#39;', '<b> "x" \'y\''],
    ['AT&T &unknown; &', 'AT&T &unknown; &'],
  ])('%j is read as %j', async (wire, read) => {
    expect(await textsOf([{ text: wire }])).toEqual([read]);
  });

  test('links and mentions stay as they were written, since indices count escaped characters', async () => {
    const urls = [{ start: 6, end: 29, url: 'https://t.co/bbbbbbbbbb', expanded_url: 'https://blog.example/x' }];
    expect(await textsOf([{ text: '&lt;3 @you https://t.co/bbbbbbbbbb', entities: { urls } }])).toEqual([
      '<3 @you https://t.co/bbbbbbbbbb',
    ]);
  });
});
