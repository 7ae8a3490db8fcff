import { describe, expect, test } from 'vitest';
import { TmdbClient } from '../../src/adapters/tmdb/index.js';
import { TwitterClient } from '../../src/adapters/twitter/index.js';
import { rrr } from '../workflow/setup.js';

/** What the fuzz has found once, each by itself: one odd field spoils no record, and one odd record no page. */
const context = { signal: new AbortController().signal, attempt: 1 };
const answering = (text: string) => ({ fetch: async () => new Response(text, { status: 200 }) });

const id = '2107166594298806280';
const post = { id, text: 'Seen it', author_id: '42', lang: 'en', created_at: '2026-10-05T10:00:00.000Z' };

async function pageOf(...posts: readonly string[]) {
  const client = new TwitterClient({ bearerToken: 'token', ...answering(`{"data":[${posts.join(',')}]}`) });
  return client.searchReviews({ movie: rrr, maxResults: 100 }, context);
}

describe('data validation: odd fields of posts', () => {
  test.each<[string, object, object]>([
    ['an author longer than any id', { author_id: '4'.repeat(65) }, { authorId: null }],
    ['a language longer than any tag', { lang: 'x'.repeat(36) }, { language: null }],
    ['a date that only Date.parse takes', { created_at: 'part 1' }, { createdAt: expect.stringMatching(/^2026-10-0/) }],
    [
      'a date beyond four digits',
      { created_at: '+275760-09-13T00:00:00Z' },
      { createdAt: expect.stringMatching(/^2026-/) },
    ],
    ['a date that is a number', { created_at: 1 }, { createdAt: expect.stringMatching(/^2026-/) }],
    ['a count beyond all', { public_metrics: { like_count: 1e21, reply_count: 7 } }, { likeCount: 0, replyCount: 7 }],
  ])('%s', async (_name, odd, read) => {
    const { reviews, rejected } = await pageOf(JSON.stringify({ ...post, ...odd }));
    expect(rejected).toEqual([]);
    expect(reviews).toMatchObject([{ tweetId: id, text: 'Seen it', ...read }]);
  });

  test.each<[string, string, string | null]>([
    ['an id of blanks', JSON.stringify({ ...post, id: ' \u0000 ' }), 'id'],
    ['a text of control characters', JSON.stringify({ ...post, text: '\u0000\u0007' }), 'text'],
    ['a text beyond all', JSON.stringify({ ...post, text: 'x'.repeat(100_001) }), 'text'],
    ['200,000 levels', '['.repeat(200_000) + ']'.repeat(200_000), null],
    ['200,000 levels in its id', `{"id":${'['.repeat(200_000)}${']'.repeat(200_000)},"text":"deep"}`, 'id'],
  ])('%s: set aside, and the next one is read', async (_name, odd, field) => {
    const { reviews, rejected } = await pageOf(odd, JSON.stringify(post));
    expect(reviews.map(({ tweetId }) => tweetId)).toEqual([id]);
    expect(rejected.map((record) => record.field)).toEqual([field]);
    expect(rejected[0]?.raw.length).toBeLessThanOrEqual(4096);
  });
});

describe('data validation: odd fields of films', () => {
  const film = { id: 579_974, title: 'RRR', overview: 'Two men meet.', poster_path: '/poster.jpg', vote_count: 5 };
  const long = 'x'.repeat(100_001);
  const details = (odd: object) =>
    new TmdbClient({ accessToken: 'token', ...answering(JSON.stringify({ ...film, ...odd })) }).getMovie(1, context);

  test.each<[string, object, object]>([
    ['a path beyond all', { poster_path: long }, { posterPath: null }],
    ['an overview beyond all', { overview: long }, { overview: '' }],
    ['a language longer than any tag', { original_language: 'x'.repeat(36) }, { originalLanguage: null }],
    ['a count beyond all', { vote_count: 1e21 }, { voteCount: 0 }],
    ['a year of runtime', { runtime: 525_600 }, { runtimeMinutes: null }],
    ['a genre of blanks', { genres: [{ name: ' ' }, { name: 'Drama' }] }, { genres: ['Drama'] }],
  ])('%s', async (_name, odd, read) => {
    expect((await details(odd)).movie).toMatchObject({ tmdbId: 579_974, title: 'RRR', ...read });
  });

  test('a title of blanks is none', async () => {
    await expect(details({ title: ' \u0000 ' })).rejects.toMatchObject({ code: 'API_INVALID_RESPONSE' });
    const list = JSON.stringify({ results: [{ ...film, title: '\t' }, film] });
    const client = new TmdbClient({ accessToken: 'token', ...answering(list) });
    expect(await client.searchMovies({ text: 'x' }, context)).toMatchObject([{ tmdbId: 579_974 }]);
  });
});
