import { describe, expect, test } from 'vitest';
import { rawText } from '../../src/domain/records.js';
import { parseCandidate, parseMovie, parseReview } from '../../src/domain/schemas.js';
import { posts, rrr } from '../workflow/setup.js';

const [review = expect.unreachable('a post')] = posts(1);

describe('records from outside', () => {
  test('good ones pass unchanged', () => {
    expect(parseMovie(rrr)).toEqual({ ok: true, value: rrr });
    expect(parseReview(review)).toEqual({ ok: true, value: review });
  });

  test('missing optional fields get their defaults, odd numbers are put right, unknown fields go', () => {
    expect(
      parseMovie({
        tmdbId: 1,
        title: 'x',
        rating: 12,
        voteCount: -3,
        genres: ['A', '', 'A'],
        releaseDate: '2020-13-40',
        runtimeMinutes: 0,
        extra: 1,
      }),
    ).toEqual({
      ok: true,
      value: {
        tmdbId: 1,
        title: 'x',
        originalTitle: '',
        originalLanguage: null,
        releaseDate: null,
        genres: ['A'],
        keywords: [],
        cast: [],
        directors: [],
        overview: '',
        rating: 10,
        voteCount: 0,
        popularity: 0,
        runtimeMinutes: null,
        posterPath: null,
      },
    });
    expect(parseCandidate({ tmdbId: 1, title: 'x', releaseDate: '2024-02-29' })).toMatchObject({
      ok: true,
      value: { releaseDate: '2024-02-29' },
    });
    expect(parseCandidate({ tmdbId: 1, title: 'x', releaseDate: '2023-02-29' })).toMatchObject({
      ok: true,
      value: { releaseDate: null },
    });
  });

  test('texts lose what no database takes: NUL, control characters, half characters', () => {
    const parsed = parseReview({ ...review, text: 'a\u0000b\u0007c\nd\te \ud83d end' });
    expect(parsed).toMatchObject({ ok: true, value: { text: 'abc\nd\te \ufffd end' } });
  });

  test.each([
    ['2026-11-20T12:00:00+05:30', '2026-11-20T06:30:00.000Z'],
    ['2026-11-20T12:00:00+0000', '2026-11-20T12:00:00.000Z'],
    ['2026-11-20T12:00Z', '2026-11-20T12:00:00.000Z'],
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
  ])('the date %j becomes %j', (createdAt, utc) => {
    expect(parseReview({ ...review, createdAt })).toMatchObject({ ok: true, value: { createdAt: utc } });
  });

  test('counts become whole numbers from 0 up; NUL goes from ids and sources too', () => {
    expect(
      parseReview({
        ...review,
        likeCount: 2.7,
        repostCount: -1,
        replyCount: null,
        tweetId: '1\u00002',
        source: 'a\u0000b',
      }),
    ).toMatchObject({
      ok: true,
      value: { likeCount: 2, repostCount: 0, replyCount: 0, tweetId: '12', source: 'ab' },
    });
  });

  test.each([
    [{ ...review, tweetId: undefined }, 'tweetId', 'DATA_MISSING_FIELD'],
    [{ ...review, tweetId: 2_107_169_995_879_350 }, 'tweetId', 'DATA_INVALID_FORMAT'],
    [{ ...review, tweetId: '9'.repeat(65) }, 'tweetId', 'DATA_INVALID_FORMAT'],
    [{ ...review, text: '  ' }, 'text', 'DATA_MISSING_FIELD'],
    [{ ...review, text: null }, 'text', 'DATA_MISSING_FIELD'],
    [{ ...review, text: 'x'.repeat(1_000_000) }, 'text', 'DATA_INVALID_FORMAT'],
    [{ ...review, tweetId: ' ' }, 'tweetId', 'DATA_MISSING_FIELD'],
    [{ ...review, tweetId: '\u0000' }, 'tweetId', 'DATA_INVALID_FORMAT'],
    [{ ...review, source: '' }, 'source', 'DATA_MISSING_FIELD'],
    [{ ...review, createdAt: 'yesterday' }, 'createdAt', 'DATA_INVALID_FORMAT'],
    [{ ...review, createdAt: 'part 1' }, 'createdAt', 'DATA_INVALID_FORMAT'],
    [{ ...review, createdAt: '2026-02-30T00:00:00Z' }, 'createdAt', 'DATA_INVALID_FORMAT'],
    [{ ...review, createdAt: '2026-11-20T12:00:00' }, 'createdAt', 'DATA_INVALID_FORMAT'],
    [{ ...review, createdAt: '2026-11-20T25:00:00Z' }, 'createdAt', 'DATA_INVALID_FORMAT'],
    [{ ...review, likeCount: Number.NaN }, 'likeCount', 'DATA_INVALID_FORMAT'],
    [{ ...review, likeCount: Number.POSITIVE_INFINITY }, 'likeCount', 'DATA_INVALID_FORMAT'],
    [{ ...review, likeCount: 'many' }, 'likeCount', 'DATA_INVALID_FORMAT'],
    [{ ...review, tmdbId: 0 }, 'tmdbId', 'DATA_INVALID_FORMAT'],
    [null, null, 'DATA_MISSING_FIELD'],
    ['text', null, 'DATA_INVALID_FORMAT'],
  ])('a post like %.60j is refused at %j with %s', (raw, field, code) => {
    expect(parseReview(raw)).toMatchObject({ ok: false, rejected: { kind: 'review', field, reason: { code } } });
  });

  test.each([
    [{ title: 'x' }, 'tmdbId', 'DATA_MISSING_FIELD'],
    [{ tmdbId: '1', title: 'x' }, 'tmdbId', 'DATA_INVALID_FORMAT'],
    [{ tmdbId: 1, title: '' }, 'title', 'DATA_MISSING_FIELD'],
    [{ tmdbId: 1, title: 'x', genres: [1] }, 'genres.0', 'DATA_INVALID_FORMAT'],
  ])('a film like %j is refused at %j with %s', (raw, field, code) => {
    expect(parseMovie(raw)).toMatchObject({ ok: false, rejected: { kind: 'movie', field, reason: { code } } });
  });

  test('the raw text is kept up to a limit, whatever it is', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    expect(rawText(cyclic)).toBe('[object Object]');
    expect(rawText(undefined)).toBe('undefined');
    expect(rawText(10n)).toBe('10');
    expect(rawText('a\0b\ud83d')).toBe('a\uFFFDb\uFFFD');
    expect(rawText('x'.repeat(10_000))).toHaveLength(4096);
    expect(rawText(`${'x'.repeat(4096 - 1)}👍`).isWellFormed()).toBe(true);
  });
});
